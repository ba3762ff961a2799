// The tasks that the page knows, and who is told of changes: this page's parts, and other tabs.
import { data } from "./data.js";

/**
 * What happens, and with what: a task was `change`d here (its rows follow), one was `add`ed or
 * `remove`d, lists should be read again (`reload`), one was drawn (`drawn`), another search or
 * filter is wanted.
 * @typedef {{
 *   change: { task: Task, before: Task },
 *   add: { task: Task },
 *   remove: { id: number },
 *   reload: {},
 *   drawn: { list: string },
 *   search: { words: string },
 *   filter: { ids: number[] },
 *   moved: { ids: number[] },
 * }} Happenings
 */

/** @type {Map<number, Task>} */
export const tasks = new Map();

/** @type {Map<string, ((detail: any) => void)[]>} */
const listeners = new Map();

/**
 * @template {keyof Happenings} Name
 * @param {Name} name
 * @param {(detail: Happenings[Name]) => void} listener
 */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/**
 * @template {keyof Happenings} Name
 * @param {Name} name
 * @param {Happenings[Name]} detail
 */
export function tell(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

/** Change what is known of a task. @param {number} id @param {Partial<Task>} values */
export function change(id, values) {
  const before = tasks.get(id);
  if (!before) return;
  const task = { ...before, ...values };
  tasks.set(id, task);
  tell("change", { task, before });
}

const channel = new BroadcastChannel(`afterlook:${data.context.webServerRelativeUrl}`);

/** Let other tabs know that something was saved. */
export function tellTabs() {
  channel.postMessage("saved");
}

let isStale = false;

function readAgain() {
  if (document.visibilityState !== "visible" || !isStale) return;
  isStale = false;
  tell("reload", {});
}

/** Hear of all that is saved, by this tab as well. @param {() => void} listener */
export function listenToSaves(listener) {
  new BroadcastChannel(channel.name).addEventListener("message", listener);
}

/** Read again when another tab saved something, or a page comes back from memory. */
export function listenToTabs() {
  channel.addEventListener("message", () => {
    isStale = true;
    readAgain();
  });
  document.addEventListener("visibilitychange", readAgain);
  addEventListener("pageshow", (event) => {
    if (event.persisted) tell("reload", {});
  });
}
