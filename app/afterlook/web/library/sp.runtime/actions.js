// Actions: what a request does, one after another.

/** @abstract */
class ClientAction {
  /**
   * @param {ObjectPath | null} path of what it acts on
   * @param {string} [name]
   */
  constructor(path, name = "") {
    this.id = takeId();
    this.path = path;
    this.name = name;
  }

  get_id() {
    return this.id;
  }

  get_path() {
    return this.path;
  }

  get_name() {
    return this.name;
  }

  /** @returns {{ Id: number, ObjectPathId: number }} */
  get attributes() {
    return { Id: this.id, ObjectPathId: this.path?.id ?? -1 };
  }

  /**
   * Write the action; the paths that it needs are added to `paths`.
   * @param {Set<ObjectPath>} paths
   * @returns {string}
   */
  write(paths) {
    if (this.path) paths.add(this.path);
    return this.writeElement(paths);
  }

  /**
   * @param {Set<ObjectPath>} _paths
   * @returns {string}
   */
  writeElement(_paths) {
    throw new Error("An action says how it is written.");
  }
}

/** Goes the way to an object: a method on it is called now. */
class ClientActionInstantiateObjectPath extends ClientAction {
  /** @override */
  writeElement() {
    return element("ObjectPath", this.attributes);
  }
}

class ObjectIdentityQuery extends ClientAction {
  /** @override */
  writeElement() {
    return element("ObjectIdentityQuery", this.attributes);
  }
}

class ClientActionSetProperty extends ClientAction {
  /**
   * @param {ClientObject} object
   * @param {string} name
   * @param {any} value
   */
  constructor(object, name, value) {
    super(object.expectPath(), name);
    this.value = value;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    const value = writeValue("Parameter", this.value, paths);
    return element("SetProperty", { ...this.attributes, Name: this.name }, value);
  }
}

class ClientActionSetStaticProperty extends ClientAction {
  /**
   * @param {ClientRuntimeContext} _context
   * @param {string} typeId
   * @param {string} name
   * @param {any} value
   */
  constructor(_context, typeId, name, value) {
    super(null, name);
    this.typeId = typeId;
    this.value = value;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    const attributes = { Id: this.id, TypeId: this.typeId, Name: this.name };
    return element("SetStaticProperty", attributes, writeValue("Parameter", this.value, paths));
  }
}

class ClientActionInvokeMethod extends ClientAction {
  /**
   * @param {ClientObject} object
   * @param {string} name
   * @param {any[]} [parameters]
   */
  constructor(object, name, parameters = []) {
    super(object.expectPath(), name);
    this.parameters = parameters;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    const attributes = { Name: this.name, ...this.attributes };
    return element("Method", attributes, writeParameters(this.parameters, paths));
  }
}

class ClientActionInvokeStaticMethod extends ClientAction {
  /**
   * @param {ClientRuntimeContext} _context
   * @param {string} typeId
   * @param {string} name
   * @param {any[]} [parameters]
   */
  constructor(_context, typeId, name, parameters = []) {
    super(null, name);
    this.typeId = typeId;
    this.parameters = parameters;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    const attributes = { TypeId: this.typeId, Name: this.name, Id: this.id };
    return element("StaticMethod", attributes, writeParameters(this.parameters, paths));
  }
}
