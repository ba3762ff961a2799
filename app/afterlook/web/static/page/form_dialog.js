// The form of a task above its list, where there is room for it; on narrow screens it is a page.

import { find, findAll, make } from "../../../assets/scripts/dom.js";
import { text } from "./data.js";
import { control } from "./form_fields.js";
import { TaskForm } from "./forms.js";
import { focusRow } from "./grid.js";
import { reload } from "./list.js";
import { deleteTasks } from "./remove.js";
import { rows } from "./row.js";
import { tasks } from "./store.js";
import { showToast } from "./toasts.js";
import { beginWaiting, endWaiting } from "./waiting.js";

const HAS_ROOM = "(min-width: 760px)";

/** @typedef {import("./handover.js").Handover} Handover */

/** Open forms in a dialog instead of going to their pages. */
export function startFormDialogs() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = target.closest('#main a[href*="EditTask.aspx"]');
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || !matchMedia(HAS_ROOM).matches) return;
    event.preventDefault();
    void openForm(new URL(link.getAttribute("href") ?? "", location.href).href);
  });
}

/** @param {string} address */
async function openForm(address) {
  if (find("dialog[open]")) return;
  let parts;
  try {
    parts = await readForm(address);
  } catch {
    // Going there would lose the page, and what it still has to send.
    showToast({ words: text("server_away") });
    return;
  }
  if (!parts) {
    location.assign(address);
    return;
  }
  const dialog = make(
    "dialog",
    { class: "form-dialog", "aria-labelledby": "form-title" },
    ...parts,
  );
  document.body.append(dialog);
  const form = /** @type {HTMLFormElement} */ (find("#task-form", dialog));
  const task = new TaskForm(form, (handover) => {
    dialog.close();
    if (handover) void follow(handover);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    void task.cancel();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  const name = control(form, "name");
  if (name && !name.disabled) name.focus();
  const typed = /** @type {HTMLInputElement | null} */ (find("#new-task"));
  if (task.id || !name || !typed?.value) return;
  name.value = typed.value;
  typed.value = "";
}

/**
 * Read the page of a form; returns what is in its main part. Rejects where there is no answer.
 * @param {string} address
 */
async function readForm(address) {
  let isAnswered = false;
  beginWaiting();
  try {
    const answer = await fetch(address);
    isAnswered = true;
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const title = find("#main h1", page);
    const form = find("#task-form", page);
    if (!title || !form) return null;
    title.id = "form-title";
    return [title, ...findAll("#main > .notice", page), form].map((one) =>
      document.importNode(one, true),
    );
  } finally {
    endWaiting(isAnswered);
  }
}

/** @param {Handover} handover */
async function follow({ words, focus, remove }) {
  const removed = remove && tasks.get(remove.id);
  if (removed) {
    deleteTasks([removed]);
    return;
  }
  await reload();
  if (words) showToast({ words });
  const row = rows.get(focus ?? 0);
  if (row) focusRow(row);
  else if (document.activeElement === document.body) find("#main")?.focus();
}
