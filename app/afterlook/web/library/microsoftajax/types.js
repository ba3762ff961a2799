// Namespaces, classes and enumerations as the Ajax library declares them.

/** @type {WeakMap<object, { name: string, base: any }>} */
const ajaxTypes = new WeakMap();

/**
 * Make a namespace, or find it.
 * @param {string} name such as `Contoso.Tasks`
 * @returns {any}
 */
function registerNamespace(name) {
  return name.split(".").reduce((/** @type {any} */ at, part) => {
    at[part] ??= { __namespace: true };
    return at[part];
  }, globalThis);
}

/**
 * Register a constructor under its name; it derives from `base`.
 * @this {any}
 * @param {string} name
 * @param {any} [base]
 */
function registerClass(name, base = null) {
  ajaxTypes.set(this, { name, base });
  this.__class = true;
  this.__typeName = name;
  if (base && !(this.prototype instanceof base)) {
    const members = Object.getOwnPropertyDescriptors(this.prototype);
    this.prototype = Object.create(base.prototype, members);
  }
  return this;
}

/**
 * Run the constructor of the class that this one derives from.
 * @this {any}
 * @param {any} instance
 * @param {any[]} [args]
 */
function initializeBase(instance, args = []) {
  ajaxTypes.get(this)?.base?.apply(instance, args);
  return instance;
}

/**
 * Register a constructor whose prototype holds the members of an enumeration.
 * @this {any}
 * @param {string} name
 * @param {boolean} [isFlags] whether members can be added up
 */
function registerEnum(name, isFlags = false) {
  ajaxTypes.set(this, { name, base: null });
  Object.assign(this, this.prototype);
  this.__enum = true;
  this.__flags = isFlags;
  this.__typeName = name;
  const members = this.prototype;
  this.toString = (/** @type {number} */ value) =>
    Object.keys(members).find((member) => members[member] === value) ?? `${value}`;
}

/** @this {any} */
function getName() {
  return ajaxTypes.get(this)?.name ?? this.name;
}

/** @this {any} */
function getBaseType() {
  return ajaxTypes.get(this)?.base ?? null;
}

/** @this {any} @param {any} base */
function inheritsFrom(base) {
  return this.prototype instanceof base;
}

/** @this {any} @param {any} value */
function isInstanceOfType(value) {
  return value instanceof this;
}

/**
 * @this {any}
 * @param {any} instance
 * @param {string} name
 * @param {any[]} [args]
 */
function callBaseMethod(instance, name, args = []) {
  return ajaxTypes.get(this)?.base?.prototype[name]?.apply(instance, args);
}

class EventArgs {}
EventArgs.Empty = new EventArgs();

// A page's own `Type`, which is none of ours, stays what it is.
globalThis.Type ??= Function;
extend(globalThis.Type, { registerNamespace });
extend(Function.prototype, {
  callBaseMethod,
  getBaseType,
  getName,
  inheritsFrom,
  initializeBase,
  isInstanceOfType,
  registerClass,
  registerEnum,
});
globalThis.Sys ??= {};
extend(globalThis.Sys, { EventArgs });
