// What is not saved is said where it is: in its row, with what helps.

import { button, find, findAll, make } from "../../../assets/scripts/dom.js";
import { warn } from "./announce.js";
import { text } from "./data.js";
import { WriteError } from "./jsom.js";
import { removeRows } from "./list.js";
import { rows } from "./row.js";
import { showToast } from "./toasts.js";

/** The sentence of an error. @param {unknown} error */
export function sentenceOf(error) {
  if (!(error instanceof WriteError)) throw error;
  return error.kind === "field" || error.kind === "failed"
    ? text("not_saved", { reason: error.message })
    : error.message;
}

/**
 * Say in its row that a task was not saved. Its row is as it was by then.
 * @param {number} id
 * @param {unknown} error
 * @param {() => void} [edit] opens again what was edited
 */
export function showFailure(id, error, edit) {
  const words = sentenceOf(error);
  const row = rows.get(id);
  const cell = row && find(".c-name", row);
  if (!cell) {
    showToast({ words });
    return;
  }
  forgetFailure(id);
  const line = make("span", { class: "failure", text: `${words} ` });
  const { kind, correlation } = /** @type {WriteError} */ (error);
  const forget = () => {
    forgetFailure(id);
    find("a", cell)?.focus();
  };
  const add = (/** @type {string} */ key, /** @type {() => void} */ run) =>
    line.append(button(text(key), run, { class: "link" }), " ");
  if (kind === "gone") add("remove", () => removeRows([id]));
  else if (kind === "old" || kind === "shut") add("reload", () => location.reload());
  else {
    if (edit) {
      add("edit_again", () => {
        forget();
        edit();
      });
    }
    add("give_up", forget);
  }
  if (correlation) line.append(make("small", { text: text("correlation", { id: correlation }) }));
  cell.append(line);
  warn(words);
}

/** @param {number} id */
export function forgetFailure(id) {
  const row = rows.get(id);
  if (row) for (const line of findAll(".failure", row)) line.remove();
}
