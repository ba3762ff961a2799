// What programs call of the Ajax library on Function, String and the page.

/**
 * Add members that are not there yet; nobody who goes through the object sees them.
 * @param {object} target
 * @param {Record<string, unknown>} members
 */
function extend(target, members) {
  for (const [name, value] of Object.entries(members)) {
    if (name in target) continue;
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
}

/**
 * @param {unknown} instance
 * @param {(...args: any[]) => unknown} method
 */
function createDelegate(instance, method) {
  return (/** @type {any[]} */ ...args) => method.apply(instance, args);
}

/**
 * @param {(...args: any[]) => unknown} method
 * @param {unknown} context its last argument
 */
function createCallback(method, context) {
  /** @this {any} @param {any[]} args */
  return function (...args) {
    return method.call(this, ...args, context);
  };
}

/**
 * @param {string} text with `{0}`, `{1}`; braces that are meant are doubled
 * @param {...any} values
 */
function format(text, ...values) {
  return text.replace(/\{\{|\}\}|\{(\d+)(?::([^}]*))?\}/g, (whole, place, how) => {
    if (whole === "{{" || whole === "}}") return whole.charAt(0);
    const value = values[place];
    if (value === null || value === undefined) return "";
    return how && typeof value.format === "function" ? value.format(how) : `${value}`;
  });
}

/** @param {string | null | undefined} text */
function isNullOrEmpty(text) {
  return text === null || text === undefined || text === "";
}

/**
 * @param {string} id
 * @param {Document | Element} [within]
 */
function $get(id, within = document) {
  if (within instanceof Document) return within.getElementById(id);
  return within.querySelector(`#${CSS.escape(id)}`);
}

extend(Function, { createDelegate, createCallback, emptyMethod: () => undefined });
extend(String, { format, isNullOrEmpty });
extend(globalThis, { $get });
