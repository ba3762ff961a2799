// A view: lists, what can be done to their tasks, and the keys for it.

import { find } from "../../../assets/scripts/dom.js";
import { followSentAtLast, sendHeldAtLast } from "./at_last.js";
import { openFilter, startFilter } from "./filter.js";
import { moveByCell, moveByRow } from "./grid.js";
import { addKeys } from "./keys.js";
import { adoptLists } from "./list.js";
import { lists } from "./lists.js";
import { startQuickAdd } from "./quickadd.js";
import { startSearch } from "./search.js";
import { openSortMenu, startSorting } from "./sort.js";
import { addTaskActions, openFocusedMenu, watchRows } from "./task_actions.js";

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
  for (const name of ["beforeunload", "pagehide"]) addEventListener(name, sendHeldAtLast);
  void followSentAtLast();
}
