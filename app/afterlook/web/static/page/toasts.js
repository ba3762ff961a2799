// Short messages at the bottom, each with at most one thing to do.
//
// They stay while they are pointed at or hold the focus, and as long as their user wants, where
// that was chosen (WCAG 2.2.1). F6 goes to the newest, and back.

import { button, find, findAll, make } from "../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { preference, text } from "./data.js";

const SHOWN = 6000; // milliseconds
const MAX_SHOWN = 3;

/**
 * @typedef {object} Toast
 * @property {string} words
 * @property {string} [label] of what can be done
 * @property {() => void} [run]
 * @property {number} [time] milliseconds until it closes
 * @property {(wasRun: boolean) => void} [closed] told once, when it is gone
 */

/** @type {Map<HTMLElement, () => void>} what closes each */
const shown = new Map();

/** @type {HTMLElement | null} */
let cameFrom = null;

/**
 * Show a message; returns what closes it.
 * @param {Toast} toast
 */
export function showToast(toast) {
  const element = make("div", { class: "toast" }, make("span", { text: toast.words }));
  let left = toast.time ?? SHOWN;
  let timer = 0;
  let begun = 0;

  const close = (wasRun = false) => {
    if (!shown.delete(element)) return;
    clearTimeout(timer);
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    keepFocusVisible();
    if (hadFocus) returnFocus();
    toast.closed?.(wasRun);
  };
  const isHeld = () => element.matches(":hover, :focus-within") || preference("toasts") === "keep";
  const pause = () => {
    if (timer) left = Math.max(left - (Date.now() - begun), 1500);
    clearTimeout(timer);
    timer = 0;
  };
  const go = () => {
    clearTimeout(timer);
    if (!isHeld()) timer = setTimeout(close, left);
    begun = Date.now();
  };

  const { label, run } = toast;
  if (label && run) {
    element.append(
      button(label, () => {
        close(true);
        run();
      }),
    );
  }
  element.append(button("×", () => close(), { class: "close", "aria-label": text("close") }));
  for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, pause);
  for (const name of ["pointerleave", "focusout"])
    element.addEventListener(name, () => setTimeout(go));
  shown.set(element, close);
  find("#toasts")?.append(element);
  for (const older of Array.from(shown.values()).slice(0, -MAX_SHOWN)) older();
  keepFocusVisible();
  announce(label ? `${toast.words} ${label}.` : toast.words);
  go();
  return close;
}

/** A focused row is never under a toast: scrolling keeps clear of them (SC 2.4.11). */
function keepFocusVisible() {
  const top = shown.size ? find("#toasts")?.getBoundingClientRect().top : undefined;
  const padding = top === undefined ? "" : `${innerHeight - top + 8}px`;
  document.documentElement.style.scrollPaddingBottom = padding;
}

function returnFocus() {
  if (cameFrom?.isConnected) cameFrom.focus();
  else find("#main")?.focus();
  cameFrom = null;
}

/** Go to the newest message, or back to where one came from. */
export function switchToToasts() {
  const region = find("#toasts");
  if (region?.contains(document.activeElement)) {
    returnFocus();
    return;
  }
  const newest = findAll(".toast", region ?? document).at(-1);
  if (!newest) return;
  cameFrom = /** @type {HTMLElement} */ (document.activeElement);
  find("button", newest)?.focus();
}
