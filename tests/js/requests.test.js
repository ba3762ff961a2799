// Sending: headers, events, digests, and everything that can come back instead of an answer.

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { failure, json, openPage } = require("./support/page.js");

function open(options) {
  const page = openPage(options);
  const context = new page.SP.ClientContext("/sites/try/");
  context.load(new page.OM.UserOrderedSessionManager(context).createSession());
  return { ...page, context };
}

test("where and how a request goes", async () => {
  const { server, context, execute } = open();
  context.set_clientTag("tag");
  context.set_traceCorrelationId("2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa");
  context.set_requestTimeout(5000);
  const { succeeded, sender, args } = await execute(context);
  assert.ok(succeeded);
  assert.equal(sender, context);
  assert.equal(context.get_serverLibraryVersion(), "15.0.4420.1017");
  assert.equal(context.get_serverSchemaVersion(), "15.0.0.0");
  const [request] = server.requests;
  assert.equal(request.verb, "POST");
  assert.equal(request.url, "/sites/try/_vti_bin/client.svc/ProcessQuery");
  assert.equal(request.timeout, 5000);
  assert.deepEqual(request.headers, {
    "Content-Type": "text/xml",
    "X-Requested-With": "XMLHttpRequest",
    "X-RequestDigest": "0xNEW,now",
    "X-ClientService-ClientTag": "tag",
    SPResponseGuid: "2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa",
  });
  assert.equal(server.digests[0].url, "/sites/try/_api/contextinfo");
  assert.equal(server.digests[0].headers.Accept, "application/json;odata=verbose");
  assert.equal(args.get_request().get_webRequest().get_body(), request.body);
});

test("events come in their order, and a listener that throws keeps no other from its turn", async () => {
  const { context, errors, execute } = open();
  const seen = [];
  context.add_beginningRequest(() => seen.push("beginning"));
  context.add_executingWebRequest((_, args) => seen.push(args.get_webRequest().get_httpVerb()));
  context.add_requestSucceeded(() => {
    throw new Error("a listener's");
  });
  const listener = () => seen.push("removed");
  context.add_requestSucceeded(listener);
  context.remove_requestSucceeded(listener);
  context.get_pendingRequest().add_requestSucceeded(() => seen.push("succeeded"));
  assert.ok((await execute(context)).succeeded);
  assert.deepEqual(seen, ["beginning", "POST", "succeeded"]);
  assert.deepEqual(
    errors.map((error) => error.message),
    ["a listener's"],
  );
});

test("a digest is asked for once, and again when three quarters of its time are over", async () => {
  const page = open();
  await page.execute(page.context);
  await page.execute(page.context);
  assert.equal(page.server.digests.length, 1);
  page.evaluate("const real = Date.now; Date.now = () => real() + 1800 * 750 + 1");
  await page.execute(page.context);
  assert.equal(page.server.digests.length, 2);
});

for (const code of [-2130575251, -2130575252]) {
  test(`a digest that is refused (${code}) is got anew, and the request sent once more`, async () => {
    const { server, context, execute } = open();
    server.answer = () => (server.requests.length === 1 ? failure(code) : "");
    assert.ok((await execute(context)).succeeded);
    assert.equal(server.digests.length, 2);
    assert.equal(server.bodies[0], server.bodies[1]);
    server.answer = () => failure(code);
    assert.equal((await execute(context)).args.get_errorCode(), code);
    assert.equal(server.requests.length, 4);
  });
}

test("an error of the server has its parts", async () => {
  const { server, context, execute } = open();
  server.answer = () => failure(-2130575338, "Item does not exist.");
  const { succeeded, args } = await execute(context);
  assert.equal(succeeded, false);
  assert.equal(args.get_message(), "Item does not exist.");
  assert.equal(args.get_errorCode(), -2130575338);
  assert.equal(args.get_errorTypeName(), "Microsoft.SharePoint.SPException");
  assert.equal(args.get_errorTraceCorrelationId(), "t");
  assert.equal(args.get_errorValue(), null);
  assert.equal(server.requests.length, 1);
});

const NO_ANSWERS = {
  "the network": [{ event: "onerror" }, /does not answer/],
  time: [{ event: "ontimeout" }, /within 90 seconds/],
  "an abort": [{ event: "onabort" }, /aborted/],
  HTML: [
    { status: 403, statusText: "Forbidden", headers: { "content-type": "text/html" }, text: "<p>" },
    /403 Forbidden.*text\/html/,
  ],
  "JSON that is none": [json("[{"), /not the JSON/],
  "JSON of something else": [json('{"error":1}'), /no answer to a request/],
  "a version that is missing": [json('[{"SchemaVersion":"","LibraryVersion":"1"}]'), /no answer/],
  SharePointError: [
    { ...json("[]"), headers: { "content-type": "application/json", sharepointerror: "0" } },
    /Unexpected answer/,
  ],
};

for (const [name, [response, expected]] of Object.entries(NO_ANSWERS)) {
  test(`no answer: ${name}`, async () => {
    const { server, context, execute } = open();
    server.answer = () => response;
    const { succeeded, args, message } = await execute(context);
    assert.equal(succeeded, false);
    assert.match(message, expected);
    assert.equal(args.get_errorCode(), 0);
  });
}

test("contextinfo that fails, fails the request, and is asked again by the next", async () => {
  const { server, context, execute } = open();
  const respond = server.respond;
  server.respond = () => json("{}", 503);
  assert.match((await execute(context)).message, /no form digest: 503/);
  server.respond = respond;
  assert.ok((await execute(context)).succeeded);
});

test("the page's own digest is used while it is fresh, for its own web alone", async () => {
  const globals = {
    _spPageContextInfo: {
      webServerRelativeUrl: "/sites/Try",
      formDigestTimeoutSeconds: 1800,
      formDigestValue: "0xPAGE,now",
    },
  };
  const { SP, server, context, execute } = open({ globals });
  await execute(context);
  assert.equal(server.requests[0].headers["X-RequestDigest"], "0xPAGE,now");
  assert.equal(server.digests.length, 0);
  await execute(new SP.ClientContext("/sites/other"));
  assert.equal(server.digests.length, 1);
});

test("scopes that are not closed, or in the wrong order, are refused", () => {
  const { SP, context } = open();
  const scope = new SP.ExceptionHandlingScope(context);
  assert.throws(() => scope.startTry(), /within startScope/);
  const started = scope.startScope();
  assert.throws(() => scope.startScope(), /started once/);
  assert.throws(() => context.executeQueryAsync(), /not been disposed of/);
  const caught = scope.startCatch();
  assert.throws(() => started.dispose(), /reverse order/);
  caught.dispose();
  assert.throws(() => scope.startTry(), /TryScope, CatchScope, FinallyScope/);
  started.dispose();
  assert.throws(
    () => new SP.ClientObjectPropertyConditionalScope(context.get_web(), "Title", "=", 1),
    /EQ/,
  );
});
