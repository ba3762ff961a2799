// Pages above a list, where there is room for them: the form of a task, settings, Sync to Outlook.
// On narrow screens, and by their addresses, they are pages.

import { find, findAll, make } from "../../../assets/scripts/dom.js";
import { takeSettings } from "./anew.js";
import { text } from "./data.js";
import { control } from "./form_fields.js";
import { TaskForm } from "./forms.js";
import { focusRow } from "./grid.js";
import { drawProjects } from "./groups.js";
import { reload } from "./list.js";
import { readPage } from "./read_page.js";
import { deleteTasks } from "./remove.js";
import { rows } from "./row.js";
import { startSettings } from "./settings.js";
import { tasks } from "./store.js";
import { startSync } from "./sync.js";
import { showToast } from "./toasts.js";
import { beginWaiting, endWaiting } from "./waiting.js";

const HAS_ROOM = "(min-width: 760px)";

/** @typedef {import("./handover.js").Handover} Handover */

/**
 * What of each page is shown, and how that begins; it returns how it is left without saving.
 * @type {Record<string, [string, (dialog: HTMLDialogElement, part: any) => () => void]>}
 */
const PARTS = {
  "edittask.aspx": ["#task-form", startForm],
  "settings.aspx": ["#settings-form", startSettingsDialog],
  "exchangesyncsettings.aspx": ["#sync", startSyncDialog],
};

/** Open pages in a dialog instead of going to them. */
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = target.closest("a[href]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    // Bars of the timeline are links of SVG, which have no address of their own.
    const address = new URL(link.getAttribute("href") ?? "", location.href).href;
    const hasRoom = matchMedia(HAS_ROOM).matches;
    const isName = target.closest(".c-name a") !== null && isByMouse(event);
    if (!partsOf(address) || !(hasRoom || isName)) return;
    event.preventDefault();
    if (isName && event.detail > 1) cancelOpening();
    else void openPage(address, hasRoom, isName ? waitForSecondClick() : true);
  });
}

/** Not by a key, which is a click without any, nor by a finger. @param {MouseEvent} event */
function isByMouse(event) {
  const { pointerType = "mouse" } = /** @type {PointerEvent} */ (event);
  return event.detail > 0 && pointerType === "mouse";
}

/** Milliseconds in which a second click on a name means to rename it. */
const SECOND_CLICK = 300;

let cancelOpening = () => {};

/** Tells whether there was none. @returns {Promise<boolean>} */
function waitForSecondClick() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SECOND_CLICK, true);
    cancelOpening = () => {
      clearTimeout(timer);
      resolve(false);
    };
  });
}

/** @param {string} address */
function partsOf(address) {
  return PARTS[new URL(address).pathname.split("/").at(-1)?.toLowerCase() ?? ""];
}

/**
 * Show a page in a dialog. It gives the focus back to where that was. What is to be shown is read
 * while it is not sure yet whether it is wanted.
 * @param {string} address
 * @param {boolean} hasRoom
 * @param {boolean | Promise<boolean>} isWanted
 */
async function openPage(address, hasRoom, isWanted) {
  const [selector, start] = partsOf(address) ?? [];
  if (!selector || !start || find("dialog[open]")) return;
  const reading = hasRoom ? readParts(address, selector) : null;
  reading?.catch(() => {});
  if (!(await isWanted)) return;
  let parts;
  try {
    parts = await reading;
  } catch {
    // Going there would lose the page, and what it still has to send.
    showToast({ words: text("server_away") });
    return;
  }
  if (!parts) {
    location.assign(address);
    return;
  }
  if (find("dialog[open], .rename")) return;
  const attributes = { class: "form-dialog", "aria-labelledby": "form-title" };
  const dialog = make("dialog", attributes, ...parts);
  document.body.append(dialog);
  const leave = start(dialog, find(selector, dialog));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  const first = /** @type {HTMLInputElement | null} */ (find("form input:not(:disabled)", dialog));
  first?.focus();
  if (selector === "#task-form") takeTyped(dialog);
}

/**
 * Read the title of a page, its notices, and what it is about.
 * @param {string} address
 * @param {string} selector
 */
async function readParts(address, selector) {
  let isAnswered = false;
  beginWaiting();
  try {
    const page = await readPage(address);
    isAnswered = true;
    const title = page && find("#main h1", page);
    const part = page && find(selector, page);
    if (!title || !part) return null;
    title.id = "form-title";
    return [title, ...findAll("#main > .notice", page), part].map((one) =>
      document.importNode(one, true),
    );
  } finally {
    endWaiting(isAnswered);
  }
}

/** @param {HTMLDialogElement} dialog @param {HTMLFormElement} form */
function startForm(dialog, form) {
  const task = new TaskForm(form, (handover) => {
    dialog.close();
    if (handover) void followForm(handover);
  });
  return () => void task.cancel();
}

/** What was typed for a new task goes on in its form. @param {HTMLDialogElement} dialog */
function takeTyped(dialog) {
  const form = /** @type {HTMLFormElement} */ (find("#task-form", dialog));
  const name = control(form, "name");
  const typed = /** @type {HTMLInputElement | null} */ (find("#new-task"));
  if (form.dataset.id || !name || !typed?.value) return;
  name.value = typed.value;
  typed.value = "";
}

/** @param {Handover} handover */
async function followForm({ words, focus, remove }) {
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

/** @param {HTMLDialogElement} dialog @param {HTMLFormElement} form */
function startSettingsDialog(dialog, form) {
  return startSettings(form, (handover) => {
    dialog.close();
    if (handover) void followSettings(handover);
  });
}

/** Lists, and what is said of their tasks, follow the settings. @param {Handover} handover */
async function followSettings({ words = "" }) {
  await takeSettings();
  await reload();
  drawProjects();
  showToast({ words });
}

/** @param {HTMLDialogElement} dialog @param {HTMLElement} part */
function startSyncDialog(dialog, part) {
  startSync();
  const leave = () => dialog.close();
  find("a.button", part)?.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  return leave;
}
