// How a request is written: text, attributes, and values by their types.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML has no way to say.
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** @param {string} text */
function escapeText(text) {
  return text
    .replace(/[&<>\n\r]/g, (each) => ESCAPES[/** @type {keyof typeof ESCAPES} */ (each)])
    .replace(UNSAYABLE, "\ufffd");
}

/** @param {string} text */
function escapeAttribute(text) {
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("'", "&apos;");
}

/**
 * @param {string} name
 * @param {Record<string, string | number | boolean>} attributes
 * @param {string | null} [content] null is an element that is closed at once
 */
function element(name, attributes, content = null) {
  const parts = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeAttribute(`${value}`)}"`,
  );
  return content === null
    ? `<${name}${parts.join("")} />`
    : `<${name}${parts.join("")}>${content}</${name}>`;
}

/**
 * Write a value; the paths of the objects in it are added to `paths`.
 * @param {string} tag
 * @param {any} value
 * @param {Set<ObjectPath>} paths
 * @param {Record<string, string>} [attributes]
 * @returns {string}
 */
function writeValue(tag, value, paths, attributes = {}) {
  /** @type {(type: string, content?: string | null) => string} */
  const typed = (type, content) => element(tag, { ...attributes, Type: type }, content);
  if (value === null || value === undefined) return typed("Null");
  if (value instanceof ClientObject) {
    const path = value.expectPath();
    paths.add(path);
    return element(tag, { ...attributes, ObjectPathId: path.id });
  }
  if (isDate(value)) return typed("DateTime", formatDate(value));
  if (value instanceof Guid) return typed("Guid", value.toString("B"));
  if (value instanceof Base64EncodedByteArray) return typed("Base64Binary", value.toBase64String());
  if (Array.isArray(value)) {
    return typed("Array", value.map((each) => writeValue("Object", each, paths)).join("") || null);
  }
  switch (typeof value) {
    case "string":
      return typed("String", escapeText(value));
    case "number":
      return typed("Number", `${value}`);
    case "boolean":
      return typed("Boolean", `${value}`);
    case "object": {
      const members = Object.entries(value);
      const written = members.map(([Name, each]) => writeValue("Property", each, paths, { Name }));
      return typed("Dictionary", written.join("") || null);
    }
    default:
      throw new Error(`A request cannot hold a ${typeof value}.`);
  }
}

/**
 * @param {any[]} values
 * @param {Set<ObjectPath>} paths
 */
function writeParameters(values, paths) {
  if (values.length === 0) return null;
  const written = values.map((value) => writeValue("Parameter", value, paths));
  return element("Parameters", {}, written.join(""));
}
