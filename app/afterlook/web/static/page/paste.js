// Many lines at once: each becomes a task, if that is what was meant.

import { button, find, make } from "../../../assets/scripts/dom.js";
import { text } from "./data.js";
import { addDrafts, readDraft, setNote } from "./quickadd.js";
import { checkName } from "./rename.js";

const MAX_LINES = 200;

/** The lines of a text, without the marks of lists. @param {string} pasted */
export function readLines(pasted) {
  return pasted
    .split(/\r?\n/)
    .map((line) =>
      line.replace(/^\s*(?:[-*•–]\s+)?(?:\[[ x]?\]\s+)?(?:\d{1,3}[.)]\s+)?/i, "").trim(),
    )
    .filter(Boolean);
}

/** Ask whether lines are to be tasks. @param {string[]} lines */
export function offerLines(lines) {
  const field = /** @type {HTMLInputElement} */ (find("#new-task"));
  const say = (/** @type {string} */ words) =>
    setNote(make("span", { class: "error", text: words }));
  if (lines.length > MAX_LINES) {
    say(text("too_many_lines", { count: lines.length, most: MAX_LINES }));
    return;
  }
  const drafts = lines.map(readDraft);
  const problem = drafts.map(({ name }) => checkName(name)).find(Boolean);
  if (problem) {
    say(problem);
    return;
  }
  const leave = () => {
    setNote();
    field.focus();
  };
  const addAll = button(
    text("add_many", { count: lines.length }),
    () => {
      leave();
      addDrafts(drafts);
    },
    { class: "primary" },
  );
  const asOne = button(text("as_one_line"), () => {
    field.value = lines.join(" ");
    leave();
    field.dispatchEvent(new Event("input"));
  });
  setNote(make("span", { class: "row" }, addAll, asOne, button(text("cancel"), leave)));
  addAll.focus();
}
