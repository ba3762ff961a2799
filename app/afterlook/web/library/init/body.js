// What is done when the page is there.

const BODY = "body";
const bodies = new Waiting();

/** @param {() => void} job */
function executeOrDelayUntilBodyLoaded(job) {
  bodies.doOrAdd(BODY, job);
}

function notifyBodyLoaded() {
  bodies.notify(BODY);
}

/** Do what pages have left in the lists that are there for it; once. */
function doBodyOnLoad() {
  if (globalThis._spBodyOnLoadCalled) return;
  globalThis._spBodyOnLoadCalled = true;
  const named = globalThis._spBodyOnLoadFunctionNames.map((name) => ({ name, job: find(name) }));
  for (const { name, job } of named) {
    if (typeof job === "function") bodies.add(BODY, job);
    else reportError(new Error(`_spBodyOnLoadFunctionNames has ${name}, which is no function.`));
  }
  for (const job of globalThis._spBodyOnLoadFunctions) bodies.add(BODY, job);
  notifyBodyLoaded();
}

globalThis._spBodyOnLoadCalled = false;
globalThis._spBodyOnLoadFunctionNames ??= [];
globalThis._spBodyOnLoadFunctions ??= [];
if (document.readyState === "complete") setTimeout(doBodyOnLoad, 0);
else addEventListener("load", doBodyOnLoad);

// Names that pages call without a namespace.
Object.assign(globalThis, {
  ExecuteOrDelayUntilBodyLoaded: executeOrDelayUntilBodyLoaded,
  ExecuteOrDelayUntilEventNotified: executeOrDelayUntilEventNotified,
  ExecuteOrDelayUntilScriptLoaded: executeOrDelayUntilScriptLoaded,
  NotifyBodyLoadedAndExecuteWaitingJobs: notifyBodyLoaded,
  NotifyEventAndExecuteWaitingJobs: notifyEvent,
  NotifyScriptLoadedAndExecuteWaitingJobs: notifyScriptLoaded,
  RegisterSod: registerSod,
  RegisterSodDep: registerSodDep,
  _spBodyOnLoadWrapper: doBodyOnLoad,
});

SP.SOD = {
  delayUntilEventNotified,
  execute: executeSod,
  executeFunc,
  executeOrDelayUntilEventNotified,
  executeOrDelayUntilScriptLoaded,
  loadMultiple,
  notifyEventAndExecuteWaitingJobs: notifyEvent,
  notifyScriptLoadedAndExecuteWaitingJobs: notifyScriptLoaded,
  registerSod,
  registerSodDep,
};
