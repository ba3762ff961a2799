// Instants and lengths of time as people read them. Always in UTC, as the server writes them.

const UNITS = /** @type {const} */ ([
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
]);

/** `2016-04-22 12:00:00`. @param {string | number} instant */
export function writeMoment(instant) {
  return new Date(instant).toISOString().slice(0, 19).replace("T", " ");
}

/** `12:00:00.250`. @param {string | number} instant */
export function writeTime(instant) {
  return new Date(instant).toISOString().slice(11, 23);
}

/** A length of time in at most two units: `1 d 2 h`. @param {number} seconds */
export function writeLength(seconds) {
  let left = Math.round(Math.abs(seconds));
  const parts = [];
  for (const [unit, length] of UNITS) {
    const number = Math.floor(left / length);
    left -= number * length;
    if (number) parts.push(`${number} ${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

/** `1 task`, `2 tasks`. @param {number} number @param {string} one @param {string} [many] */
export function countOf(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** `1.2 KB`. @param {number} bytes */
export function writeBytes(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const isLarge = bytes >= 1024 * 1024;
  const number = bytes / (isLarge ? 1024 * 1024 : 1024);
  return `${number.toFixed(1)} ${isLarge ? "MB" : "KB"}`;
}
