// Long work a slice at a time: between two of them the browser draws, and hears its user.

const SLICE_TIME = 10; // milliseconds

let sliceBegun = 0;

/** Whether what goes on has taken its time. */
function isOver() {
  return performance.now() - sliceBegun > SLICE_TIME;
}

/** Let the browser do what waits. */
async function pause() {
  await new Promise((resolve) => setTimeout(resolve));
  sliceBegun = performance.now();
}

/**
 * Do something again and again, until it is not wanted any more.
 * @param {() => boolean} act does a little, and tells whether there is more to do
 */
export async function inSlices(act) {
  sliceBegun = performance.now();
  while (act()) if (isOver()) await pause();
}

/** Do something later, once the browser has drawn and nobody waits. @param {() => void} act */
export function whenIdle(act) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act, 200);
}
