// What the Ajax library and init.js give to pages: delegates, classes, waiting jobs.

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { openPage } = require("./support/page.js");

const open = (...scripts) => openPage({ scripts });

test("delegates, callbacks and formats", () => {
  const { evaluate } = open("microsoftajax.js");
  assert.equal(
    evaluate("Function.createDelegate({a: 1}, function (b) { return this.a + b; })(2)"),
    3,
  );
  assert.equal(
    evaluate("Function.createCallback(function (a, b) { return a + b; }, 'c')('x')"),
    "xc",
  );
  assert.equal(evaluate("Function.emptyMethod()"), undefined);
  assert.equal(evaluate("String.format('{0} of {1}, {{0}}, {2}', 1, 'a')"), "1 of a, {0}, ");
  assert.equal(evaluate("[null, '', undefined].every(String.isNullOrEmpty)"), true);
  assert.equal(evaluate("String.isNullOrEmpty('a')"), false);
});

test("namespaces, classes that derive, enumerations", () => {
  const { evaluate } = open("microsoftajax.js");
  evaluate(`
    Type.registerNamespace('Contoso.Tasks');
    Contoso.Tasks.List = function (name) { this.name = name; };
    Contoso.Tasks.List.prototype = { get_name: function () { return this.name; } };
    Contoso.Tasks.List.registerClass('Contoso.Tasks.List');
    Contoso.Tasks.Mine = function () { Contoso.Tasks.Mine.initializeBase(this, ['mine']); };
    Contoso.Tasks.Mine.prototype = { get_name: function () { return '*' + Contoso.Tasks.Mine.callBaseMethod(this, 'get_name'); } };
    Contoso.Tasks.Mine.registerClass('Contoso.Tasks.Mine', Contoso.Tasks.List);
    Contoso.Tasks.Colour = function () {};
    Contoso.Tasks.Colour.prototype = { red: 1, blue: 2 };
    Contoso.Tasks.Colour.registerEnum('Contoso.Tasks.Colour');
  `);
  assert.equal(evaluate("new Contoso.Tasks.Mine().get_name()"), "*mine");
  assert.equal(evaluate("new Contoso.Tasks.Mine() instanceof Contoso.Tasks.List"), true);
  assert.equal(evaluate("Contoso.Tasks.Mine.inheritsFrom(Contoso.Tasks.List)"), true);
  assert.equal(
    evaluate("Contoso.Tasks.Mine.getName() + Contoso.Tasks.Mine.getBaseType().getName()"),
    "Contoso.Tasks.MineContoso.Tasks.List",
  );
  assert.equal(evaluate("Contoso.Tasks.Colour.blue + Contoso.Tasks.Colour.toString(1)"), "2red");
});

test("a page keeps what it has, and nobody meets what is added", () => {
  const Type = () => "the page's own";
  const { window, evaluate } = openPage({ scripts: ["microsoftajax.js"], globals: { Type } });
  assert.equal(window.Type, Type);
  assert.equal(
    evaluate("var found = []; for (var name in function () {}) found.push(name); found.length"),
    0,
  );
});

test("jobs wait for scripts in any case, for events and for the body", () => {
  const { evaluate } = open("init.js");
  evaluate(
    "var seen = []; var see = function (what) { return function (more) { seen.push(what + (more || '')); }; };",
  );
  assert.equal(evaluate("ExecuteOrDelayUntilScriptLoaded(see('a'), 'My.Tasks.js')"), false);
  evaluate("SP.SOD.notifyScriptLoadedAndExecuteWaitingJobs('MY.tasks.JS')");
  assert.equal(
    evaluate("SP.SOD.executeOrDelayUntilScriptLoaded(see('b'), '/x/my.tasks.debug.js?rev=1')"),
    true,
  );
  evaluate(
    "ExecuteOrDelayUntilEventNotified(see('c'), 'e'); SP.SOD.notifyEventAndExecuteWaitingJobs('e', ['!'])",
  );
  evaluate("SP.SOD.delayUntilEventNotified(see('d'), 'e'); NotifyEventAndExecuteWaitingJobs('e')");
  evaluate(
    "function named() { seen.push('f'); }; _spBodyOnLoadFunctionNames.push('named'); _spBodyOnLoadFunctions.push(see('g'))",
  );
  evaluate(
    "ExecuteOrDelayUntilBodyLoaded(see('h')); _spBodyOnLoadWrapper(); _spBodyOnLoadWrapper()",
  );
  evaluate("ExecuteOrDelayUntilBodyLoaded(see('i'))");
  assert.equal(evaluate("seen.join()"), "a,b,c!,d,h,f,g,i");
});

test("a job that throws, and a name that is no function, keep no other from its turn", () => {
  const { evaluate, errors } = open("init.js");
  evaluate(
    "var seen = []; ExecuteOrDelayUntilBodyLoaded(function () { throw new Error('mine'); })",
  );
  evaluate(
    "_spBodyOnLoadFunctionNames.push('nobody'); _spBodyOnLoadFunctions.push(function () { seen.push(1); })",
  );
  evaluate("_spBodyOnLoadWrapper()");
  assert.equal(evaluate("seen.length"), 1);
  assert.deepEqual(errors.map((error) => error.message).sort(), [
    "_spBodyOnLoadFunctionNames has nobody, which is no function.",
    "mine",
  ]);
});

test("a second copy of a script does nothing", () => {
  const page = openPage();
  const { ClientContext } = page.SP;
  page.load("sp.runtime.js");
  page.load("sp.js");
  assert.equal(page.window.SP.ClientContext, ClientContext);
});

test("a script without what it needs says what is missing", () => {
  assert.throws(() => open("sp.workmanagement.js"), /sp\.workmanagement\.js comes after sp\.js/);
  assert.throws(() => open("sp.js"), /sp\.js comes after sp\.runtime\.js/);
});

test("with init.js it waits instead", () => {
  const page = open("init.js", "sp.workmanagement.js", "sp.js");
  assert.equal(page.window.SP.WorkManagement, undefined);
  page.load("sp.runtime.js");
  assert.equal(typeof page.window.SP.WorkManagement.OM.Task, "function");
});
