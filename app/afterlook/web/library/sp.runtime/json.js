// What a server's JSON means: dates, GUIDs and bytes stand in strings, told apart by their slashes.
//
// `"\/Date(0)\/"` is a date, `"\u002fDate(0)\u002f"` somebody's title: after JSON.parse they are the
// same text. So what is between slashes is marked on the raw text, where nobody's title can be.

const MARK = "\u0000";
const MARKED = /([[,:\s])"\\\/(Date|Guid|Base64Binary)\(([^"\\]*(?:\\u002f[^"\\]*)*)\)\\\/"/gi;

/**
 * Read JSON from a server; what is marked in it is for `readValue`.
 * @param {string} text
 */
function parseMarked(text) {
  return JSON.parse(text.replace(MARKED, '$1{"\\u0000":"$2($3)"}'));
}

/**
 * Return a value as a program sees it, from JSON that `parseMarked` read.
 * @param {any} json
 * @returns {any}
 */
function readValue(json) {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(readValue);
  if (typeof json[MARK] === "string") return readMarked(json[MARK]);
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, readValue(each)]));
}

/** @param {string} text such as `Date(2011,10,23)` */
function readMarked(text) {
  const open = text.indexOf("(");
  const content = text.slice(open + 1, -1);
  switch (text.slice(0, open).toLowerCase()) {
    case "guid":
      return new Guid(content);
    case "base64binary":
      return new Base64EncodedByteArray(content);
    default:
      return readDate(content);
  }
}

/** @param {string} content milliseconds, with or without an offset; or fields, months from 0 */
function readDate(content) {
  const fields = content.split(",").map(Number);
  if (fields.length >= 3) {
    return DataConvert.createUnspecifiedDateTime(
      .../** @type {[number, number, number]} */ (/** @type {unknown} */ (fields)),
    );
  }
  const match = /^(-?\d+)(.*)$/.exec(content.trim());
  const milliseconds = Number(match?.[1]);
  return match?.[2]
    ? DataConvert.createLocalDateTime(milliseconds)
    : DataConvert.createUtcDateTime(milliseconds);
}

/** Tells whether JSON is of an object with properties of its own, not of a value. */
function isObject(/** @type {any} */ json) {
  return typeof json === "object" && json !== null && "_ObjectType_" in json;
}
