// What can be undone, the newest first: by a toast, or by Ctrl+Z.
import { text } from "./data.js";
import { showToast } from "./toasts.js";

const MAX_KEPT = 20;

/** @typedef {{ run: () => void, close?: (wasRun?: boolean) => void }} Undo */

/** @type {Undo[]} */
let kept = [];

/** Keep what undoes something; returns what forgets it. @param {() => void} run */
export function keepUndo(run) {
  /** @type {Undo} */
  const undo = { run };
  kept = [...kept, undo].slice(-MAX_KEPT);
  return undo;
}

/** @param {Undo} undo */
export function forgetUndo(undo) {
  kept = kept.filter((each) => each !== undo);
}

/**
 * Say what happened, with Undo.
 * @param {string} words
 * @param {() => void} run
 */
export function offerUndo(words, run) {
  const undo = keepUndo(run);
  const label = text("undo");
  undo.close = showToast({
    words,
    label,
    run() {
      forgetUndo(undo);
      run();
    },
  });
}

/** Undo what was done last. */
export function undoLast() {
  const undo = kept.at(-1);
  if (!undo) return;
  forgetUndo(undo);
  undo.close?.(true);
  undo.run();
}
