// What @types/sharepoint declares of the classes that are here is here, but for what is named below.

const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { openPage } = require("./support/page.js");

const DECLARED = join(__dirname, "../../node_modules/@types/sharepoint/index.d.ts");

// Of these two the server has, or would have, a title and addresses: docs/csom.md.
const ELSEWHERE = ["Site", "Web"];

// Hooks of the product's own scripts, other hosts, and lists, which are not served by CSOM.
const LEFT_OUT = {
  ClientRequest: ["get_navigateWhenServerRedirect", "set_navigateWhenServerRedirect"],
  ClientRuntimeContext: [
    "get_viaUrl",
    "set_viaUrl",
    "get_disableReturnValueCache",
    "set_disableReturnValueCache",
    "get_webRequestExecutorFactory",
    "set_webRequestExecutorFactory",
  ],
  ConditionalScopeBase: ["customFromJson"],
  DataConvert: [
    "writePropertiesToXml",
    "populateDictionaryFromObject",
    "fixupTypes",
    "populateArray",
    "fixupType",
    "writeDictionaryToXml",
    "writeValueToXmlElement",
    "invokeSetProperty",
    "invokeGetProperty",
  ],
  ScriptHelpers: [
    "disableWebpartSelection",
    "getFieldFromSchema",
    "getListLevelPermissionMask",
    "getTextAreaElementValue",
    "getUserFieldProperty",
    "hasPermission",
    "replaceOrAddQueryString",
    "removeHtml",
    "removeStyleChildren",
    "removeHtmlAndTrimStringWithEllipsis",
    "setTextAreaElementValue",
    "resizeImageToSquareLength",
  ],
};

/** Return the members of the classes directly in the namespace SP, by class. */
function readDeclarations(text) {
  const found = {};
  for (const [, name, body] of text.matchAll(/^ {4}class (\w+)[^{\n]*\{\n([\s\S]*?)^ {4}\}/gm)) {
    const members = [...body.matchAll(/^ {8}(static )?(\w+)(?:<\w+>)?\(/gm)];
    found[name] ??= members.map(([, isStatic, member]) => ({ isStatic, member }));
  }
  return found;
}

test("the members that are declared", () => {
  const { SP } = openPage();
  const declared = readDeclarations(readFileSync(DECLARED, "utf-8"));
  const missing = {};
  let covered = 0;
  for (const [name, members] of Object.entries(declared)) {
    const Type = SP[name];
    if (typeof Type !== "function" || ELSEWHERE.includes(name)) continue;
    const without = members
      .filter(({ member }) => member !== "constructor")
      .filter(({ isStatic, member }) => !(member in (isStatic ? Type : Type.prototype)))
      .map(({ member }) => member);
    covered += members.length - without.length;
    if (without.length > 0) missing[name] = [...new Set(without)];
  }
  assert.deepEqual(missing, LEFT_OUT);
  assert.ok(covered > 150, `${covered} members`); // or the declarations were not found at all
});
