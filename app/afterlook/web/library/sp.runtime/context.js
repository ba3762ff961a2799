// A context: a web to which requests are sent, and the request that is being gathered for it.

const DEFAULT_TIMEOUT = 90_000;
const MAX_APPLICATION_NAME = 128;
const MAX_CLIENT_TAG = 32;

class ClientRuntimeContext {
  /** @param {string} url server-relative or absolute address of a web */
  constructor(url) {
    if (!/^(?:\/|https?:\/\/)/i.test(url)) {
      throw new Error(
        `"${url}" is not the address of a web: one begins with /, http:// or https://.`,
      );
    }
    this.url = url;
    this.applicationName = "Javascript Library";
    this.clientTag = "";
    this.requestTimeout = DEFAULT_TIMEOUT;
    this.formDigestHandlingEnabled = true;
    this.traceCorrelationId = "";
    this.serverSchemaVersion = "";
    this.serverLibraryVersion = "";
    this.staticObjects = /** @type {Record<string, ClientObject>} */ ({});
    this.pendingRequest = /** @type {ClientRequest | null} */ (null);
    this.beginningRequest = /** @type {Listeners<ClientRequestEventArgs>} */ (new Listeners());
    this.executingWebRequest = /** @type {Listeners<WebRequestEventArgs>} */ (new Listeners());
    this.requestSucceeded = /** @type {Listeners<ClientRequestSucceededEventArgs>} */ (
      new Listeners()
    );
    this.requestFailed = /** @type {Listeners<ClientRequestFailedEventArgs>} */ (new Listeners());
  }

  get_url() {
    return this.url;
  }

  get_applicationName() {
    return this.applicationName;
  }

  /** @param {string} value */
  set_applicationName(value) {
    this.applicationName = expectShort("An application name", value, MAX_APPLICATION_NAME);
  }

  get_clientTag() {
    return this.clientTag;
  }

  /** @param {string} value */
  set_clientTag(value) {
    this.clientTag = expectShort("A client tag", value, MAX_CLIENT_TAG);
  }

  get_requestTimeout() {
    return this.requestTimeout;
  }

  /** @param {number} value in milliseconds */
  set_requestTimeout(value) {
    if (!(value >= 0)) throw new Error("A request's timeout is a number of milliseconds.");
    this.requestTimeout = value;
  }

  get_formDigestHandlingEnabled() {
    return this.formDigestHandlingEnabled;
  }

  /** @param {boolean} value */
  set_formDigestHandlingEnabled(value) {
    this.formDigestHandlingEnabled = value;
  }

  get_traceCorrelationId() {
    return this.traceCorrelationId;
  }

  /** @param {string} value a GUID, by which the server's log shows the requests to come */
  set_traceCorrelationId(value) {
    this.traceCorrelationId = value;
  }

  get_serverSchemaVersion() {
    return this.serverSchemaVersion;
  }

  get_serverLibraryVersion() {
    return this.serverLibraryVersion;
  }

  /** What is the same for the whole context, such as the current web. */
  get_staticObjects() {
    return this.staticObjects;
  }

  get_pendingRequest() {
    this.pendingRequest ??= new ClientRequest(this);
    return this.pendingRequest;
  }

  get_hasPendingRequest() {
    return (this.pendingRequest?.actions.length ?? 0) > 0;
  }

  /** @param {(sender: any, args: WebRequestEventArgs) => void} handler */
  add_executingWebRequest(handler) {
    this.executingWebRequest.add(handler);
  }

  /** @param {(sender: any, args: WebRequestEventArgs) => void} handler */
  remove_executingWebRequest(handler) {
    this.executingWebRequest.remove(handler);
  }

  /** @param {(sender: any, args: ClientRequestSucceededEventArgs) => void} handler */
  add_requestSucceeded(handler) {
    this.requestSucceeded.add(handler);
  }

  /** @param {(sender: any, args: ClientRequestSucceededEventArgs) => void} handler */
  remove_requestSucceeded(handler) {
    this.requestSucceeded.remove(handler);
  }

  /** @param {(sender: any, args: ClientRequestFailedEventArgs) => void} handler */
  add_requestFailed(handler) {
    this.requestFailed.add(handler);
  }

  /** @param {(sender: any, args: ClientRequestFailedEventArgs) => void} handler */
  remove_requestFailed(handler) {
    this.requestFailed.remove(handler);
  }

  /** @param {(sender: any, args: ClientRequestEventArgs) => void} handler */
  add_beginningRequest(handler) {
    this.beginningRequest.add(handler);
  }

  /** @param {(sender: any, args: ClientRequestEventArgs) => void} handler */
  remove_beginningRequest(handler) {
    this.beginningRequest.remove(handler);
  }

  /** @param {ClientAction} action */
  addQuery(action) {
    this.get_pendingRequest().add(action);
  }

  /**
   * Say who gets what is answered to an action.
   * @param {number} id
   * @param {{ fromJson(json: any): void }} result
   */
  addQueryIdAndResultObject(id, result) {
    this.get_pendingRequest().results.set(id, result);
  }

  /**
   * Ask for properties of an object: all that are there by default, or those of expressions.
   * @param {ClientObject} object
   * @param {...string} expressions
   */
  load(object, ...expressions) {
    if (!(object instanceof ClientObject))
      throw new Error("Only objects of the server can be loaded.");
    if (object.context !== this) throw new Error("This object is of another context.");
    const query = object.query();
    for (const expression of expressions) readExpression(query, expression);
    if (expressions.length > 0) return;
    query.selectAll = true;
    if (object instanceof ClientObjectCollection) query.selectChildren().selectAll = true;
  }

  /**
   * Ask for items of a collection; the array that is returned holds them after the request.
   * @param {ClientObjectCollection} collection
   * @param {string} [expression] `Include(...)`; without, items have what is there by default
   */
  loadQuery(collection, expression) {
    if (!(collection instanceof ClientObjectCollection)) {
      throw new Error("Only a collection can be queried.");
    }
    const query = new ClientQuery(collection.expectPath());
    if (expression) readExpression(query, expression);
    else query.selectChildren().selectAll = true;
    /** @type {ClientObject[]} */
    const found = [];
    const fromJson = (/** @type {any} */ json) => {
      const items = json._Child_Items_ ?? [];
      found.splice(0, Number.POSITIVE_INFINITY);
      for (const item of items) found.push(collection.readItem(item));
    };
    this.addQuery(query);
    this.addQueryIdAndResultObject(query.id, { fromJson });
    return found;
  }

  /**
   * @param {ClientObject} object
   * @param {ClientObjectType} Type
   */
  castTo(object, Type) {
    return object.as(Type);
  }

  /**
   * @param {string} json
   * @param {boolean} [skipTypeFixup] leave dates and GUIDs as the texts that they are
   */
  parseObjectFromJsonString(json, skipTypeFixup = false) {
    return skipTypeFixup ? JSON.parse(json) : readValue(parseMarked(` ${json}`));
  }

  dispose() {
    this.pendingRequest = null;
  }

  /**
   * Send what was gathered.
   * @param {(sender: any, args: ClientRequestSucceededEventArgs) => void} [succeeded]
   * @param {(sender: any, args: ClientRequestFailedEventArgs) => void} [failed]
   */
  executeQueryAsync(succeeded, failed) {
    const request = this.get_pendingRequest();
    this.beginningRequest.raise(this, new ClientRequestEventArgs(request));
    const body = request.write();
    this.pendingRequest = null;
    if (succeeded) request.add_requestSucceeded(succeeded);
    if (failed) request.add_requestFailed(failed);
    prepare(this, request.webRequest, body);
    this.executingWebRequest.raise(this, new WebRequestEventArgs(request.webRequest));
    execute(this, request);
  }

  /** The web's address, without a slash at its end. */
  get web() {
    return this.url.replace(/\/+$/, "");
  }
}

/**
 * @param {string} what
 * @param {string} value
 * @param {number} most
 */
function expectShort(what, value, most) {
  if (typeof value === "string" && value.length <= most) return value;
  throw new Error(`${what} is a text of at most ${most} characters.`);
}
