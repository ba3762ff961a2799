// The language that requests are filtered by, in the parts that help to type it. Knows no page;
// the server reads it.

/** @type {Record<string, string[]>} */
const VALUES = {
  status: ["4xx", "5xx", "2xx", "404", "none"],
  method: ["GET", "POST", "PATCH", "DELETE"],
  path: ["/tasks", "/taskfolders", "$batch"],
  mailbox: [],
  fault: ["yes", "no"],
  wire: ["outlook", "graph", "csom", "rest", "page", "other"],
  operation: [],
  since: ["1m", "5m", "1h"],
};

/**
 * Texts that may be meant, each whole: what stands there, with its last word completed.
 * @param {string} text
 * @param {Record<string, Iterable<string>>} seen values that occurred, by name
 */
export function completeFilter(text, seen = {}) {
  const begun = /(\S*)$/.exec(text)?.[1] ?? "";
  const head = text.slice(0, text.length - begun.length);
  const sign = begun.startsWith("-") ? "-" : "";
  const word = begun.slice(sign.length);
  const at = word.indexOf(":");
  if (at < 0) {
    const names = Object.keys(VALUES).filter((name) => name.startsWith(word.toLowerCase()));
    return names.map((name) => `${head}${sign}${name}:`);
  }
  const name = word.slice(0, at).toLowerCase();
  const typed = word.slice(at + 1).toLowerCase();
  const values = new Set([...(VALUES[name] ?? []), ...(seen[name] ?? [])]);
  return Array.from(values)
    .filter((value) => value.toLowerCase().startsWith(typed) && value.toLowerCase() !== typed)
    .filter((value) => !/[\s"]/.test(value))
    .map((value) => `${head}${sign}${name}:${value}`);
}
