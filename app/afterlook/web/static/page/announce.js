// What is said to screen readers: results politely, one a second; what is not saved at once.
import { find } from "../../../assets/scripts/dom.js";

const PAUSE = 1000; // milliseconds

/** @type {string[]} */
let unsaid = [];
let isPaused = false;

/** Say a result. @param {string} words */
export function announce(words) {
  unsaid.push(words);
  if (!isPaused) sayNext();
}

function sayNext() {
  const region = find("#status");
  isPaused = unsaid.length > 0;
  if (!region || !isPaused) return;
  // Of many at once the last ones say how things are now.
  region.textContent = unsaid.slice(-3).join(" ");
  unsaid = [];
  setTimeout(sayNext, PAUSE);
}

/** Say what is not saved. @param {string} words */
export function warn(words) {
  const region = find("#alert");
  if (!region) return;
  region.textContent = "";
  // A text that is the same again would not be said.
  setTimeout(() => {
    region.textContent = words;
  }, 50);
}
