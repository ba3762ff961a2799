// Objects, collections and results: what can be read when, and what an answer does to them.

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { openPage } = require("./support/page.js");

const OF = "SP.WorkManagement.OM";

function open() {
  const page = openPage();
  const context = new page.SP.ClientContext("/");
  const manager = new page.OM.UserOrderedSessionManager(context);
  return { ...page, context, manager, session: manager.createSession() };
}

/** Answer the n-th query of a request by the n-th JSON. */
function answerQueries(...answers) {
  return ({ body }) => {
    const ids = [...body.matchAll(/<Query Id="(\d+)"/g)].map((match) => match[1]);
    return ids.map((id, place) => `${id},${answers[place] ?? "null"}`).join(",");
  };
}

test("what was not loaded, or not yet, cannot be read", async () => {
  const { context, session, server, execute } = open();
  const health = session.getRefreshHealthInfo();
  context.load(health, "NewTasks");
  assert.throws(() => health.get_newTasks(), /NewTasks is not here yet/);
  assert.throws(() => health.get_serverObjectIsNull(), /not here yet/);
  server.answer = answerQueries(`{"_ObjectType_":"${OF}.RefreshHealthInfo","NewTasks":3}`);
  await execute(context);
  assert.equal(health.get_newTasks(), 3);
  assert.equal(health.get_serverObjectIsNull(), false);
  assert.equal(health.isPropertyAvailable("NewTasks"), true);
  assert.equal(health.isPropertyAvailable("LatestRefreshTime"), false);
  assert.throws(() => health.get_latestRefreshTime(), /LatestRefreshTime is not here yet/);
});

test("an object that there is not says so, and so do those that come with another", async () => {
  const { context, session, server, execute } = open();
  const written = session.deleteTask(13);
  context.load(written);
  context.load(written.get_result());
  server.answer = ({ body }) => {
    const path = /<Property Id="(\d+)" .*?Name="Result"/.exec(body)[1];
    const action = new RegExp(`<ObjectPath Id="(\\d+)" ObjectPathId="${path}"`).exec(body)[1];
    return `${action},{"IsNull":true}`;
  };
  await execute(context);
  assert.equal(written.get_result().get_serverObjectIsNull(), true);
  assert.throws(() => written.get_result().get_name(), /no such object/);

  const data = session.readAllNonTaskData();
  context.load(data, "UserSettings", "AllLocatons.Include(Name)");
  server.answer = answerQueries(
    `{"_ObjectType_":"${OF}.NonTaskDataReadResult","UserSettings":null,"AllLocatons":` +
      `{"_ObjectType_":"${OF}.LocationClientCollection","_Child_Items_":[` +
      `{"_ObjectType_":"${OF}.Location","Name":"a"}]}}`,
  );
  await execute(context);
  assert.equal(data.get_userSettings().get_serverObjectIsNull(), true);
  assert.equal(data.isObjectPropertyInstantiated("AllLocatons"), true);
  assert.equal(data.get_allLocatons().getItemAtIndex(0).get_name(), "a");
  assert.equal(context.get_hasPendingRequest(), false);
});

test("a collection is gone through by moveNext, current and get_current", async () => {
  const { SP, OM, context, session, server, execute } = open();
  const tasks = session.readTasks(new OM.TaskQuery(context));
  context.load(tasks);
  assert.equal(tasks.get_areItemsAvailable(), false);
  assert.throws(() => tasks.getEnumerator(), /not here yet/);
  const one = (id) => `{"_ObjectType_":"${OF}.Task","Id":${id}}`;
  server.answer = answerQueries(
    `{"_ObjectType_":"${OF}.TaskClientCollection","_Child_Items_":[${one(1)},${one(2)}]}`,
  );
  await execute(context);
  const enumerator = tasks.getEnumerator();
  assert.throws(() => enumerator.current, /no current item/);
  const seen = [];
  while (enumerator.moveNext())
    seen.push(enumerator.current.get_id(), enumerator.get_current().get_id());
  assert.deepEqual(seen, [1, 1, 2, 2]);
  assert.throws(() => enumerator.get_current(), /no current item/);
  enumerator.reset();
  assert.equal(enumerator.moveNext() && enumerator.current.get_id(), 1);
  assert.equal(tasks.get_count(), 2);
  assert.ok(tasks.get_item(0) instanceof OM.Task && tasks.get_item(0) instanceof SP.ClientObject);
  assert.throws(() => tasks.getItemAtIndex(2), /no item 2/);
});

test("what only an answer showed has no way to it, and changes here alone", async () => {
  const { OM, context, session, server, execute } = open();
  const found = context.loadQuery(session.readTasks(new OM.TaskQuery(context)));
  assert.deepEqual([...found], []);
  server.answer = answerQueries(`{"_Child_Items_":[{"_ObjectType_":"${OF}.Task","Name":"a"}]}`);
  await execute(context);
  found[0].set_name("b");
  assert.equal(found[0].get_name(), "b");
  assert.equal(context.get_hasPendingRequest(), false);
  assert.throws(() => context.load(found[0]), /no path to it/);
});

test("results of methods have a value when the request has succeeded", async () => {
  const { SP, context, session, server, execute } = open();
  const pending = session.isExchangeJobPending();
  assert.ok(pending instanceof SP.BooleanResult);
  assert.throws(() => pending.get_value(), /not here yet/);
  server.answer = ({ body }) => {
    const [, id] = /<Method Name="IsExchangeJobPending" Id="(\d+)"/.exec(body);
    return `${id},true`;
  };
  await execute(context);
  assert.equal(pending.get_value(), true);
});

test("an object is what the server says it is", async () => {
  const { SP, OM, context, server, execute } = open();
  const typeId = "{00000000-0000-0000-0000-000000000001}";
  const plain = new SP.ClientObject(context, new SP.ObjectPathConstructor(context, typeId));
  context.load(plain);
  server.answer = answerQueries(`{"_ObjectType_":"${OF}.CalloutInfo","Title":"a"}`);
  await execute(context);
  assert.ok(plain.get_typedObject() instanceof OM.CalloutInfo);
  assert.equal(plain.get_typedObject().get_title(), "a");
  assert.equal(context.castTo(plain, OM.CalloutInfo).get_title(), "a");
  assert.equal(context.get_hasPendingRequest(), false);
});

test("retrieve, retrieveItems and refreshLoad ask for parts", async () => {
  const { context, session, server, execute } = open();
  const health = session.getRefreshHealthInfo();
  health.retrieve("NewTasks");
  const prototype = health.get_providerErrors().retrieveItems();
  prototype.retrieve(["LocalizedName"]);
  server.answer = answerQueries(`{"_ObjectType_":"${OF}.RefreshHealthInfo","NewTasks":3}`);
  await execute(context);
  assert.match(server.bodies[0], /<Properties><Property Name="NewTasks" SelectAll="true" \/>/);
  assert.match(
    server.bodies[0],
    /<ChildItemQuery SelectAllProperties="false"><Properties><Property Name="LocalizedName"/,
  );
  health.refreshLoad();
  await execute(context);
  assert.match(
    server.bodies[1],
    /<Properties><Property Name="NewTasks" SelectAll="true" \/><\/Properties>/,
  );
});

test("expressions other than names, dots and Include are refused", () => {
  const { OM, context, session } = open();
  const tasks = session.readTasks(new OM.TaskQuery(context));
  for (const wrong of [
    "",
    "Where(a)",
    "Include(",
    "Include(a",
    "a,b",
    "a.",
    ".a",
    "a b",
    "1",
    "Include(a b)",
    "a)",
  ]) {
    assert.throws(() => context.load(tasks, wrong), /cannot be asked for|not the name/, wrong);
  }
});

test("what a program cannot make, or does not know, is refused by name", () => {
  const { SP, OM, context } = open();
  assert.throws(() => new OM.CalloutInfo(context), /a method returns it/);
  assert.throws(() => new OM.TaskQuery(), /first argument is the context/);
  assert.throws(() => context.get_web().get_lists(), /SP\.ListCollection/);
  assert.throws(() => context.load({}), /Only objects/);
  assert.throws(() => new SP.ClientContext("/other").load(context.get_web()), /another context/);
  assert.throws(() => new SP.ClientContext("other"), /not the address of a web/);
  assert.throws(() => context.set_clientTag("x".repeat(33)), /at most 32/);
});

test("values, in the kinds that a server knows", () => {
  const { SP, window } = open();
  const context = new SP.ClientContext("/");
  const read = (text) => context.parseObjectFromJsonString(text);
  assert.equal(
    read(String.raw`"\/Guid(2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa)\/"`).toString("B"),
    "{2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa}",
  );
  assert.equal(read(String.raw`["\/Base64Binary(AQ8\u002f)\/"]`)[0].toBase64String(), "AQ8/");
  const { utc, local, unspecified } = SP.DateTimeKind;
  const kindOf = (text) => SP.DataConvert.getDateTimeKind(read(text));
  assert.equal(kindOf(String.raw`"\/Date(0)\/"`), utc);
  assert.equal(kindOf(String.raw`"\/Date(0+0100)\/"`), local);
  assert.equal(kindOf(String.raw`"\/Date(2011,10,23)\/"`), unspecified);
  assert.equal(context.parseObjectFromJsonString(String.raw`"\/Date(0)\/"`, true), "/Date(0)/");
  assert.ok(SP.Guid.isValid("{2C0BBF6E-4e0e-4f37-9d3c-7d7e7dd0f4aa}"));
  assert.ok(!SP.Guid.isValid("2c0bbf6e"));
  assert.ok(
    SP.Guid.isValid(SP.Guid.newGuid().toString()) && !SP.Guid.newGuid().equals(SP.Guid.get_empty()),
  );
  assert.equal(
    SP.ScriptHelpers.getLayoutsPageUrl("a.aspx", "/sites/try"),
    "/sites/try/_layouts/15/a.aspx",
  );
  assert.equal(SP.ScriptHelpers.getLayoutsPageUrl("a.aspx", "/"), "/_layouts/15/a.aspx");
  window._spPageContextInfo = { webServerRelativeUrl: "/w", clientServerTimeDelta: 5 };
  assert.equal(SP.PageContextInfo.get_clientServerTimeDelta(), 5);
  assert.equal(SP.Utilities.Utility.getLayoutsPageUrl("a.aspx"), "/w/_layouts/15/a.aspx");
});

test("text goes as XML can say it", async () => {
  const { context, session, server, execute } = open();
  session.createTask("<b>&'\" \u0007\ud83d\ude00\n", null, null, null, false, false, -1);
  await execute(context);
  assert.match(
    server.bodies[0],
    /<Parameter Type="String">&lt;b&gt;&amp;'" \ufffd\ud83d\ude00&#10;<\/Parameter>/,
  );
});
