// The classes and enumerations of SP.WorkManagement.OM, made from the registry.

/**
 * @typedef {object} Declaration of a class; what is empty is left out
 * @property {string} id of the type, in braces
 * @property {string} [base]
 * @property {string} [items] what a collection is of
 * @property {1} [made] whether a program makes one by itself
 * @property {string[]} [values] names of properties
 * @property {string[]} [readOnly] those of them that cannot be set, or of `objects`
 * @property {Record<string, string>} [objects] classes of properties that lead to objects
 * @property {Record<string, [parameters: number, returns: string]>} [methods] what a method
 *   returns is a class, the name of a result such as `BooleanResult`, or "" for nothing
 */

/** @type {Record<string, ClientObjectType>} */
const classes = {};

/** @param {string} name such as `DueDate` */
function toScriptName(name) {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/**
 * @param {string} name
 * @param {Declaration} declared
 * @returns {ClientObjectType}
 */
function defineClass(name, declared) {
  const known = classes[name];
  if (known) return known;
  const Type = declared.items ? deriveCollection(declared) : deriveObject(declared);
  Object.defineProperty(Type, "name", { value: name });
  for (const each of declared.values ?? []) {
    define(Type, `get_${toScriptName(each)}`, function () {
      return this.getValue(each);
    });
  }
  for (const each of Object.keys(declared.objects ?? {})) {
    define(Type, `get_${toScriptName(each)}`, function () {
      return this.getObject(each, this.propertyType(each));
    });
  }
  for (const each of [...(declared.values ?? []), ...Object.keys(declared.objects ?? {})]) {
    if (declared.readOnly?.includes(each)) continue;
    define(Type, `set_${toScriptName(each)}`, function (value) {
      this.setValue(each, value);
    });
  }
  for (const [each, [count, returns]] of Object.entries(declared.methods ?? {})) {
    define(Type, toScriptName(each), method(each, count, returns));
  }
  classes[name] = Type;
  return Type;
}

/** @param {string} name */
function classOf(name) {
  const declared = REGISTRY.classes[name];
  if (!declared) throw new Error(`There is no class ${name}.`);
  return defineClass(name, declared);
}

/** @param {Declaration} declared */
function deriveObject(declared) {
  const Base = declared.base ? classOf(declared.base) : SP.ClientObject;
  return class extends Base {
    /**
     * @param {ClientRuntimeContext} context
     * @param {ObjectPath | null} [path] without, a new object is made on the server
     */
    constructor(context, path) {
      super(context, path === undefined ? constructorPath(context, declared) : path);
    }

    /** @override @param {string} each */
    propertyType(each) {
      const name = declared.objects?.[each];
      return name ? classOf(name) : super.propertyType(each);
    }
  };
}

/** @param {Declaration} declared */
function deriveCollection(declared) {
  return class extends SP.ClientObjectCollection {
    /**
     * @param {ClientRuntimeContext} context
     * @param {ObjectPath | null} [path] without, a new object is made on the server
     */
    constructor(context, path) {
      super(context, path === undefined ? constructorPath(context, declared) : path);
    }

    /** @override */
    get childType() {
      return classOf(declared.items ?? "");
    }
  };
}

/**
 * @param {ClientRuntimeContext} context
 * @param {Declaration} declared
 */
function constructorPath(context, declared) {
  if (declared.made) return new SP.ObjectPathConstructor(context, declared.id);
  throw new Error("An object of this class is not made by a program: a method returns it.");
}

/**
 * @param {ClientObjectType} Type
 * @param {string} name
 * @param {(this: any, ...values: any[]) => unknown} value
 */
function define(Type, name, value) {
  Object.defineProperty(Type.prototype, name, { value, writable: true, configurable: true });
}

/**
 * Return a method that goes to an object, or that asks for a value.
 * @param {string} name
 * @param {number} count of parameters: those that are not given are null
 * @param {string} returns
 * @returns {(this: any, ...values: any[]) => unknown}
 */
function method(name, count, returns) {
  const isClass = returns in REGISTRY.classes;
  return function (...values) {
    const parameters = Array.from({ length: count }, (_, place) => values[place]);
    const context = this.get_context();
    if (isClass) {
      const path = new SP.ObjectPathMethod(context, this.expectPath(), name, parameters);
      return new (classOf(returns))(context, path);
    }
    const action = new SP.ClientActionInvokeMethod(this, name, parameters);
    context.addQuery(action);
    if (!returns) return undefined;
    const result = new SP[returns]();
    context.addQueryIdAndResultObject(action.get_id(), result);
    return result;
  };
}

for (const name of Object.keys(REGISTRY.classes)) classOf(name);
SP.WorkManagement = { ...SP.WorkManagement, OM: { ...REGISTRY.enums, ...classes } };
