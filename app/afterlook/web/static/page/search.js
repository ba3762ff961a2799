// The search field of the header: it searches as one types.

import { find } from "../../../assets/scripts/dom.js";
import { data } from "./data.js";
import { focusRow } from "./grid.js";
import { wish } from "./lists.js";
import { followAddress, showWish } from "./sort.js";
import { on } from "./store.js";

const TYPING_PAUSE = 250; // milliseconds

let searchTimer = 0;

/** What is typed on is the same search, and one step in the history. */
let isGoingOn = false;

function searchField() {
  return /** @type {HTMLInputElement} */ (find("#search"));
}

function search() {
  clearTimeout(searchTimer);
  const words = searchField().value.trim();
  if (words === wish.search) return;
  wish.search = words;
  showWish(!isGoingOn);
  isGoingOn = true;
}

/** @param {KeyboardEvent} event */
function pressInSearch(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" || event.key === "ArrowDown") {
    search();
    isGoingOn = false;
    if (event.key === "ArrowDown") focusRow(/** @type {any} */ (find("tr[data-id]")));
  } else if (event.key === "Escape") {
    if (searchField().value) searchField().value = "";
    else if (!focusRow(/** @type {any} */ (find("tr[data-id]")))) find("#main")?.focus();
    search();
  } else return;
  event.preventDefault();
}

export function startSearch() {
  if (!data.wish) return; // Other pages send it to a view.
  searchField().addEventListener("input", () => {
    clearTimeout(searchTimer);
    searchTimer = setTimeout(search, TYPING_PAUSE);
  });
  searchField().addEventListener("keydown", pressInSearch);
  searchField().addEventListener("blur", () => {
    search();
    isGoingOn = false;
  });
  followAddress(() => {
    clearTimeout(searchTimer);
    searchField().value = wish.search;
    isGoingOn = false;
  });
  searchField().form?.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  on("search", ({ words }) => {
    searchField().value = words;
    search();
    searchField().focus();
  });
}

export function focusSearch() {
  searchField().focus();
  searchField().select();
}
