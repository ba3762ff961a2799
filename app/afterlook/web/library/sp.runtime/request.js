// A request: what it holds until it is sent, what was answered, and to whom that is told.

const NAMESPACE = "http://schemas.microsoft.com/sharepoint/clientquery/2009";
const SCHEMA_VERSION = "15.0.0.0";
const LIBRARY_VERSION = "15.0.0.0";

/** Those who asked to be told of something. @template Args */
class Listeners {
  constructor() {
    this.handlers = /** @type {((sender: any, args: Args) => void)[]} */ ([]);
  }

  /** @param {(sender: any, args: Args) => void} handler */
  add(handler) {
    this.handlers.push(handler);
  }

  /** @param {(sender: any, args: Args) => void} handler */
  remove(handler) {
    this.handlers = this.handlers.filter((each) => each !== handler);
  }

  /**
   * @param {any} sender
   * @param {Args} args
   */
  raise(sender, args) {
    for (const handler of this.handlers) handler(sender, args);
  }

  /**
   * Tell all, though one throws: the page hears of that as of any error of its own.
   * @param {any} sender
   * @param {Args} args
   */
  tell(sender, args) {
    for (const handler of this.handlers) {
      try {
        handler(sender, args);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

class ClientRequest {
  /** @param {ClientRuntimeContext} context */
  constructor(context) {
    this.context = context;
    this.actions = /** @type {ClientAction[]} */ ([]);
    this.scopes = /** @type {ActionScope[]} */ ([]);
    this.results = /** @type {Map<number, { fromJson(json: any): void }>} */ (new Map());
    this.webRequest = new WebRequest();
    this.requestSucceeded = /** @type {Listeners<ClientRequestSucceededEventArgs>} */ (
      new Listeners()
    );
    this.requestFailed = /** @type {Listeners<ClientRequestFailedEventArgs>} */ (new Listeners());
  }

  static get_nextSequenceId() {
    return takeId();
  }

  get_webRequest() {
    return this.webRequest;
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

  /** The scope that is open innermost. */
  get scope() {
    return this.scopes.at(-1);
  }

  /** @param {ActionScope} scope */
  open(scope) {
    this.scopes.push(scope);
  }

  /** @param {ActionScope} scope */
  close(scope) {
    if (this.scope !== scope)
      throw new Error("Scopes are disposed of in reverse order, once each.");
    this.scopes.pop();
  }

  /** @param {ClientAction} action */
  add(action) {
    (this.scope?.actions ?? this.actions).push(action);
  }

  /** The request as it is sent. */
  write() {
    if (this.scope) throw new Error("A scope has not been disposed of.");
    const paths = /** @type {Set<ObjectPath>} */ (new Set());
    const actions = this.actions.map((action) => action.write(paths)).join("") || null;
    const content =
      element("Actions", {}, actions) + element("ObjectPaths", {}, writePaths(paths) || null);
    const attributes = {
      xmlns: NAMESPACE,
      SchemaVersion: SCHEMA_VERSION,
      LibraryVersion: LIBRARY_VERSION,
      ApplicationName: this.context.get_applicationName(),
    };
    return element("Request", attributes, content);
  }

  /**
   * Give each object what the answer says of it.
   * @param {any[]} pairs an id, its value, an id, its value
   */
  read(pairs) {
    for (let place = 0; place + 1 < pairs.length; place += 2) {
      const value = pairs[place + 1];
      if (value !== null) this.results.get(pairs[place])?.fromJson(value);
    }
  }
}

class ClientRequestEventArgs {
  /** @param {ClientRequest} request */
  constructor(request) {
    this.request = request;
  }

  get_request() {
    return this.request;
  }
}

class ClientRequestSucceededEventArgs extends ClientRequestEventArgs {}

class WebRequestEventArgs {
  /** @param {WebRequest} webRequest */
  constructor(webRequest) {
    this.webRequest = webRequest;
  }

  get_webRequest() {
    return this.webRequest;
  }
}

class ClientRequestFailedEventArgs extends ClientRequestEventArgs {
  /**
   * @param {ClientRequest} request
   * @param {string} message
   * @param {string | null} [stackTrace]
   * @param {number} [errorCode]
   * @param {string | null} [errorValue]
   * @param {string | null} [errorTypeName]
   * @param {any} [errorDetails]
   * @param {string | null} [errorTraceCorrelationId]
   */
  constructor(
    request,
    message,
    stackTrace = null,
    errorCode = 0,
    errorValue = null,
    errorTypeName = null,
    errorDetails = null,
    errorTraceCorrelationId = null,
  ) {
    super(request);
    this.message = message;
    this.stackTrace = stackTrace;
    this.errorCode = errorCode;
    this.errorValue = errorValue;
    this.errorTypeName = errorTypeName;
    this.errorDetails = errorDetails;
    this.errorTraceCorrelationId = errorTraceCorrelationId;
  }

  get_message() {
    return this.message;
  }

  get_stackTrace() {
    return this.stackTrace;
  }

  get_errorCode() {
    return this.errorCode;
  }

  get_errorValue() {
    return this.errorValue;
  }

  get_errorTypeName() {
    return this.errorTypeName;
  }

  get_errorDetails() {
    return this.errorDetails;
  }

  get_errorTraceCorrelationId() {
    return this.errorTraceCorrelationId;
  }
}
