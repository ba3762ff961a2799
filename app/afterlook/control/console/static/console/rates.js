// How many there were in the last minute. Knows no page.

const MINUTE = 60_000; // milliseconds
const SLICE = 1000;

/** Counts by the second: a storm of requests costs no more than a few. */
export function makeRate() {
  /** @type {Map<number, number>} */
  const slices = new Map();
  const sum = (/** @type {number} */ now) => {
    const first = Math.floor((now - MINUTE) / SLICE);
    let all = 0;
    for (const [slice, number] of slices) {
      if (slice <= first) slices.delete(slice);
      else all += number;
    }
    return all;
  };
  const add = (/** @type {number} */ now, /** @type {number} */ number) => {
    const slice = Math.floor(now / SLICE);
    slices.set(slice, (slices.get(slice) ?? 0) + number);
  };
  return {
    /** @param {number} now in milliseconds, of any clock that does not go back */
    count: (now) => add(now, 1),
    /** What somebody counted who saw them all. @param {number} now @param {number} right */
    correct: (now, right) => add(now, right - sum(now)),
    /** @param {number} now */
    perMinute: (now) => Math.max(0, sum(now)),
  };
}
