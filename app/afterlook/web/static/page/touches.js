// Fingers on rows: a long press begins to select, and then each tap selects.

const LONG_PRESS = 500; // milliseconds
const STILL = 10; // pixels

/**
 * @typedef {object} TouchRules
 * @property {(row: HTMLTableRowElement) => void} hold
 * @property {(row: HTMLTableRowElement) => void} tap
 * @property {() => boolean} isSelecting
 */

/**
 * @param {HTMLTableElement} table
 * @param {TouchRules} rules
 */
export function watchTouches(table, { hold, tap, isSelecting }) {
  let timer = 0;
  let wasHeld = false;
  let isTouch = false;
  let x = 0;
  let y = 0;
  const forget = () => clearTimeout(timer);

  table.addEventListener("pointerdown", (event) => {
    isTouch = event.pointerType !== "mouse";
    wasHeld = false;
    const row = touchedRow(event);
    if (!row || !isTouch) return;
    x = event.clientX;
    y = event.clientY;
    timer = setTimeout(() => {
      wasHeld = true;
      hold(row);
    }, LONG_PRESS);
  });
  table.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) forget();
  });
  table.addEventListener("pointerup", forget);
  table.addEventListener("pointercancel", forget);
  // A long press on a link would open the browser's own menu.
  table.addEventListener("contextmenu", (event) => {
    if (isTouch) event.preventDefault();
  });
  table.addEventListener(
    "click",
    (event) => {
      const row = touchedRow(event);
      if (!row || !isTouch || !(wasHeld || isSelecting())) return;
      event.preventDefault();
      event.stopPropagation();
      if (!wasHeld) tap(row);
      wasHeld = false;
    },
    { capture: true },
  );
}

/** @param {Event} event */
function touchedRow(event) {
  const target = /** @type {Element} */ (event.target);
  const row = target.closest(".grip") ? null : target.closest("tr[data-id]");
  return /** @type {HTMLTableRowElement | null} */ (row);
}
