// The keyboard: one table of shortcuts, which the help sheet shows as well.
//
// Letters act while a list has the focus; `/ n ? g` are the only ones of the whole page, and a
// setting turns all of them off (SC 2.1.4).

import { isTyping } from "../../../assets/scripts/dom.js";
import { preference } from "./data.js";
import { focusedRow } from "./grid.js";

const SEQUENCE = 1500; // milliseconds between two keys

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys such as `c`, `Shift+F10`, `Ctrl+z`, or `g h` for one after another
 * @property {string} words its text's key
 * @property {"page" | "grid"} [scope] where it acts; `grid` unless said
 * @property {() => void} run
 */

/** @type {Shortcut[]} */
export const shortcuts = [];

/** @param {...Shortcut} more */
export function addKeys(...more) {
  shortcuts.push(...more);
}

/** The name of what was pressed. @param {KeyboardEvent} event */
function nameOf(event) {
  const isLetter = event.key.length === 1 && event.key !== " ";
  const isPlain = isLetter && event.key.toLowerCase() === event.key.toUpperCase();
  const modifiers = [
    event.ctrlKey || event.metaKey ? "Ctrl+" : "",
    event.shiftKey && !isPlain ? "Shift+" : "",
    event.altKey ? "Alt+" : "",
  ];
  const key = event.key === " " ? "Space" : isLetter ? event.key.toLowerCase() : event.key;
  return modifiers.join("") + key;
}

let before = "";
let keyTimer = 0;

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return;
  const name = nameOf(event);
  const isCharacter = !name.includes("+") && name.length === 1;
  if (isCharacter && preference("shortcuts") === "off") return;
  const wanted = before ? `${before} ${name}` : name;
  before = "";
  clearTimeout(keyTimer);
  const isInGrid = focusedRow() !== null;
  const fits = (/** @type {Shortcut} */ one) => one.scope === "page" || isInGrid;
  const found = shortcuts.find((one) => fits(one) && one.keys.includes(wanted));
  if (found) {
    event.preventDefault();
    found.run();
  } else if (
    shortcuts.some((one) => fits(one) && one.keys.some((key) => key.startsWith(`${name} `)))
  ) {
    event.preventDefault();
    before = name;
    keyTimer = setTimeout(() => {
      before = "";
    }, SEQUENCE);
  }
}

export function listenToKeys() {
  document.addEventListener("keydown", press);
}
