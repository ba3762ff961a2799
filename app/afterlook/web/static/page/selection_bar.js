// The bar at the bottom while rows are selected: what can be done to all of them.

import { button, find, make } from "../../../assets/scripts/dom.js";
import { actions, runAction } from "./actions.js";
import { countTasks, text } from "./data.js";
import { focusRow, NAME } from "./grid.js";
import { rows } from "./row.js";
import { clearSelection, selectedTasks } from "./selection.js";

/** Those of the bar, in its order. */
const IN_BAR = ["complete", "important", "move", "delete"];

/** Show the bar for tasks, or none for none. @param {Task[]} these */
export function drawSelectionBar(these) {
  const known = find("#selection");
  document.documentElement.classList.toggle("selecting", these.length > 0);
  if (!these.length) {
    if (known) closeBar(known);
    return;
  }
  const bar = known ?? openBar();
  const count = find(".count", bar);
  if (count) count.textContent = text("n_selected", { tasks: countTasks(these.length) });
  for (const action of actions) {
    const control = /** @type {HTMLButtonElement | null} */ (
      find(`[data-action="${action.name}"]`, bar)
    );
    if (!control) continue;
    const able = these.filter((task) => action.can?.(task) ?? true);
    control.disabled = able.length === 0;
    const words = find(".word", control);
    if (words && able.length) words.textContent = wordsInBar(action, able);
  }
}

function openBar() {
  const buttons = actions
    .filter((action) => IN_BAR.includes(action.name))
    .sort((one, other) => IN_BAR.indexOf(one.name) - IN_BAR.indexOf(other.name))
    .map((action) => makeButton(action));
  const clear = button(
    "",
    clearSelection,
    { class: "tool", "aria-label": text("clear_selection") },
    "close",
  );
  const label = { role: "toolbar", "aria-label": text("selection") };
  const bar = make("div", { id: "selection", ...label }, make("span", { class: "count" }));
  bar.append(...buttons, clear);
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    clearSelection();
  });
  find("#main")?.append(bar);
  return bar;
}

/** @param {import("./actions.js").Action} action @param {Task[]} these */
function wordsInBar(action, these) {
  return action.name === "move" ? text("move_selected") : action.words(these);
}

/** @param {import("./actions.js").Action} action */
function makeButton(action) {
  const run = () => {
    const these = selectedTasks();
    runAction(action, these);
    if (action.name !== "move") clearSelection();
  };
  const control = button("", run, { class: "tool", "data-action": action.name }, action.symbol);
  control.append(make("span", { class: "word", text: wordsInBar(action, []) }));
  return control;
}

/** The focus goes back to where the selection was. @param {HTMLElement} bar */
function closeBar(bar) {
  const hadFocus = bar.contains(document.activeElement);
  bar.remove();
  if (!hadFocus) return;
  const stop = find('table.tasks:not([hidden]) tbody [tabindex="0"]');
  const row = stop?.closest("tr[data-id]");
  const known = row && rows.get(Number(/** @type {HTMLElement} */ (row).dataset.id));
  if (!known || !focusRow(known, NAME)) (find("#new-task") ?? find("#main"))?.focus();
}
