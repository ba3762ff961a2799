// Objects of the server, as far as a page has asked for them.

class ClientObject {
  /**
   * @param {ClientRuntimeContext} context
   * @param {ObjectPath | null} path null for an object that only an answer showed
   */
  constructor(context, path) {
    if (!(context instanceof ClientRuntimeContext)) {
      throw new Error("The first argument is the context, such as SP.ClientContext.get_current().");
    }
    this.context = context;
    this.path = path;
    this.unread = /** @type {any} */ (null);
    this.members = {
      values: /** @type {Map<string, any>} */ (new Map()),
      objects: /** @type {Map<string, ClientObject>} */ (new Map()),
    };
    this.version = /** @type {string | null} */ (null);
    this.isNull = /** @type {boolean | undefined} */ (undefined);
    this.typed = /** @type {ClientObject} */ (this);
    if (path && !path.isInstantiated) {
      path.isInstantiated = true;
      const action = new ClientActionInstantiateObjectPath(path);
      context.addQuery(action);
      context.addQueryIdAndResultObject(action.id, this);
    }
  }

  get values() {
    if (this.unread) this.readUnread();
    return this.members.values;
  }

  get objects() {
    if (this.unread) this.readUnread();
    return this.members.objects;
  }

  get_context() {
    return this.context;
  }

  get_path() {
    return this.path;
  }

  expectPath() {
    if (this.path) return this.path;
    throw new Error("This object has no path to it: only an answer showed it, without a name.");
  }

  get_objectVersion() {
    return this.version;
  }

  /** @param {string | null} value */
  set_objectVersion(value) {
    this.version = value;
  }

  /** The same object as the class that the server says it is of. */
  get_typedObject() {
    return this.typed;
  }

  get_serverObjectIsNull() {
    if (this.isNull === undefined) throw new Error(notYet("ServerObjectIsNull"));
    return this.isNull;
  }

  /** @param {string} name */
  isPropertyAvailable(name) {
    return this.values.has(name) || typeof this.objects.get(name)?.isNull === "boolean";
  }

  /** @param {string} name */
  isObjectPropertyInstantiated(name) {
    return this.objects.has(name);
  }

  /** @param {...(string | string[])} names none asks for all that are there by default */
  retrieve(...names) {
    selectNames(this.query(), names);
  }

  /** Ask once more for what was asked for. */
  refreshLoad() {
    this.retrieve(...this.values.keys());
  }

  /** Add a query for this object to the request. */
  query() {
    const query = new ClientQuery(this.expectPath());
    this.context.addQuery(query);
    this.context.addQueryIdAndResultObject(query.id, this);
    return query;
  }

  /** @param {string} name */
  checkUninitializedProperty(name) {
    if (this.isNull) throw new Error(`There is no such object on the server, and so no ${name}.`);
    if (!this.isPropertyAvailable(name)) throw new Error(notYet(name));
  }

  /**
   * @param {string} name
   * @returns {any}
   */
  getValue(name) {
    this.checkUninitializedProperty(name);
    return this.values.get(name);
  }

  /**
   * Set a property here, and by the next request there.
   * @param {string} name
   * @param {any} value
   */
  setValue(name, value) {
    if (value instanceof ClientObject) this.objects.set(name, value);
    else this.values.set(name, value);
    if (this.path) this.context.addQuery(new ClientActionSetProperty(this, name, value));
  }

  /**
   * Return the object that a property leads to; the request goes there.
   * @param {string} name
   * @param {ClientObjectType} Type
   */
  getObject(name, Type) {
    const known = this.objects.get(name);
    if (known) return known;
    const object = new Type(
      this.context,
      new ObjectPathProperty(this.context, this.expectPath(), name),
    );
    this.objects.set(name, object);
    return object;
  }

  /** @param {any} json */
  fromJson(json) {
    if (json === null || json === undefined) return;
    if (!this.customFromJson(json)) this.initPropertiesFromJson(json);
  }

  /**
   * Whether a class of a page's own has read the JSON itself.
   * @param {any} _json
   */
  customFromJson(_json) {
    return false;
  }

  /**
   * Take an answer whose properties are read when somebody asks for the first of them: of thousands
   * of objects that a page goes through bit by bit.
   * @param {any} json
   */
  readLater(json) {
    const { fromJson, customFromJson, initPropertiesFromJson } = ClientObject.prototype;
    const isOwn =
      this.fromJson !== fromJson ||
      this.customFromJson !== customFromJson ||
      this.initPropertiesFromJson !== initPropertiesFromJson;
    if (isOwn || !isObject(json)) this.fromJson(json ?? { IsNull: true });
    else {
      this.readIdentity(json);
      this.unread = json;
      this.retype(json._ObjectType_);
    }
  }

  readUnread() {
    const json = this.unread;
    this.unread = null;
    this.readProperties(json);
  }

  /** @param {any} json */
  initPropertiesFromJson(json) {
    this.readIdentity(json);
    if (!isObject(json)) return;
    this.readProperties(json);
    this.retype(json._ObjectType_);
  }

  /** @param {any} json */
  readIdentity(json) {
    if ("IsNull" in json && !isObject(json)) {
      this.isNull = json.IsNull === true;
    } else if (isObject(json)) {
      this.isNull = false;
    }
    if (json._ObjectVersion_) this.version = json._ObjectVersion_;
    if (json._ObjectIdentity_) this.identify(json._ObjectIdentity_);
  }

  /** @param {any} json */
  readProperties(json) {
    for (const name in json) this.readProperty(name, json[name]);
  }

  /** @param {string} identity */
  identify(identity) {
    this.path ??= new ObjectPathIdentity(this.context, identity);
    this.path.identity = identity;
  }

  /**
   * @param {string} name
   * @param {any} json
   */
  readProperty(name, json) {
    const known = this.objects.get(name);
    const Type = this.propertyType(name);
    if (isObject(json) || ((known || Type) && json === null)) {
      const object = known ?? this.showObject(name, findType(json?._ObjectType_ ?? "") ?? Type);
      object.fromJson(json ?? { IsNull: true });
    } else if (!(name.startsWith("_") && name.endsWith("_"))) {
      this.values.set(name, readValue(json));
    }
  }

  /**
   * The class of the object that a property leads to, in classes that know it.
   * @param {string} _name
   * @returns {ClientObjectType | undefined}
   */
  propertyType(_name) {
    return undefined;
  }

  /**
   * Make the object of a property that an answer shows before the program went there.
   * @param {string} name
   * @param {ClientObjectType} [Type]
   */
  showObject(name, Type = ClientObject) {
    const path = this.path && new ObjectPathProperty(this.context, this.path, name);
    if (path) path.isInstantiated = true;
    const object = new Type(this.context, path);
    this.objects.set(name, object);
    return object;
  }

  /** @param {string} typeName */
  retype(typeName) {
    const Type = findType(typeName);
    if (Type && ![this, this.typed].some((each) => each instanceof Type))
      this.typed = this.as(Type);
  }

  /**
   * Return this object as one of another class; both hold the same.
   * @param {ClientObjectType} Type
   * @returns {ClientObject}
   */
  as(Type) {
    const object = new Type(this.context, this.path);
    if (this.unread) this.readUnread();
    object.members = this.members;
    object.version = this.version;
    object.isNull = this.isNull;
    return object;
  }
}

/** @typedef {new (context: ClientRuntimeContext, path: ObjectPath | null) => ClientObject} ClientObjectType */

/** @param {string} name */
function notYet(name) {
  return `${name} is not here yet: load it, and read it when executeQueryAsync has succeeded.`;
}

/** @type {Map<string, ClientObjectType | undefined>} */
const types = new Map();

/**
 * Return the class of a name that an answer gives, where this page has it.
 * @param {string} name such as `SP.WorkManagement.OM.Task`
 */
function findType(name) {
  if (!types.has(name)) {
    const found = name.split(".").reduce((/** @type {any} */ at, part) => at?.[part], globalThis);
    const isType = typeof found === "function" && found.prototype instanceof ClientObject;
    if (!isType) return undefined;
    types.set(name, found);
  }
  return types.get(name);
}
