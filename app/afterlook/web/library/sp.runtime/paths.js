// Object paths: how the server comes to an object, from a constructor, a static, or another path.

/** The next number of a path, an action or a scope: one sequence for all contexts of a page. */
let nextId = 0;

function takeId() {
  return nextId++;
}

/** @abstract */
class ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {ObjectPath | null} parent
   * @param {any[]} parameters
   */
  constructor(context, parent = null, parameters = []) {
    this.context = context;
    this.parent = parent;
    this.parameters = parameters;
    this.id = takeId();
    /** Whether a request has asked for the object already; later ones only name its path. */
    this.isInstantiated = false;
    /** By what the server finds the object again, once it has said so. */
    this.identity = /** @type {string | null} */ (null);
  }

  /** Take the identity that the next answer gives, instead of the way that was gone. */
  setPendingReplace() {
    this.context.addQuery(new ObjectIdentityQuery(this));
  }

  /**
   * Write the path; those that it needs are added to `paths`.
   * @param {Set<ObjectPath>} paths
   */
  write(paths) {
    if (this.identity !== null) return element("Identity", { Id: this.id, Name: this.identity });
    if (this.parent) paths.add(this.parent);
    return this.writeWay(paths);
  }

  /**
   * @param {Set<ObjectPath>} _paths
   * @returns {string}
   */
  writeWay(_paths) {
    throw new Error("An object path is a constructor, a method, a property or an identity.");
  }
}

class ObjectPathConstructor extends ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {string} typeId
   * @param {any[]} [parameters]
   */
  constructor(context, typeId, parameters) {
    super(context, null, parameters);
    this.typeId = typeId;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeWay(paths) {
    const attributes = { Id: this.id, TypeId: this.typeId };
    return element("Constructor", attributes, writeParameters(this.parameters, paths));
  }
}

class ObjectPathMethod extends ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {ObjectPath} parent
   * @param {string} name
   * @param {any[]} [parameters]
   */
  constructor(context, parent, name, parameters) {
    super(context, parent, parameters);
    this.from = parent;
    this.name = name;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeWay(paths) {
    const attributes = { Id: this.id, ParentId: this.from.id, Name: this.name };
    return element("Method", attributes, writeParameters(this.parameters, paths));
  }
}

class ObjectPathProperty extends ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {ObjectPath} parent
   * @param {string} name
   */
  constructor(context, parent, name) {
    super(context, parent);
    this.from = parent;
    this.name = name;
  }

  /** @override */
  writeWay() {
    return element("Property", { Id: this.id, ParentId: this.from.id, Name: this.name });
  }
}

class ObjectPathStaticMethod extends ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {string} typeId
   * @param {string} name
   * @param {any[]} [parameters]
   */
  constructor(context, typeId, name, parameters) {
    super(context, null, parameters);
    this.typeId = typeId;
    this.name = name;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeWay(paths) {
    const attributes = { Id: this.id, Name: this.name, TypeId: this.typeId };
    return element("StaticMethod", attributes, writeParameters(this.parameters, paths));
  }
}

class ObjectPathStaticProperty extends ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {string} typeId
   * @param {string} name
   */
  constructor(context, typeId, name) {
    super(context);
    this.typeId = typeId;
    this.name = name;
  }

  /** @override */
  writeWay() {
    return element("StaticProperty", { Id: this.id, TypeId: this.typeId, Name: this.name });
  }
}

/** The way to what an answer showed, and named. */
class ObjectPathIdentity extends ObjectPath {
  /**
   * @param {ClientRuntimeContext} context
   * @param {string} identity
   */
  constructor(context, identity) {
    super(context);
    this.identity = identity;
    this.isInstantiated = true;
  }
}

/**
 * Write all paths that actions need, and those that these need; a parent may come after its child.
 * @param {Set<ObjectPath>} paths grows while it is gone through
 */
function writePaths(paths) {
  let written = "";
  for (const path of paths) written += path.write(paths);
  return written;
}
