// The sheet of keyboard shortcuts, made from their one table.

import { button, find, make } from "../../../assets/scripts/dom.js";
import { preference, text } from "./data.js";
import { shortcuts } from "./keys.js";

/** @type {Record<string, string>} */
const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

/** @param {string} keys such as `Shift+Alt+ArrowUp` */
export function writeKeys(keys) {
  return keys
    .split(" ")
    .map((key) =>
      key
        .replace(/Arrow\w+/, (name) => NAMES[name] ?? name)
        .replace(/\+([a-z])$/, (end) => end.toUpperCase()),
    )
    .join(" ");
}

/** @param {"page" | "grid"} scope */
function makeTable(scope) {
  const body = make("tbody");
  for (const shortcut of shortcuts) {
    if ((shortcut.scope ?? "grid") !== scope) continue;
    const keys = shortcut.keys.flatMap((each) => [make("kbd", { text: writeKeys(each) }), " "]);
    const name = make("th", { scope: "row", text: text(`key_${shortcut.words}`) });
    body.append(make("tr", {}, name, make("td", {}, ...keys)));
  }
  return make("table", { class: "keys" }, make("caption", { text: text(`keys_${scope}`) }), body);
}

/** Show which keys do what. */
export function showHelp() {
  if (find("dialog[open]")) return;
  const dialog = make("dialog", { class: "help-sheet", "aria-labelledby": "help-title" });
  const close = button("×", () => dialog.close(), { class: "close", "aria-label": text("close") });
  const isOff = preference("shortcuts") === "off";
  dialog.append(
    make(
      "div",
      { class: "sheet-head" },
      make("h2", { id: "help-title", text: text("help") }),
      close,
    ),
    isOff ? make("p", { class: "notice", text: text("shortcuts_are_off") }) : "",
    makeTable("grid"),
    makeTable("page"),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

export function startHelp() {
  find("#help-button")?.addEventListener("click", showHelp);
}
