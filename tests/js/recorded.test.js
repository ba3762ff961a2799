// Requests are what SharePoint's own client sent, byte for byte: tests/sharepoint/om/data/requests.txt.

const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { openPage } = require("./support/page.js");

process.env.TZ = "UTC"; // as the machine was that they were recorded on

const FILE = join(__dirname, "../sharepoint/om/data/requests.txt");
const RECORDED = new Map(
  readFileSync(FILE, "utf-8")
    .split(/^## /m)
    .slice(1)
    .map((block) => [block.split("\n")[0].trim(), /<Actions>.*<\/ObjectPaths>/.exec(block)[0]]),
);

/** What a page called, by the name that the file gives it. */
const CALLED = {
  "load with property list / nested / IncludeWithDefaultProperties": ({ OM, context }) => {
    const data = new OM.UserOrderedSessionManager(context).createSession().readAllNonTaskData();
    context.load(
      data,
      "UserSettings",
      "AllLocatons.Include(Name, Url)",
      "RefreshHistory.Refreshes.IncludeWithDefaultProperties(TaskChangesByLocation)",
    );
  },

  "loadQuery Include": ({ OM, context }) => {
    const session = new OM.UserOrderedSessionManager(context).createSession();
    context.loadQuery(session.readTasks(new OM.TaskQuery(context)), "Include(Id,Name)");
  },

  "load child objects": ({ OM, context }) => {
    const session = new OM.UserOrderedSessionManager(context).createSession();
    const result = session.createTask("a", "b", "", "", false, false, -1, "");
    context.load(result);
    context.load(result.get_result());
  },

  "void + array of client objects": ({ OM, context }) => {
    const manager = new OM.UserSettingsManager(context);
    const settings = new OM.UserSettings(context);
    settings.set_oldTasksLimit(6);
    settings.set_importantLocationIds([1, 2]);
    manager.setUserSettings(settings, [new OM.Location(context)]);
  },

  "getLocations array of ints": ({ OM, context }) => {
    context.load(new OM.UserSettingsManager(context).getLocations([1, 2]));
  },

  "since DateTime: local, utc, unspecified": ({ SP, OM, context }) => {
    const session = new OM.SortableSessionManager(context).createSession();
    session.getRefreshHistory(new Date(2013, 0, 2, 3, 4, 5, 6));
    session.getRefreshHistory(SP.DataConvert.createUtcDateTime(0));
    session.getRefreshHistory(SP.DataConvert.createUnspecifiedDateTime(2013, 0, 2));
  },

  "parameter kinds on Method action": ({ SP, OM, context }) => {
    const session = new OM.UserOrderedSessionManager(context).createSession();
    const parameters = [
      null,
      "str",
      "",
      1.5,
      true,
      new SP.Guid("{2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa}"),
      [1, "a", null],
      { k: "v", n: 1 },
      new SP.Base64EncodedByteArray("AQID"),
    ];
    context.addQuery(new SP.ClientActionInvokeMethod(session, "X", parameters));
  },

  "static method/property": ({ SP, context }) => {
    const type = "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}";
    new SP.ClientObject(context, new SP.ObjectPathStaticMethod(context, type, "GetIt", [1]));
    new SP.ClientObject(context, new SP.ObjectPathStaticProperty(context, type, "Current"));
    context.load(context.get_web(), "Title");
    context.addQuery(new SP.ClientActionInvokeStaticMethod(context, type, "S", ["p"]));
    context.addQuery(new SP.ClientActionSetStaticProperty(context, type, "P", 3));
  },

  "ExceptionHandlingScope simple": ({ SP, OM, context }) => {
    const session = new OM.UserOrderedSessionManager(context).createSession();
    const started = new SP.ExceptionHandlingScope(context).startScope();
    session.deleteTask(1);
    started.dispose();
  },

  "ExceptionHandlingScope try/catch/finally": ({ SP, OM, context }) => {
    const session = new OM.UserOrderedSessionManager(context).createSession();
    const scope = new SP.ExceptionHandlingScope(context);
    const started = scope.startScope();
    const tried = scope.startTry();
    session.deleteTask(1);
    tried.dispose();
    const caught = scope.startCatch();
    session.pinTask(2);
    caught.dispose();
    const ended = scope.startFinally();
    session.pinTask(3);
    ended.dispose();
    started.dispose();
  },

  ConditionalScope: ({ SP, context }) => {
    const web = context.get_web();
    const equal = SP.ClientConstants.equal;
    const scope = new SP.ClientObjectPropertyConditionalScope(web, "Title", equal, "x", true);
    const started = scope.startScope();
    const whenTrue = scope.startIfTrue();
    context.load(web);
    whenTrue.dispose();
    const whenFalse = scope.startIfFalse();
    context.load(web, "Url");
    whenFalse.dispose();
    started.dispose();
  },

  ObjectIdentityQuery: ({ SP, OM, context }) => {
    const session = new OM.UserOrderedSessionManager(context).createSession();
    context.addQuery(new SP.ObjectIdentityQuery(session.get_path()));
  },

  "inline new task": ({ OM, context }) => {
    const session = loadedSession(OM, context);
    const written = session.createTask("Buy milk", null, null, "11/23/2011", false, false, -1);
    context.load(written);
    context.load(written.get_result());
    context.load(written);
    context.load(written.get_result());
  },

  delete: ({ OM, context }) => loadWritten(context, loadedSession(OM, context).deleteTask(13)),

  "pin + add to timeline": ({ OM, context }) => {
    const session = loadedSession(OM, context);
    session.pinTask(13);
    loadWritten(context, session.removeAttributeFromTask(13, "AWIOP_RemoveFromTimeline"));
  },

  complete: ({ OM, context }) => {
    const { isCompleted } = OM.WritableTaskField;
    const session = loadedSession(OM, context);
    loadWritten(context, session.updateTaskWithLocalizedValue(13, isCompleted, "1"));
  },

  "clear due date": ({ OM, context }) => {
    const { dueDate } = OM.WritableTaskField;
    const session = loadedSession(OM, context);
    loadWritten(context, session.updateTaskWithLocalizedValue(13, dueDate, null));
  },

  "begin refresh": ({ OM, context }) => {
    context.load(loadedSession(OM, context).beginCacheRefresh());
  },

  "poll refresh": ({ OM, context }) => {
    const status = loadedSession(OM, context).getRefreshStatus(7);
    context.loadQuery(status.get_taskChangesByLocation());
    context.loadQuery(status.get_providerStatuses());
    context.load(status);
  },

  "refresh health": ({ OM, context }) => {
    const health = loadedSession(OM, context).getRefreshHealthInfo();
    context.load(health);
    context.load(health.get_providerErrors());
  },

  "refresh all lists (locations + upcoming view)": ({ OM, context }) => {
    context.loadQuery(new OM.UserSettingsManager(context).getAllLocations());
    const core = new OM.TaskQuery(context);
    const filter = new OM.TaskFilter(context);
    const due = new OM.DateRangeCriterion(context);
    const completed = new OM.BooleanCriterion(context);
    const query = new OM.SortableTaskQuery(context);
    const order = new OM.OrderInfo(context);
    core.set_keywordFilter(null);
    core.set_pinnedFilter(OM.PinnedState.notPinned);
    core.set_fieldFilter(filter);
    filter.set_dueDateRangeCriterion(due);
    due.set_rangeStartValue(new Date(2011, 10, 1));
    due.set_rangeEndValue(new Date(2011, 11, 1));
    filter.set_completedCriterion(completed);
    completed.set_compareType(OM.BooleanCompareType.isFalse);
    query.set_coreQuery(core);
    order.set_field(OM.SortableTaskField.dueDate);
    order.set_isDescending(false);
    query.set_order(order);
    context.load(new OM.SortableSessionManager(context).createSession().readTasks(query));
  },

  "save persisted properties": ({ OM, context }) => {
    const properties = new OM.PersistedProperties(context);
    properties.set_filteredLocationIds([-1, 2]);
    properties.set_hasShownTaskListTooLongNotification(false);
    properties.set_hasShownMarkAsImportantCallout(true);
    properties.set_groupByProjects(false);
    properties.set_quickLaunchLandingPage("AllTasks.aspx");
    new OM.UserSettingsManager(context).setPersistedProperties(properties);
  },

  "move to project": ({ OM, context }) => {
    const manager = new OM.UserOrderedSessionManager(context);
    const session = manager.createLocationOrientedSession();
    context.load(session);
    session.movePersonalTaskToLocation(13, 2);
    session.reorderTask(13, 12);
  },
};

function loadedSession(OM, context) {
  const session = new OM.UserOrderedSessionManager(context).createSession();
  context.load(session);
  return session;
}

function loadWritten(context, written) {
  context.load(written);
  context.load(written.get_result());
}

test("every recorded request has a program here", () => {
  assert.deepEqual(Object.keys(CALLED).sort(), [...RECORDED.keys()].sort());
});

for (const [name, expected] of RECORDED) {
  test(name, async () => {
    const page = openPage();
    const ids = [...expected.matchAll(/ Id="(\d+)"/g)].map((match) => Number(match[1]));
    for (let id = 0; id < Math.min(...ids); id++) page.SP.ClientRequest.get_nextSequenceId();
    const context = new page.SP.ClientContext("/");
    CALLED[name]({ ...page, context });
    await page.execute(context);
    const [body] = page.server.bodies;
    assert.equal(/<Actions>.*<\/ObjectPaths>/.exec(body)?.[0], expected);
  });
}

test("what stands around it", async () => {
  const page = openPage();
  await page.execute(new page.SP.ClientContext("/"));
  assert.equal(
    page.server.bodies[0],
    '<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" ' +
      'SchemaVersion="15.0.0.0" LibraryVersion="15.0.0.0" ApplicationName="Javascript Library">' +
      "<Actions /><ObjectPaths /></Request>",
  );
});
