// What is said to screen readers.
import { find } from "../../../../assets/scripts/dom.js";

/** Say a result, or what is wrong. @param {string} words @param {"#status" | "#alert"} [where] */
export function announce(words, where = "#status") {
  const region = find(where);
  if (!region) return;
  region.textContent = "";
  // A text that is the same again would not be said.
  setTimeout(() => {
    region.textContent = words;
  }, 50);
}
