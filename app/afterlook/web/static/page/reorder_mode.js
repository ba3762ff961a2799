// The mode in which rows have grips, for fingers: they scroll the page everywhere else.
import { find, findAll, icon, make } from "../../../assets/scripts/dom.js";
import { lists } from "./lists.js";
import { isInOwnOrder } from "./order.js";
import { on } from "./store.js";

let isOn = false;
let hadGrips = false;

function toggleReordering() {
  isOn = !isOn;
  find("#reorder-button")?.setAttribute("aria-pressed", `${isOn}`);
  document.body.classList.toggle("reordering", isOn);
  showGrips();
}

/** Grips are for pointers alone: the menu of a row, and keys, move it as well. */
function showGrips() {
  if (!isOn && !hadGrips) return;
  hadGrips = isOn;
  for (const list of lists.values()) {
    const hasGrips = isOn && isInOwnOrder(list);
    for (const cell of findAll("tr[data-id] .c-more", list.table)) {
      const grip = find(".grip", cell);
      if (!hasGrips) grip?.remove();
      else if (!grip)
        cell.append(make("span", { class: "grip", "aria-hidden": "true" }, icon("grip")));
    }
  }
}

export function startReorderMode() {
  find("#reorder-button")?.addEventListener("click", toggleReordering);
  on("drawn", showGrips);
}
