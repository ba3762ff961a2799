// Renaming a task in its row.

import { find, make } from "../../../assets/scripts/dom.js";
import { text } from "./data.js";
import { rename } from "./edits.js";
import { rows } from "./row.js";
import { tasks } from "./store.js";
import { showToast } from "./toasts.js";

export const MAX_NAME = 255;

/** What gives up the editor in a row. @type {WeakMap<Element, () => void>} */
const editors = new WeakMap();

/** A row goes: close its editor, if it has one, and say so. @param {Element} row */
export function leaveEditor(row) {
  editors.get(row)?.();
  return editors.delete(row);
}

/** Why a name cannot be one, or nothing. @param {string} name */
export function checkName(name) {
  if (!name) return text("name_required");
  return name.length > MAX_NAME ? text("name_too_long") : "";
}

/** Edit the name of a task where it stands. @param {Task} task @param {string} [typed] what was typed before */
export function editName(task, typed = task.name) {
  const row = rows.get(task.id);
  const link = row && find(".c-name a", row);
  if (!link || find(".rename", row)) return;
  const error = make("span", { class: "error", id: `rename-error-${task.id}` });
  const field = make("input", {
    "aria-label": text("name"),
    "aria-describedby": error.id,
    autocomplete: "off",
  });
  field.value = typed;
  const editor = make("span", { class: "rename" }, field, error);
  link.hidden = true;
  link.after(editor);
  row.dataset.editing = "";
  field.focus();
  field.select();
  let isOpen = true;

  /** @param {boolean} isKept whether the focus stays in the row */
  const close = (isKept) => {
    isOpen = false;
    editors.delete(row);
    link.hidden = false;
    delete row.dataset.editing;
    editor.remove();
    if (isKept) link.focus();
  };
  /** @param {boolean} isKept */
  const save = (isKept) => {
    if (!isOpen) return;
    const name = field.value.trim();
    error.textContent = checkName(name);
    field.setAttribute("aria-invalid", `${error.textContent !== ""}`);
    if (error.textContent) {
      // An empty name means no change; one that is too long stays here, to be made shorter.
      if (!isKept && !name) close(false);
      return;
    }
    close(isKept);
    const known = tasks.get(task.id) ?? task;
    if (name !== known.name) rename(known, name, () => editName(known, name));
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") save(true);
    else if (event.key === "Escape") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => save(false));
  editors.set(row, () => {
    isOpen = false;
    const typed = field.value.trim();
    const key = typed === task.name ? "gone_from_list" : "gone_while_renaming";
    showToast({ words: text(key, { name: task.name, typed }) });
  });
}
