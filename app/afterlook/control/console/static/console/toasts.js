// Short messages at the bottom, each with at most one thing to do; and what waits for a moment
// before it is sent, so that it can be taken back.
//
// They stay while they are pointed at or hold the focus (WCAG 2.2.1). F6 goes to the newest.
import { button, find, findAll, make } from "../../../../assets/scripts/dom.js";
import { announce } from "./announce.js";

const SHOWN = 8000; // milliseconds
const MAX_TOASTS = 3;

/** @type {Map<HTMLElement, () => void>} what closes each */
const shown = new Map();

/**
 * Show a message; `closed` is told whether `run` was.
 * @param {string} words
 * @param {{ label?: string, run?: () => void, closed?: (wasRun: boolean) => void }} [what]
 */
export function showToast(words, { label, run, closed } = {}) {
  const toast = make("div", { class: "toast" }, make("span", { text: words }));
  let timer = 0;
  const close = (wasRun = false) => {
    if (!shown.delete(toast)) return;
    clearTimeout(timer);
    const hadFocus = toast.contains(document.activeElement);
    toast.remove();
    if (hadFocus) find("#main")?.focus();
    closed?.(wasRun);
  };
  const go = () => {
    clearTimeout(timer);
    if (!toast.matches(":hover, :focus-within")) timer = setTimeout(close, SHOWN);
  };
  if (label && run) {
    const act = () => {
      close(true);
      run();
    };
    toast.append(button(label, act));
  }
  toast.append(button("×", () => close(), { class: "close", "aria-label": "Close" }));
  for (const name of ["pointerenter", "focusin"])
    toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"])
    toast.addEventListener(name, () => setTimeout(go));
  shown.set(toast, close);
  find("#toasts")?.append(toast);
  for (const older of Array.from(shown.values()).slice(0, -MAX_TOASTS)) older();
  announce(label ? `${words} ${label}.` : words);
  go();
  return close;
}

/**
 * Say that something is being done, and do it when the message closes, unless it is undone.
 * @param {string} words
 * @param {(isLeaving: boolean) => void} send
 * @param {() => void} undo
 */
export function sendLater(words, send, undo) {
  let isSent = false;
  const sendOnce = (/** @type {boolean} */ isLeaving) => {
    removeEventListener("pagehide", leave);
    if (!isSent) send(isLeaving);
    isSent = true;
  };
  const leave = () => sendOnce(true);
  addEventListener("pagehide", leave);
  showToast(words, {
    label: "Undo",
    run: undo,
    closed: (wasRun) => {
      if (wasRun) removeEventListener("pagehide", leave);
      else sendOnce(false);
    },
  });
}

/** Go to the newest message. */
export function focusToast() {
  const newest = findAll(".toast").at(-1);
  if (newest) find("button", newest)?.focus();
}
