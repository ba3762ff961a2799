// Queries: which properties of an object, of its objects, and of a collection's items are asked for.

class ClientQuery extends ClientAction {
  /** @param {ObjectPath | null} [path] null for a query that is part of another */
  constructor(path = null) {
    super(path);
    this.selectAll = false;
    /** By name: null is the property whole, a query a part of it. */
    this.properties = /** @type {Map<string, ClientQuery | null>} */ (new Map());
    this.children = /** @type {ClientQuery | null} */ (null);
  }

  /** @param {string} name */
  select(name) {
    if (!name) throw new Error("The name of a property cannot be empty.");
    if (!this.properties.get(name)) this.properties.set(name, null);
  }

  /** @param {string} name */
  selectPart(name) {
    const part = this.properties.get(name) ?? new ClientQuery();
    this.properties.set(name, part);
    return part;
  }

  selectChildren() {
    this.children ??= new ClientQuery();
    return this.children;
  }

  /** @override */
  writeElement() {
    return element("Query", this.attributes, this.writeQueries());
  }

  /** @returns {string} */
  writeQueries() {
    return this.writeSelf("Query") + (this.children?.writeSelf("ChildItemQuery") ?? "");
  }

  /** @param {string} tag */
  writeSelf(tag) {
    const written = Array.from(this.properties, ([Name, part]) =>
      part
        ? element("Property", { Name }, part.writeQueries())
        : element("Property", { Name, SelectAll: true }),
    );
    const properties = element("Properties", {}, written.join("") || null);
    return element(tag, { SelectAllProperties: this.selectAll }, properties);
  }
}

/**
 * Add to a query what an expression asks for: `Name`, `A.B`, `A.Include(B, C.D)`,
 * `IncludeWithDefaultProperties(B)`; nothing else is one.
 * @param {ClientQuery} query
 * @param {string} text
 */
function readExpression(query, text) {
  if (typeof text !== "string") throw new Error(`${text} is not the name of a property.`);
  const tokens = text.match(/[A-Za-z_]\w*|\S/g) ?? [];
  let place = 0;
  const refuse = () => {
    throw new Error(`"${text}" cannot be asked for: only names, Include(...) and dots can.`);
  };

  /** @param {ClientQuery} from */
  const readTerm = (from) => {
    const name = tokens[place++] ?? "";
    if (!/^[A-Za-z_]/.test(name)) refuse();
    if (tokens[place] === "(") {
      readInclude(from, name);
    } else if (tokens[place] === ".") {
      place++;
      readTerm(from.selectPart(name));
    } else {
      from.select(name);
    }
  };

  /** @type {(from: ClientQuery, name: string) => void} */
  const readInclude = (from, name) => {
    const children = from.selectChildren();
    if (name === "IncludeWithDefaultProperties") children.selectAll = true;
    else if (name !== "Include") refuse();
    while (tokens[place] !== ")") {
      place++; // the parenthesis, or a comma
      if (tokens[place] === ")") break;
      readTerm(children);
      if (tokens[place] !== "," && tokens[place] !== ")") refuse();
    }
    place++;
  };

  readTerm(query);
  if (place !== tokens.length) refuse();
}

/** What `retrieveItems` and `retrieveObject` return: a part of a query, by its calls. */
class ClientObjectPrototype {
  /** @param {ClientQuery} query */
  constructor(query) {
    this.query = query;
  }

  /** @param {...(string | string[])} names none asks for all that are there by default */
  retrieve(...names) {
    selectNames(this.query, names);
  }

  /** @param {string} name */
  retrieveObject(name) {
    return new ClientObjectPrototype(this.query.selectPart(name));
  }

  /** @param {string} name */
  retrieveCollectionObject(name) {
    return new ClientObjectCollectionPrototype(this.query.selectPart(name));
  }
}

class ClientObjectCollectionPrototype extends ClientObjectPrototype {
  retrieveItems() {
    return new ClientObjectPrototype(this.query.selectChildren());
  }
}

/**
 * @param {ClientQuery} query
 * @param {(string | string[])[]} names
 */
function selectNames(query, names) {
  const all = names.flat();
  if (all.length === 0) query.selectAll = true;
  for (const name of all) query.select(name);
}
