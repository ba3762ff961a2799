// Server-sent events, read from a text stream (HTML Standard §9.2.6).
//
// By `fetch`, since an EventSource sends no Authorization, and the admin token may be needed.

/**
 * @typedef {object} ServerEvent
 * @property {string} type
 * @property {string} data
 * @property {string} id the last one that was given
 */

/** Returns what takes pieces of the stream, and gives the events that they complete. */
export function makeEventReader() {
  let rest = "";
  let id = "";
  let type = "";
  /** @type {string[]} */
  let lines = [];

  /** @param {string} line @returns {ServerEvent | null} */
  const take = (line) => {
    if (line === "") {
      const event = lines.length ? { type: type || "message", data: lines.join("\n"), id } : null;
      lines = [];
      type = "";
      return event;
    }
    const at = line.indexOf(":");
    if (at === 0) return null; // a comment, which keeps the connection open
    const field = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
    if (field === "data") lines.push(value);
    else if (field === "event") type = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    return null;
  };

  /** @param {string} piece @returns {ServerEvent[]} */
  return (piece) => {
    // A carriage return at the end may be half of a line's end.
    const text = rest + piece;
    const end = text.endsWith("\r") ? text.length - 1 : text.length;
    const parts = text.slice(0, end).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? "") + text.slice(end);
    return parts.map(take).filter((one) => one !== null);
  };
}
