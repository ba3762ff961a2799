// What one page leaves for the next: a message, the row to go to, a deletion that can be undone.

const HANDOVER = "afterlook.handover";

/**
 * @typedef {object} Handover
 * @property {string} [words]  a message
 * @property {number} [focus]  the task whose row has the focus then
 * @property {{ id: number, name: string }} [remove]  a task to delete
 */

/** @param {Handover} handover */
export function handOver(handover) {
  keepInTab(HANDOVER, handover);
}

/** @returns {Handover} */
export function takeOver() {
  return takeFromTab(HANDOVER) ?? {};
}

/**
 * Keep something in this tab, as long as it is open.
 * @param {string} key
 * @param {unknown} value
 */
export function keepInTab(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage it is lost with the page.
  }
}

/**
 * Return what was kept, and forget it.
 * @param {string} key
 */
export function takeFromTab(key) {
  try {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return kept && JSON.parse(kept);
  } catch {
    return null;
  }
}
