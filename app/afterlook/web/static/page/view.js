// A view: lists, what can be done to their tasks, and the keys for it.

import { find } from "../../../assets/scripts/dom.js";
import { sendCompletedAtLast } from "./complete.js";
import { openFilter, startFilter } from "./filter.js";
import { moveByCell, moveByRow } from "./grid.js";
import { wasSentAtLast } from "./jsom.js";
import { addKeys } from "./keys.js";
import { adoptLists } from "./list.js";
import { lists } from "./lists.js";
import { startQuickAdd } from "./quickadd.js";
import { sendDeletionsAtLast } from "./remove.js";
import { startSearch } from "./search.js";
import { openSortMenu, startSorting } from "./sort.js";
import { tell } from "./store.js";
import { addTaskActions, openFocusedMenu, watchRows } from "./task_actions.js";

/** Milliseconds after which what the page before sent at last was taken. */
const SENT_SOON = 300;

function addGridKeys() {
  addKeys(
    { keys: ["ArrowDown", "j"], words: "down", run: () => moveByRow("down") },
    { keys: ["ArrowUp", "k"], words: "up", run: () => moveByRow("up") },
    { keys: ["ArrowRight"], words: "right", run: () => moveByCell(1) },
    { keys: ["ArrowLeft"], words: "left", run: () => moveByCell(-1) },
    { keys: ["Home"], words: "first", run: () => moveByRow("first") },
    { keys: ["End"], words: "last", run: () => moveByRow("last") },
  );
}

function addViewKeys() {
  addKeys(
    { keys: [".", "Shift+F10", "ContextMenu"], words: "menu", run: openFocusedMenu },
    { keys: ["s"], words: "sort", run: openSortMenu },
    { keys: ["f"], words: "filter", run: openFilter },
  );
}

export function startView() {
  adoptLists();
  addGridKeys();
  addTaskActions();
  addViewKeys();
  for (const { section } of lists.values()) watchRows(section);
  startQuickAdd();
  startSorting();
  startSearch();
  startFilter();
  find('[data-action="add"]')?.addEventListener("click", () => find("#new-task")?.focus());
  if (find("#new-task"))
    addKeys({ keys: ["n"], words: "new", scope: "page", run: () => find("#new-task")?.focus() });
  // Before the next page is asked for, and where nothing says so beforehand.
  for (const name of ["beforeunload", "pagehide"]) addEventListener(name, sendAllAtLast);
  if (wasSentAtLast()) setTimeout(() => tell("reload", { isQuiet: true }), SENT_SOON);
}

/** @param {Event} event */
function sendAllAtLast(event) {
  const isSent = [sendCompletedAtLast(), sendDeletionsAtLast()].every(Boolean);
  if (!isSent) event.preventDefault(); // The browser asks whether to leave.
}
