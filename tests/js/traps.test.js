// Five traps that the scripts must not fall into, and what is close to them.

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { openPage } = require("./support/page.js");

const TASK = (members) => `{"_ObjectType_":"SP.WorkManagement.OM.Task",${members}}`;

function answerTasks(...tasks) {
  return (request) => {
    const [, query] = /<Query Id="(\d+)"/.exec(request.body);
    const type = "SP.WorkManagement.OM.TaskClientCollection";
    return `${query},{"_ObjectType_":"${type}","_Child_Items_":[${tasks.join(",")}]}`;
  };
}

async function readTasks(page, ...tasks) {
  const context = new page.SP.ClientContext("/");
  const session = new page.OM.UserOrderedSessionManager(context).createSession();
  const found = session.readTasks(new page.OM.TaskQuery(context));
  context.load(found);
  page.server.answer = answerTasks(...tasks);
  const ended = await page.execute(context);
  assert.ok(ended.succeeded, ended.message);
  return found;
}

test("1: get_current can be called with new, and is the same with and without", () => {
  const { SP } = openPage();
  const context = new SP.ClientContext.get_current();
  assert.ok(context instanceof SP.ClientContext);
  assert.equal(SP.ClientContext.get_current(), context);
});

test("2: a title that reads like a date is a title, a date is a date", async () => {
  const page = openPage();
  const tasks = await readTasks(
    page,
    TASK(String.raw`"Name":"\u002fDate(0)\u002f","DueDate":"\/Date(2011,10,23)\/","Id":1`),
    TASK(String.raw`"Name":"x\",\"DueDate\":\"\u002fDate(0)\u002f","DueDate":"\/Date(0)\/"`),
    TASK(String.raw`"Name":"{\"\u0000\":\"Date(0)\"}","DueDate":"\/Date(1,0,1,0,0,0,0)\/"`),
  );
  const [first, second, third] = tasks.get_data();
  assert.equal(first.get_name(), "/Date(0)/");
  assert.equal(first.get_dueDate().toDateString(), "Wed Nov 23 2011");
  assert.equal(second.get_name(), 'x","DueDate":"/Date(0)/');
  assert.equal(second.get_dueDate().getTime(), 0);
  assert.equal(third.get_name(), '{"\0":"Date(0)"}');
  assert.equal(third.get_dueDate().getFullYear(), 1901); // as the product's scripts had no date
});

test("3: the script is complete when its tag has run", () => {
  const { OM } = openPage();
  assert.equal(typeof OM.UserOrderedSessionManager.prototype.createSession, "function");
  assert.equal(OM.WritableTaskField.title, 21);
});

test("4: result and task come by one request; a later one would create a second task", async () => {
  const page = openPage();
  const context = new page.SP.ClientContext("/");
  const session = new page.OM.UserOrderedSessionManager(context).createSession();
  const written = session.createTask("Buy bulbs", null, null, null, false, false, -1);
  context.load(written);
  context.load(written.get_result());
  page.server.answer = ({ body }) => {
    const [written, result] = [...body.matchAll(/<Query Id="(\d+)"/g)].map((match) => match[1]);
    return (
      `${written},{"_ObjectType_":"SP.WorkManagement.OM.TaskWriteResult","Error":0},` +
      `${result},${TASK('"Name":"Buy bulbs","Id":7')}`
    );
  };
  assert.ok((await page.execute(context)).succeeded);
  assert.equal(written.get_error(), page.OM.WriteFieldErrorType.noValue);
  assert.equal(written.get_result().get_id(), 7);
  assert.equal(context.get_hasPendingRequest(), false); // get_result() asks for nothing more
  assert.equal((page.server.bodies[0].match(/Name="CreateTask"/g) ?? []).length, 1);
});

test("5: a session is kept across requests, and numbers grow for ever", async () => {
  const page = openPage();
  const context = new page.SP.ClientContext("/");
  const session = new page.OM.UserOrderedSessionManager(context).createSession();
  session.pinTask(1);
  await page.execute(context);
  session.deleteTask(2);
  await page.execute(context);
  const [first, second] = page.server.bodies;
  const idsOf = (body) => [...body.matchAll(/ Id="(\d+)"/g)].map((match) => Number(match[1]));
  const id = /<Method Id="(\d+)" ParentId="\d+" Name="CreateSession"/.exec(first)?.[1];
  assert.match(second, new RegExp(`<Method Id="${id}" ParentId="\\d+" Name="CreateSession" />`));
  assert.doesNotMatch(second, new RegExp(`<ObjectPath Id="\\d+" ObjectPathId="${id}"`));
  assert.doesNotMatch(second, /PinTask/);
  assert.match(second, /Name="DeleteTask".*<Method Id="\d+" .*Name="CreateSession"/); // parents later
  assert.ok(Math.max(...idsOf(second)) > Math.max(...idsOf(first)));
});

test("an identity that the server gives replaces the way there", async () => {
  const page = openPage();
  const context = new page.SP.ClientContext("/");
  const web = context.get_web();
  context.load(web, "Title");
  page.server.answer = ({ body }) => {
    const [, query] = /<Query Id="(\d+)"/.exec(body);
    return `${query},{"_ObjectType_":"SP.Web","_ObjectIdentity_":"a:web:\\"1\\"","Title":"T"}`;
  };
  await page.execute(context);
  assert.equal(web.get_title(), "T");
  context.load(web, "Url");
  await page.execute(context);
  assert.match(page.server.bodies[1], /<Identity Id="\d+" Name="a:web:&quot;1&quot;" \/>/);
  assert.doesNotMatch(page.server.bodies[1], /StaticProperty/);
});
