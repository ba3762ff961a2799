// How many there were in the last minute. Knows no page.

const MINUTE = 60_000; // milliseconds
const SLICE = 1000;

/** Counts by the second: a storm of requests costs no more than a few. */
export function makeRate() {
  /** @type {Map<number, number>} */
  const slices = new Map();
  return {
    /** @param {number} now in milliseconds, of any clock that does not go back */
    count(now) {
      const slice = Math.floor(now / SLICE);
      slices.set(slice, (slices.get(slice) ?? 0) + 1);
    },
    /** @param {number} now */
    perMinute(now) {
      const first = Math.floor((now - MINUTE) / SLICE);
      let sum = 0;
      for (const [slice, number] of slices) {
        if (slice <= first) slices.delete(slice);
        else sum += number;
      }
      return sum;
    },
  };
}
