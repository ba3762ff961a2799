// Long work a slice at a time: between two of them the browser draws, and hears its user.

const SLICE_TIME = 10; // milliseconds

/** What is read between two looks at the time. */
const MANY = 100;

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

/**
 * @template From, To
 * @param {From[]} all
 * @param {(one: From) => To} read
 */
export async function mapInSlices(all, read) {
  const { length } = all;
  /** @type {To[]} */
  const found = [];
  // What made them took its time.
  if (length > MANY) await pause();
  await inSlices(() => {
    for (const one of all.slice(found.length, found.length + MANY)) found.push(read(one));
    return found.length < length;
  });
  return found;
}

/** Do something later, once the browser has drawn and nobody waits. @param {() => void} act */
export function whenIdle(act) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act, 200);
}
