// Collections of objects, and how a program goes through one.

class ClientObjectCollection extends ClientObject {
  /**
   * @param {ClientRuntimeContext} context
   * @param {ObjectPath | null} path
   */
  constructor(context, path) {
    super(context, path);
    this.items = /** @type {ClientObject[] | null} */ (null);
  }

  /** The class of the items where an answer does not name another. @returns {ClientObjectType} */
  get childType() {
    return ClientObject;
  }

  get_areItemsAvailable() {
    return this.items !== null;
  }

  get_data() {
    if (this.items) return this.items;
    if (this.isNull) throw new Error("There is no such collection on the server.");
    throw new Error(notYet("The collection"));
  }

  get_count() {
    return this.get_data().length;
  }

  /** @param {number} index */
  getItemAtIndex(index) {
    const item = this.get_data()[index];
    if (item) return item;
    throw new RangeError(`There is no item ${index}; there are ${this.get_count()}.`);
  }

  /** @param {number} index */
  get_item(index) {
    return this.getItemAtIndex(index);
  }

  getEnumerator() {
    return new Enumerator(this.get_data());
  }

  /** @param {ClientObject} item */
  addChild(item) {
    this.items ??= [];
    this.items.push(item);
  }

  /** Ask for the items; what of them, the prototype that is returned says. */
  retrieveItems() {
    return new ClientObjectPrototype(this.query().selectChildren());
  }

  /** @override @param {any} json */
  initPropertiesFromJson(json) {
    super.initPropertiesFromJson(json);
    const items = json._Child_Items_;
    if (items) this.items = items.map((/** @type {any} */ item) => this.readItem(item));
  }

  /** @param {any} json */
  readItem(json) {
    const object = new (findType(json?._ObjectType_ ?? "") ?? this.childType)(this.context, null);
    object.readLater(json);
    return object;
  }

  /** @override @param {ClientObjectType} Type @returns {ClientObject} */
  as(Type) {
    const object = super.as(Type);
    if (object instanceof ClientObjectCollection) object.items = this.items;
    return object;
  }
}

/** A collection whose items' class is given when it is made. */
class ClientObjectList extends ClientObjectCollection {
  /**
   * @param {ClientRuntimeContext} context
   * @param {ObjectPath | null} path
   * @param {ClientObjectType} childItemType
   */
  constructor(context, path, childItemType) {
    super(context, path);
    this.childItemType = childItemType;
  }

  /** @override */
  get childType() {
    return this.childItemType;
  }
}

/** @template T */
class Enumerator {
  /** @param {T[]} items */
  constructor(items) {
    this.items = items;
    this.place = -1;
  }

  moveNext() {
    if (this.place < this.items.length) this.place++;
    return this.place < this.items.length;
  }

  /** What programs read, though `get_current()` is the name in the documents. */
  get current() {
    const item = this.items[this.place];
    if (item === undefined) throw new Error("There is no current item: moveNext() was not true.");
    return item;
  }

  get_current() {
    return this.current;
  }

  reset() {
    this.place = -1;
  }
}
