// Going from view to view: the one that is chosen is the one that the page opens with next time.

import { find, findAll } from "../../../assets/scripts/dom.js";
import { data } from "./data.js";
import { addKeys } from "./keys.js";
import { savePersistedAtLast } from "./persisted.js";

const LETTERS = { h: "highlights", a: "active", c: "completed", r: "recent" };

export function startViewKeys() {
  for (const link of findAll(".views a")) {
    link.addEventListener("click", () => rememberView(/** @type {HTMLAnchorElement} */ (link)));
  }
  for (const [letter, view] of Object.entries(LETTERS)) {
    const run = () => find(`.views a[data-view="${view}"]`)?.click();
    addKeys({ keys: [`g ${letter}`], words: view, scope: "page", run });
  }
}

/** @param {HTMLAnchorElement} link */
function rememberView(link) {
  const page = link.pathname.split("/").at(-1) ?? "";
  if (page === data.persisted.QuickLaunchLandingPage) return;
  savePersistedAtLast({ QuickLaunchLandingPage: page });
}
