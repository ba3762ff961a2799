// What a list offers for tasks, and how a row's own controls do it.

import { find } from "../../../assets/scripts/dom.js";
import { actionOf, actions, addActions, runAction } from "./actions.js";
import { toggleCompleted } from "./complete.js";
import { text } from "./data.js";
import { showDetails } from "./details.js";
import { editDue } from "./due.js";
import { toggleImportant, toggleTimeline } from "./edits.js";
import { focusedRow } from "./grid.js";
import { writeKeys } from "./help.js";
import { openMenu } from "./menu.js";
import { deleteTasks } from "./remove.js";
import { editName } from "./rename.js";
import { rowOf, rows, taskOf } from "./row.js";

const isWritable = (/** @type {Task} */ task) => !task.isReadOnly;

/** @param {(task: Task) => void} run @returns {(tasks: Task[]) => void} */
const one =
  (run) =>
  ([task]) =>
    task && run(task);

/** @param {string} yes @param {string} no @param {(task: Task) => boolean} is */
const either = (yes, no, is) => (/** @type {Task[]} */ these) => text(these.every(is) ? yes : no);

export function addTaskActions() {
  addActions(
    {
      name: "open_task",
      order: 10,
      words: () => text("edit"),
      symbol: "edit",
      keys: ["Enter"],
      run: one((task) => find(".c-name a", rows.get(task.id) ?? document)?.click()),
    },
    {
      name: "complete",
      order: 20,
      words: either("reopen", "complete", (task) => task.isCompleted),
      symbol: "done",
      keys: ["c"],
      isMany: true,
      can: isWritable,
      run: toggleCompleted,
    },
    {
      name: "important",
      order: 30,
      words: either("not_important", "is_important", (task) => task.isPinned),
      symbol: "star",
      keys: ["i"],
      isMany: true,
      run: toggleImportant,
    },
    {
      name: "rename",
      order: 40,
      words: () => text("rename"),
      symbol: "edit",
      keys: ["F2"],
      can: isWritable,
      run: one((task) => editName(task)),
    },
    {
      name: "set_due",
      order: 50,
      words: () => text("set_due"),
      symbol: "calendar",
      keys: ["d"],
      can: isWritable,
      run: one(editDue),
    },
    {
      name: "on_timeline",
      order: 60,
      words: either("off_timeline", "on_timeline", (task) => task.isOnTimeline),
      symbol: "timeline",
      keys: ["t"],
      run: one(toggleTimeline),
    },
    {
      name: "details",
      order: 110,
      words: () => text("details"),
      symbol: "info",
      run: one(showDetails),
    },
    {
      name: "delete",
      order: 120,
      words: () => text("delete"),
      symbol: "delete",
      keys: ["Delete"],
      isMany: true,
      can: isWritable,
      run: deleteTasks,
    },
  );
}

/** Open the menu of a row. @param {HTMLTableRowElement | null} row */
export function openRowMenu(row) {
  const task = taskOf(row);
  const anchor = row && find(".c-more button", row);
  if (!task || !anchor) return;
  const items = actions
    .filter((action) => action.can?.(task) ?? true)
    .map((action) => ({
      words: action.words([task]),
      symbol: action.symbol,
      keys: writeKeys(action.keys?.[0] ?? ""),
      run: () => runAction(action, [task]),
    }));
  openMenu(anchor, items, text("more_about", { name: task.name }));
}

/** Open the menu of the row that has the focus. */
export function openFocusedMenu() {
  openRowMenu(focusedRow());
}

/** @param {string} name @param {Task} task */
function run(name, task) {
  const action = actionOf(name);
  if (action) runAction(action, [task]);
}

/** Let a row's own controls work. @param {HTMLElement} section */
export function watchRows(section) {
  section.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const task = taskOf(rowOf(target));
    if (!task || !target.matches(".c-check input")) return;
    target.checked = task.isCompleted;
    run("complete", task);
  });
  section.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = rowOf(target);
    const task = taskOf(row);
    if (!task || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest(".c-star button")) run("important", task);
    else if (target.closest(".c-more button")) openRowMenu(row);
    else if (target.closest(".c-due")) run("set_due", task);
  });
  section.addEventListener("dblclick", (event) => {
    const target = /** @type {Element} */ (event.target);
    const task = taskOf(rowOf(target));
    if (task && target.closest(".c-name") && !target.closest("button, .rename"))
      run("rename", task);
  });
}
