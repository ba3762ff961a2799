// Scopes: actions whose errors are caught on the server, or that a condition decides on.

/** A list of actions that is open until it is disposed of. @abstract */
class ActionScope extends ClientAction {
  constructor() {
    super(null);
    this.actions = /** @type {ClientAction[]} */ ([]);
  }

  /**
   * Take what is added from now on, until the token is disposed of.
   * @param {ClientRuntimeContext} context
   */
  open(context) {
    const request = context.get_pendingRequest();
    request.open(this);
    takeId(); // the product numbers where a scope begins and where it ends, too
    return {
      dispose: () => {
        takeId();
        request.close(this);
      },
    };
  }

  /** @param {Set<ObjectPath>} paths */
  writeActions(paths) {
    return this.actions.map((action) => action.write(paths)).join("");
  }
}

/** A part of a scope: TryScope, IfTrueScope. */
class ScopePart extends ActionScope {
  /** @param {string} tag */
  constructor(tag) {
    super();
    this.tag = tag;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    return element(this.tag, { Id: this.id }, this.writeActions(paths));
  }
}

/** A scope with parts, of which each may be opened once, in their order. @abstract */
class PartedScope extends ActionScope {
  /**
   * @param {ClientRuntimeContext} context
   * @param {string[]} order the parts there may be
   */
  constructor(context, order) {
    super();
    this.context = context;
    this.order = order;
    this.isStarted = false;
  }

  startScope() {
    if (this.isStarted) throw new Error("A scope is started once.");
    this.isStarted = true;
    this.context.addQuery(this);
    this.context.addQueryIdAndResultObject(this.id, this);
    return this.open(this.context);
  }

  /** @param {string} tag */
  startPart(tag) {
    if (this.context.get_pendingRequest().scope !== this) {
      throw new Error(`${tag} begins directly within startScope(), and before it is disposed of.`);
    }
    const last = /** @type {ScopePart | undefined} */ (this.actions.at(-1));
    if (last && this.order.indexOf(last.tag ?? "") >= this.order.indexOf(tag)) {
      throw new Error(`In a scope come ${this.order.join(", ")}, each at most once.`);
    }
    const part = new ScopePart(tag);
    this.context.addQuery(part);
    return part.open(this.context);
  }

  /** @param {any} _json */
  fromJson(_json) {}
}

class ExceptionHandlingScope extends PartedScope {
  /** @param {ClientRuntimeContext} context */
  constructor(context) {
    super(context, ["TryScope", "CatchScope", "FinallyScope"]);
    this.processed = false;
    this.hasException = false;
    this.error = /** @type {any} */ (null);
  }

  startTry() {
    return this.startPart("TryScope");
  }

  startCatch() {
    return this.startPart("CatchScope");
  }

  startFinally() {
    return this.startPart("FinallyScope");
  }

  get_processed() {
    return this.processed;
  }

  get_hasException() {
    return this.hasException;
  }

  get_errorMessage() {
    return this.error?.ErrorMessage ?? null;
  }

  get_serverStackTrace() {
    return this.error?.ErrorStackTrace ?? null;
  }

  get_serverErrorCode() {
    return this.error?.ErrorCode ?? 0;
  }

  get_serverErrorValue() {
    return this.error?.ErrorValue ?? null;
  }

  get_serverErrorTypeName() {
    return this.error?.ErrorTypeName ?? null;
  }

  get_serverErrorDetails() {
    return this.error?.ErrorDetails ?? null;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    const isParted = this.actions.some((action) => action instanceof ScopePart);
    const tag = isParted ? "ExceptionHandlingScope" : "ExceptionHandlingScopeSimple";
    return element(tag, { Id: this.id }, this.writeActions(paths));
  }

  /** @override @param {any} json */
  fromJson(json) {
    this.processed = true;
    this.hasException = json?.HasException === true;
    this.error = json?.ErrorInfo ?? null;
  }
}

/** What is not in a part of its own is done if the condition holds. @abstract */
class ConditionalScopeBase extends PartedScope {
  /** @param {ClientRuntimeContext} context */
  constructor(context) {
    super(context, ["IfTrueScope", "IfFalseScope"]);
    this.testResult = /** @type {boolean | undefined} */ (undefined);
  }

  startIfTrue() {
    return this.startPart("IfTrueScope");
  }

  startIfFalse() {
    return this.startPart("IfFalseScope");
  }

  get_testResult() {
    if (this.testResult === undefined) throw new Error(notYet("The result of the condition"));
    return this.testResult;
  }

  /**
   * @param {Set<ObjectPath>} _paths
   * @returns {string}
   */
  writeCondition(_paths) {
    throw new Error("A conditional scope says what its condition is.");
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeElement(paths) {
    const test = element("Test", {}, element("Body", {}, this.writeCondition(paths)));
    return element("ConditionalScope", { Id: this.id }, test + this.writeParts(paths));
  }

  /** @param {Set<ObjectPath>} paths */
  writeParts(paths) {
    const loose = this.actions.filter((action) => !(action instanceof ScopePart));
    if (loose.length === 0) return this.writeActions(paths);
    if (loose.length < this.actions.length) {
      throw new Error("A conditional scope has either actions of its own, or parts.");
    }
    const whole = new ScopePart("IfTrueScope");
    whole.actions = loose;
    return whole.write(paths);
  }

  /** @override @param {any} json */
  fromJson(json) {
    this.testResult = json?.Test === true;
  }
}

class ClientObjectPropertyConditionalScope extends ConditionalScopeBase {
  /**
   * @param {ClientObject} object
   * @param {string} name of a property
   * @param {string} operator such as `EQ`, of SP.ClientConstants
   * @param {any} value
   */
  constructor(object, name, operator, value) {
    super(object.context);
    if (!OPERATORS.includes(operator)) {
      throw new Error(`"${operator}" does not compare: ${OPERATORS.join(", ")} do.`);
    }
    this.object = object;
    this.name = name;
    this.operator = operator;
    this.value = value;
  }

  /** @override @param {Set<ObjectPath>} paths */
  writeCondition(paths) {
    const of = writeValue("ExpressionConstant", this.object, paths);
    const property = element("ExpressionProperty", { Name: this.name }, of);
    const value = writeValue("ExpressionConstant", this.value, paths);
    return element(this.operator, {}, property + value);
  }
}

const OPERATORS = ["GT", "LT", "EQ", "NE", "GE", "LE"];
