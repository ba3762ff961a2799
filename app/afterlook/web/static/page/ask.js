// A question that stops: rare, as most things can be undone.

import { button, make } from "../../../assets/scripts/dom.js";
import { text } from "./data.js";

/**
 * Ask whether to go on; Escape is no, and so is Enter at first.
 * @param {string} question
 * @param {string} yes
 * @param {string} [no]
 * @returns {Promise<boolean>}
 */
export function askFirst(question, yes, no = text("stay")) {
  const close = (/** @type {string} */ value) => dialog.close(value);
  const dialog = make(
    "dialog",
    { class: "ask", "aria-labelledby": "ask-question" },
    make("p", { id: "ask-question", text: question }),
    make(
      "p",
      { class: "row" },
      button(yes, () => close("yes"), { class: "primary" }),
      button(no, () => close(""), { autofocus: true }),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    // What listens for Escape below the dialog does not hear of it.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
  });
}
