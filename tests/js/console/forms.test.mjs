// From JSON schemas to fields, from what is filled in to parameters, and what a refusal says of each.

import assert from "node:assert/strict";
import test from "node:test";
import {
  describeFields,
  labelOf,
  readField,
  splitProblems,
} from "../../../app/afterlook/control/console/static/console/schema.js";

const nullable = (/** @type {any} */ schema, /** @type {any} */ more = {}) => ({
  anyOf: [schema, { type: "null" }],
  default: null,
  ...more,
});

/** Each property, and the kind of its field. */
const KINDS = [
  [{ type: "string" }, "text"],
  [{ type: "integer", minimum: 1, maximum: 9 }, "number"],
  [{ type: "number" }, "number"],
  [{ anyOf: [{ type: "integer" }, { type: "number" }] }, "number"],
  [{ type: "boolean" }, "check"],
  [nullable({ type: "boolean" }), "check"],
  [{ enum: ["a", "b"], type: "string" }, "choice"],
  [nullable({ enum: ["a", "b"], type: "string" }), "choice"],
  [{ const: "a" }, "choice"],
  [{ $ref: "#/$defs/Place" }, "choice"],
  [nullable({ $ref: "#/$defs/Place" }), "choice"],
  [{ type: "array", items: { type: "string" } }, "list"],
  [{ type: "array", items: { type: "object" } }, "json"],
  [{ type: "object" }, "json"],
  [{ anyOf: [{ type: "string" }, { type: "object" }] }, "text-or-json"],
  [nullable({ type: "string", format: "date-time" }), "text"],
];
const $defs = { Place: { enum: ["before", "head"], type: "string" } };

test("each kind of parameter has its kind of field", () => {
  for (const [property, kind] of KINDS) {
    const [field] = describeFields(/** @type {any} */ ({ properties: { one: property }, $defs }));
    assert.deepEqual([property, field?.kind], [property, kind]);
  }
});

test("a field knows what the parameter says of itself", () => {
  const fields = describeFields({
    required: ["status"],
    properties: {
      status: { type: "integer", minimum: 400, maximum: 599, description: "A status." },
      retry_after: nullable({ type: "number", exclusiveMinimum: 0 }, { description: "Seconds." }),
      place: nullable({ enum: ["before", "head"] }, { default: "head" }),
      upn: { type: "string", maxLength: 320 },
    },
  });
  const [status, retry, place, upn] = fields;
  assert.deepEqual(
    [status?.isRequired, status?.isWhole, status?.minimum, status?.maximum, status?.help],
    [true, true, 400, 599, "A status."],
  );
  assert.deepEqual(
    [retry?.label, retry?.isRequired, retry?.isWhole, retry?.preset, retry?.help],
    ["Retry after", false, false, "", "Seconds."],
  );
  assert.deepEqual([place?.options, place?.preset], [["before", "head"], "head"]);
  assert.deepEqual([upn?.label, upn?.maxLength], ["UPN", 320]);
  assert.equal(labelOf("expires_in"), "Expires in");
  assert.deepEqual(describeFields({}), []);
});

test("what is filled in becomes parameters, and what is left empty none", () => {
  const read = (/** @type {any} */ kind, /** @type {any} */ filled) =>
    readField(/** @type {any} */ ({ kind }), filled);
  assert.equal(read("text", "  "), undefined);
  assert.equal(read("text", " a b "), "a b");
  assert.equal(read("number", "1.5"), 1.5);
  assert.equal(read("number", "many"), "many"); // the server says what is wrong with it
  assert.equal(read("check", false), false);
  assert.deepEqual(read("list", "a, b,, c "), ["a", "b", "c"]);
  assert.deepEqual(read("json", '{"a": 1}'), { a: 1 });
  assert.throws(() => read("json", "{a"), SyntaxError);
  assert.equal(read("text-or-json", "demo"), "demo");
  assert.deepEqual(read("text-or-json", '{"Mailboxes": []}'), { Mailboxes: [] });
});

test("a refusal is parted by fields", () => {
  const names = ["at", "to", "mailbox"];
  const split = (/** @type {string} */ message) =>
    Object.fromEntries(splitProblems(message, names));
  assert.deepEqual(split("at: give an instant: now; to: it is required"), {
    at: "give an instant: now",
    to: "it is required",
  });
  assert.deepEqual(split("mailbox.Tasks.0: wrong; other: wrong"), { mailbox: "wrong" });
  assert.deepEqual(split("the body is not JSON"), {});
});
