// What of all this programs can call.

const ClientConstants = Object.freeze({
  greaterThan: "GT",
  lessThan: "LT",
  equal: "EQ",
  notEqual: "NE",
  greaterThanOrEqual: "GE",
  lessThanOrEqual: "LE",
  FormDigestHeader: DIGEST_HEADER,
  ClientTagHeader: "X-ClientService-ClientTag",
  TraceCorrelationIdRequestHeader: "SPResponseGuid",
  TraceCorrelationIdResponseHeader: "SPRequestGuid",
});

const ClientErrorCodes = Object.freeze({
  genericError: -1,
  accessDenied: -2147024891,
  docAlreadyExists: -2130575257,
  versionConflict: -2130575339,
  listItemDeleted: -2130575338,
  invalidFieldValue: -2130575155,
  notSupported: -2147024846,
  redirect: -2130575152,
  notSupportedRequestVersion: -2130575151,
  fieldValueFailedValidation: -2130575163,
  itemValueFailedValidation: -2130575162,
});

const ClientSchemaVersions = Object.freeze({
  version14: "14.0.0.0",
  version15: "15.0.0.0",
  currentVersion: SCHEMA_VERSION,
});

class ScriptUtility {
  /** @param {string | null | undefined} text */
  static isNullOrEmptyString(text) {
    return text === null || text === undefined || text.length === 0;
  }

  /** @param {unknown} value */
  static isNullOrUndefined(value) {
    return value === null || value === undefined;
  }

  /** @param {unknown} value */
  static isUndefined(value) {
    return value === undefined;
  }

  /** @param {number} value */
  static truncateToInt(value) {
    return Math.trunc(value);
  }
}

Object.assign(SP, {
  Base64EncodedByteArray,
  BooleanResult,
  CharResult,
  ClientAction,
  ClientActionInvokeMethod,
  ClientActionInvokeStaticMethod,
  ClientActionSetProperty,
  ClientActionSetStaticProperty,
  ClientConstants,
  ClientErrorCodes,
  ClientObject,
  ClientObjectCollection,
  ClientObjectCollectionPrototype,
  ClientObjectList,
  ClientObjectPropertyConditionalScope,
  ClientObjectPrototype,
  ClientRequest,
  ClientRequestEventArgs,
  ClientRequestFailedEventArgs,
  ClientRequestSucceededEventArgs,
  ClientResult,
  ClientRuntimeContext,
  ClientSchemaVersions,
  ConditionalScopeBase,
  DataConvert,
  DateTimeKind,
  DateTimeResult,
  DoubleResult,
  ExceptionHandlingScope,
  Guid,
  GuidResult,
  IntResult,
  JsonObjectResult,
  ObjectIdentityQuery,
  ObjectPath,
  ObjectPathConstructor,
  ObjectPathMethod,
  ObjectPathProperty,
  ObjectPathStaticMethod,
  ObjectPathStaticProperty,
  ScriptUtility,
  StringResult,
  WebRequestEventArgs,
});
