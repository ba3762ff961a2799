// Rows of tasks that are on their way to the server: shown at once, marked until it has them.
//
// What it refuses stays there, with the reason and what was typed. None of them is a row of the
// grid, as long as there is no task to do anything to.

import { button, find, findAll, icon, make } from "../../../assets/scripts/dom.js";
import { warn } from "./announce.js";
import { data, text } from "./data.js";
import { finish } from "./draw.js";
import { sentenceOf } from "./failures.js";
import { WriteError } from "./jsom.js";
import { drafts, isGrouped, newTasksList } from "./lists.js";
import { PERSONAL } from "./reads.js";
import { copyRow, drawDue } from "./row.js";
import { bodyOf, dropEmptyBodies } from "./row_groups.js";
import { on } from "./store.js";

/** @typedef {import("./create.js").Draft} Draft */
/** @typedef {HTMLTableRowElement} Row */

/** @type {Map<Row, Draft>} */
const refusedDrafts = new Map();

/** Show rows for tasks, the last one on top, as the server orders them. @param {Draft[]} these @returns {Row[]} */
export function showDrafts(these) {
  const made = these.map(makeDraft);
  for (const row of made) {
    drafts.add(row);
    placeDraft(row);
  }
  redraw();
  return made;
}

/** @param {Draft} draft */
function makeDraft({ name, due }) {
  const row = copyRow();
  row.className = "draft";
  row.setAttribute("aria-busy", "true");
  for (const control of findAll("input, button", row)) control.setAttribute("disabled", "");
  find(".c-check input", row)?.setAttribute("aria-label", text("mark_done", { name }));
  const saving = make("span", { class: "saving", text: text("saving") });
  find(".c-name", row)?.replaceChildren(make("bdi", { text: name }), saving);
  const cell = find(".c-due", row);
  if (cell) drawDue(cell, due, false);
  if (data.view === "highlights") {
    const star = find(".c-star button", row);
    star?.setAttribute("aria-pressed", "true");
    star?.replaceChildren(icon("star-filled", ""));
  }
  return row;
}

/** Put a row on top: of the tasks without a project, where they are grouped. @param {Row} row */
function placeDraft(row) {
  const list = newTasksList();
  if (!list) return;
  const body = bodyOf(list.table, isGrouped(list) ? PERSONAL : null);
  // Below the head, and above the other drafts.
  if (body.firstElementChild?.matches(".group")) body.firstElementChild.after(row);
  else body.prepend(row);
}

function redraw() {
  const list = newTasksList();
  if (list) finish(list);
}

/** They are tasks by now, or given up. @param {Row[]} these */
export function dropDrafts(these) {
  if (!these.length) return;
  for (const row of these) {
    row.remove();
    drafts.delete(row);
    refusedDrafts.delete(row);
  }
  const list = newTasksList();
  if (list) dropEmptyBodies(list.table);
  redraw();
}

/**
 * Say in its row why a task was not saved.
 * @param {Row} row
 * @param {Draft} draft
 * @param {unknown} error
 * @param {(typed: string | null) => void} leave told what was typed, to change it, or that it is given up
 */
export function refuseDraft(row, draft, error, leave) {
  const words = sentenceOf(error);
  refusedDrafts.set(row, draft);
  row.removeAttribute("aria-busy");
  const end = (/** @type {string | null} */ typed) => {
    dropDrafts([row]);
    leave(typed);
  };
  const isOver = error instanceof WriteError && ["old", "shut"].includes(error.kind);
  const steps = isOver
    ? [button(text("reload"), () => location.reload(), { class: "link" })]
    : [button(text("edit_again"), () => end(draft.typed), { class: "link" })];
  steps.push(button(text("give_up"), () => end(null), { class: "link" }));
  const line = make("span", { class: "failure", text: words });
  for (const step of steps) line.append(" ", step);
  find(".saving", row)?.replaceWith(line);
  warn(words);
}

/** What was typed of all that was refused. */
export function unsavedText() {
  return [...refusedDrafts.values()].map(({ typed }) => typed).join(", ");
}

/** A list that was drawn anew, such as in groups, has them where they belong. */
export function keepDrafts() {
  on("drawn", ({ list }) => {
    const known = newTasksList();
    if (known?.key !== list) return;
    const key = isGrouped(known) ? `${PERSONAL}` : undefined;
    const strays = [...drafts].filter((row) => {
      const body = row.closest("tbody");
      return !body?.isConnected || body.dataset.location !== key;
    });
    for (const row of strays) placeDraft(row);
  });
}
