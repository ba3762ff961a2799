// The field for new tasks: it stays open for the next one, and finds dates in what is typed.

import { button, find, icon, make } from "../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { createTasks } from "./create.js";
import { data, text } from "./data.js";
import { findDate } from "./dates.js";
import { describeDue, today, writeFull } from "./days.js";
import { dropDrafts, keepDrafts, refuseDraft, showDrafts, unsavedText } from "./drafts.js";
import { focusRow } from "./grid.js";
import { keepInTab, takeFromTab } from "./handover.js";
import { offerLines, readLines } from "./paste.js";
import { checkName } from "./rename.js";
import { undoLast } from "./undo.js";

const TYPED = `afterlook.typed:${data.context.webServerRelativeUrl}`;

/** The words of a date that are to stay in the name. */
let refused = "";

/** @param {string} typed @returns {import("./create.js").Draft} */
export function readDraft(typed) {
  const found = findDate(typed, today());
  const isDate = found && found.phrase.toLowerCase() !== refused;
  const draft = isDate ? { name: found.name, due: found.due } : { name: typed.trim(), due: null };
  return { ...draft, typed };
}

function taskField() {
  return /** @type {HTMLInputElement} */ (find("#new-task"));
}

/** @param {...(Node | string)} content */
export function setNote(...content) {
  find("#new-task-note")?.replaceChildren(...content);
}

/** Show the date that was found, or nothing. */
function drawChip() {
  if (findDate(taskField().value, today())?.phrase.toLowerCase() !== refused) refused = "";
  const { due } = readDraft(taskField().value);
  taskField().removeAttribute("aria-invalid");
  if (!due) {
    setNote();
    return;
  }
  const words = text("due_chip", { date: describeDue(due, true).words });
  const refuse = button("×", refuseDate, { "aria-label": text("refuse_date") });
  const date = make("span", { text: words, title: writeFull(due) });
  setNote(make("span", { class: "chip" }, icon("calendar"), date, refuse));
}

function refuseDate() {
  refused = findDate(taskField().value, today())?.phrase.toLowerCase() ?? "";
  drawChip();
  taskField().focus();
}

/** @param {KeyboardEvent} event */
function pressInField(event) {
  if (event.isComposing) return;
  const hasChip = readDraft(taskField().value).due !== null;
  const isAtEnd = taskField().selectionStart === taskField().value.length;
  if (event.key === "Backspace" && hasChip && isAtEnd && !event.ctrlKey && !event.metaKey) {
    refuseDate();
  } else if (event.key === "Escape") {
    if (hasChip) refuseDate();
    else if (taskField().value || find("#new-task-note")?.textContent) emptyField();
    else if (!focusRow(/** @type {any} */ (find("tr[data-id]")))) find("#main")?.focus();
  } else if (isUndo(event) && !taskField().value) undoLast();
  else return;
  event.preventDefault();
}

/** With nothing typed there is nothing else to undo; the focus comes here when the last row goes. @param {KeyboardEvent} event */
function isUndo(event) {
  return event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
}

function emptyField() {
  taskField().value = typedNext;
  typedNext = "";
  refused = "";
  drawChip();
}

/** Add what is typed. @param {Event} event */
async function submitTask(event) {
  event.preventDefault();
  const typed = taskField().value;
  const draft = readDraft(typed);
  taskField().focus();
  if (!typed.trim()) return;
  const problem = checkName(draft.name);
  if (problem) {
    showProblem(problem);
    return;
  }
  emptyField();
  await addDrafts([draft]);
}

/**
 * Make tasks: their rows are there at once, and what is not saved stays in its own.
 * @param {import("./create.js").Draft[]} these
 */
export async function addDrafts(these) {
  const shown = showDrafts(these);
  /** @type {unknown[]} */
  let errors;
  try {
    errors = await createTasks(these);
  } catch (error) {
    errors = these.map(() => error);
  }
  dropDrafts(shown.filter((_, place) => !errors[place]));
  const made = these.filter((_, place) => !errors[place]);
  if (made.length === 1) announce(text("was_added", { name: made[0]?.name ?? "" }));
  else if (made.length) announce(text("were_added", { count: made.length }));
  for (const [place, draft] of these.entries()) {
    const row = shown[place];
    if (errors[place] && row) refuseDraft(row, draft, errors[place], typeAgain);
  }
}

/** What is typed meanwhile has its turn after that. */
let typedNext = "";

/** @param {string | null} typed */
function typeAgain(typed) {
  if (typed !== null) {
    typedNext = taskField().value;
    taskField().value = typed;
    drawChip();
  }
  taskField().focus();
}

/** @param {string} words */
function showProblem(words) {
  taskField().setAttribute("aria-invalid", "true");
  setNote(make("span", { class: "error", text: words }));
  taskField().focus();
}

function bringTypedBack() {
  const typed = takeFromTab(TYPED);
  if (typed) typeAgain(typed);
}

/** @param {ClipboardEvent} event */
function pasteLines(event) {
  const lines = readLines(event.clipboardData?.getData("text") ?? "");
  if (lines.length < 2) return;
  event.preventDefault();
  offerLines(lines);
}

export function startQuickAdd() {
  const form = find("#quick-add");
  if (!form) return;
  taskField().removeAttribute("maxlength"); // What is too long is said, not cut off.
  form.addEventListener("submit", submitTask);
  taskField().addEventListener("input", drawChip);
  taskField().addEventListener("keydown", pressInField);
  taskField().addEventListener("paste", pasteLines);
  bringTypedBack();
  keepDrafts();
  addEventListener("pagehide", () => {
    if (unsavedText()) keepInTab(TYPED, unsavedText());
  });
}
