// The keyboard: one table of shortcuts, which the sheet of keys shows as well. Letters are silent
// where text is typed, and can be switched off (SC 2.1.4).
import { button, find, isTyping, make } from "../../../../assets/scripts/dom.js";

const LETTERS_KEY = "afterlook.console.letters";

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys such as `c` or `Enter`
 * @property {string} words
 * @property {() => boolean | void} run false if it has nothing to do here
 */

/** @type {Shortcut[]} */
const shortcuts = [];

/** @param {...Shortcut} more */
export function addKeys(...more) {
  shortcuts.push(...more);
}

function areLettersOn() {
  try {
    return localStorage.getItem(LETTERS_KEY) !== "off";
  } catch (_refused) {
    return true;
  }
}

/** @param {boolean} isOn */
function turnLetters(isOn) {
  try {
    localStorage.setItem(LETTERS_KEY, isOn ? "on" : "off");
  } catch (_refused) {
    // They stay as they are.
  }
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (event.key.length === 1 && !areLettersOn()) return;
  const found = shortcuts.find((one) => one.keys.includes(event.key));
  if (found && found.run() !== false) event.preventDefault();
}

/** Show which keys do what. */
function showKeys() {
  const rows = shortcuts.map(({ keys, words }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", text: words }),
      make("td", {}, ...keys.flatMap((key) => [make("kbd", { text: key }), " "])),
    ),
  );
  const box = make("input", { type: "checkbox", id: "letters" });
  box.checked = areLettersOn();
  box.addEventListener("change", () => turnLetters(box.checked));
  const dialog = make(
    "dialog",
    { class: "sheet", "aria-labelledby": "keys-title" },
    make("h2", { id: "keys-title", text: "Keys" }),
    make("table", { class: "keys" }, make("tbody", {}, ...rows)),
    make("p", { class: "row" }, box, make("label", { for: "letters", text: "Letters are keys" })),
    make(
      "p",
      {},
      button("Close", () => dialog.close()),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function listenToKeys() {
  addKeys({
    keys: ["?"],
    words: "Show the keys",
    run: () => {
      showKeys();
    },
  });
  document.addEventListener("keydown", press);
  find("#help-button")?.addEventListener("click", showKeys);
}
