// What the parts of the library know of the page, and of each other's scripts. Not served.

type Library = {
  [name: string]: any;
  ClientObject: typeof ClientObject;
  ClientObjectCollection: typeof ClientObjectCollection;
  ClientRuntimeContext: typeof ClientRuntimeContext;
  ClientActionInvokeMethod: typeof ClientActionInvokeMethod;
  Guid: typeof Guid;
  ObjectPathConstructor: typeof ObjectPathConstructor;
  ObjectPathMethod: typeof ObjectPathMethod;
  ObjectPathStaticProperty: typeof ObjectPathStaticProperty;
  ScriptUtility: typeof ScriptUtility;
};

declare var SP: Library;
declare var Sys: Record<string, unknown>;
declare var Type: Function;
declare var _spScripts: Set<string> | undefined;
declare var _spPageContextInfo: Record<string, any> | undefined;
declare var _spBodyOnLoadCalled: boolean;
declare var _spBodyOnLoadFunctionNames: string[];
declare var _spBodyOnLoadFunctions: (() => void)[];
