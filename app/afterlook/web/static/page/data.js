// What the server wrote into the page, its texts, and the time by its clock.
import { TEXTS } from "./texts.js";

/** @type {PageData} */
export const data = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");

/** @type {Record<string, string>} */
const texts = TEXTS;

/** How far the server's clock is ahead of this one, which programs read as well. */
const clientServerTimeDelta = data.now - Date.now();

Object.assign(globalThis, { _spPageContextInfo: { ...data.context, clientServerTimeDelta } });

/** The time by the server's clock. */
export function now() {
  return new Date(Date.now() + clientServerTimeDelta);
}

const DIRECTED = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name, so that its direction, were it left open, ends with it (UAX 9). @param {string} name */
export function isolate(name) {
  return DIRECTED.test(name) ? `\u2068${name.replace(/[\u2066-\u2069]/g, "")}\u2069` : name;
}

/**
 * A text of `texts.py` with its values filled in; a number has its thousands marked.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? value.toLocaleString("en-US") : isolate(value);
  });
}

/** @param {number} count */
export function countTasks(count) {
  return count === 1 ? text("one_task") : text("n_tasks", { count });
}

/** The name of a project; tasks without one are personal. @param {number} id */
export function projectName(id) {
  return data.locations.find((one) => one.Id === id)?.Name ?? null;
}

/**
 * What this browser's user chose, kept in this browser: `shortcuts`, `toasts`, `table`.
 * @param {string} name
 */
export function preference(name) {
  try {
    return localStorage.getItem(`afterlook.${name}`);
  } catch {
    return null; // Without storage each page begins as new.
  }
}

/**
 * @param {string} name
 * @param {string | null} value null forgets it
 */
export function setPreference(name, value) {
  try {
    if (value === null) localStorage.removeItem(`afterlook.${name}`);
    else localStorage.setItem(`afterlook.${name}`, value);
  } catch {
    // It holds for this page.
  }
}
