// A task as a row of a table: its cells can be changed in place, and the whole of it as JSON.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { Refusal, reasonOf } from "./api.js";
import { changesOf } from "./changes.js";
import { deleteTask, patchTask } from "./mailbox_edits.js";
import { attempt, labelCells, rowButton } from "./parts.js";
import { sendLater } from "./toasts.js";

export const TASK_HEADS = ["Subject", "Status", "Importance", "Due", "Changed", ""];

const STATUSES = ["NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"];
const IMPORTANCES = ["Low", "Normal", "High"];

/**
 * @typedef {object} Column
 * @property {string} label
 * @property {(task: Task) => string} read
 * @property {(text: string) => Record<string, unknown>} write
 * @property {string[]} [options]
 * @property {string} [type]
 */

/** @type {Column[]} */
const COLUMNS = [
  { label: "Subject", read: (task) => task.Subject, write: (text) => ({ Subject: text }) },
  {
    label: "Status",
    read: (task) => `${task.Status}`,
    write: (text) => ({ Status: text }),
    options: STATUSES,
  },
  {
    label: "Importance",
    read: (task) => `${task.Importance}`,
    write: (text) => ({ Importance: text }),
    options: IMPORTANCES,
  },
  {
    label: "Due",
    read: (task) => {
      const due = /** @type {{ DateTime: string } | null} */ (task.DueDateTime ?? null);
      return due ? due.DateTime.slice(0, 10) : "";
    },
    write: (text) => ({
      DueDateTime: text ? { DateTime: `${text}T00:00:00`, TimeZone: "UTC" } : null,
    }),
    type: "date",
  },
];

/** @param {string} mailbox @param {Task} task @returns {HTMLTableRowElement} */
export function makeTaskRow(mailbox, task) {
  const cells = COLUMNS.map((column, place) => {
    const cell = place ? make("td") : make("th", { scope: "row" });
    cell.append(makeValue(mailbox, task, column));
    return cell;
  });
  const changed = `${task.LastModifiedDateTime ?? ""}`.slice(0, 19).replace("T", " ");
  const row = make(
    "tr",
    { "data-task": task.Id },
    ...cells,
    make("td", { class: "number", text: changed }),
    make(
      "td",
      { class: "does" },
      rowButton("JSON", task.Subject, () => editAsJson(mailbox, task, row)),
      " ",
      rowButton("Delete", task.Subject, () => removeTask(mailbox, task, row), "delete"),
    ),
  );
  labelCells(row, TASK_HEADS);
  return row;
}

/** A value that turns into a field. @param {string} mailbox @param {Task} task @param {Column} column */
function makeValue(mailbox, task, column) {
  const value = column.read(task);
  return button(value || "–", (event) => edit(mailbox, task, column, event), {
    class: "value",
    "aria-label": `${column.label}: ${value || "none"}. Change it`,
  });
}

/** @param {string} mailbox @param {Task} task @param {Column} column @param {MouseEvent} event */
function edit(mailbox, task, column, event) {
  const shown = /** @type {HTMLElement} */ (event.currentTarget);
  const cell = /** @type {HTMLElement} */ (shown.parentElement);
  const before = column.read(task);
  const field = column.options
    ? make("select", {}, ...column.options.map((value) => make("option", { value, text: value })))
    : make("input", { type: column.type ?? "text", maxlength: "255" });
  field.setAttribute("aria-label", `${column.label} of ${task.Subject}`);
  field.value = before;
  const problem = make("p", { class: "error", role: "alert" });
  let isDone = false;
  const close = () => {
    isDone = true;
    cell.replaceChildren(shown);
    shown.focus();
  };
  const save = async () => {
    if (isDone) return;
    if (field.value === before) {
      close();
      return;
    }
    try {
      const changed = await patchTask(mailbox, task.Id, column.write(field.value));
      isDone = true;
      const place = Array.from(cell.parentElement?.children ?? []).indexOf(cell);
      replaceRow(mailbox, task, changed, place);
    } catch (error) {
      problem.textContent = reasonOf(error);
    }
  };
  field.addEventListener("keydown", (/** @type {Event} */ pressed) => {
    const { key } = /** @type {KeyboardEvent} */ (pressed);
    if (key === "Escape") close();
    else if (key === "Enter") {
      pressed.preventDefault();
      void save();
    }
  });
  if (column.options) field.addEventListener("change", () => void save());
  field.addEventListener("blur", () => void save());
  cell.replaceChildren(field, problem);
  field.focus();
}

/**
 * Show a task as it is now; the focus goes to the cell of that place.
 * @param {string} mailbox @param {Task} task @param {Task} changed @param {number} place
 */
function replaceRow(mailbox, task, changed, place) {
  const row = find(`tr[data-task="${CSS.escape(task.Id)}"]`);
  const next = makeTaskRow(mailbox, changed);
  const hadFocus = row?.contains(document.activeElement);
  row?.replaceWith(next);
  const cell = /** @type {HTMLElement | undefined} */ (next.children[place]);
  if (hadFocus && cell) find("button", cell)?.focus();
  announce(`Saved ${changed.Subject}.`);
}

/** @param {string} mailbox @param {Task} task @param {HTMLElement} row */
function editAsJson(mailbox, task, row) {
  if (row.nextElementSibling?.matches(".asked")) return;
  const area = make("textarea", {
    rows: 16,
    spellcheck: "false",
    "aria-label": `${task.Subject} as JSON`,
  });
  area.value = JSON.stringify(task, null, 2);
  const problem = make("p", { class: "error", role: "alert" });
  const close = () => {
    below.remove();
    find(".does button", row)?.focus();
  };
  const save = async () => {
    try {
      const changes = changesOf(task, readObject(area.value));
      const changed = Object.keys(changes).length
        ? await patchTask(mailbox, task.Id, changes)
        : task;
      close();
      replaceRow(mailbox, task, changed, 5);
    } catch (error) {
      problem.textContent = reasonOf(error);
    }
  };
  const cell = make(
    "td",
    { colspan: TASK_HEADS.length },
    area,
    problem,
    make(
      "div",
      { class: "row" },
      button("Save what differs", () => void save(), { class: "primary" }),
      button("Cancel", close),
    ),
  );
  const below = make("tr", { class: "asked" }, cell);
  row.after(below);
  area.focus();
}

/** @param {string} text @returns {Record<string, unknown>} */
function readObject(text) {
  try {
    return JSON.parse(text);
  } catch (_notJson) {
    throw new Refusal(400, "InvalidParameter", "This is not JSON");
  }
}

/** @param {string} mailbox @param {Task} task @param {HTMLElement} row */
function removeTask(mailbox, task, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.hidden = true;
  ((next && find("button", next)) ?? find("#main"))?.focus();
  sendLater(
    `Deleting “${task.Subject}”.`,
    () =>
      void attempt(async () => {
        await deleteTask(mailbox, task.Id);
        row.remove();
      }),
    () => {
      row.hidden = false;
    },
  );
}
