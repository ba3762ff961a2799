// What the page of requests does with texts: events, filters, JSON, programs to copy.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { changesOf } from "../../../app/afterlook/control/console/static/console/changes.js";
import { completeFilter } from "../../../app/afterlook/control/console/static/console/filter.js";
import { indentJson } from "../../../app/afterlook/control/console/static/console/indent.js";
import {
  countOf,
  writeBytes,
  writeLength,
  writeMoment,
  writeTime,
} from "../../../app/afterlook/control/console/static/console/moments.js";
import {
  asCurl,
  asPytest,
  quoteForShell,
} from "../../../app/afterlook/control/console/static/console/programs.js";
import { makeRate } from "../../../app/afterlook/control/console/static/console/rates.js";
import { makeEventReader } from "../../../app/afterlook/control/console/static/console/sse.js";

const STREAM =
  ': hello\n\nevent: exchange\nid: 7\ndata: {"a":\ndata: 1}\n\ndata: b\r\n\r\nid: 9\revent: x\rdata:c\r\r';

test("events are read wherever the stream is cut", () => {
  const expected = [
    { type: "exchange", data: '{"a":\n1}', id: "7" },
    { type: "message", data: "b", id: "7" },
    { type: "x", data: "c", id: "9" },
  ];
  for (let size = 1; size <= STREAM.length; size += 1) {
    const take = makeEventReader();
    const found = [];
    for (let at = 0; at < STREAM.length; at += size)
      found.push(...take(STREAM.slice(at, at + size)));
    found.push(...take("\n"));
    assert.deepEqual(found, expected, `in pieces of ${size}`);
  }
});

test("the last word of a filter is completed", () => {
  assert.deepEqual(completeFilter("m"), ["method:", "mailbox:"]);
  assert.deepEqual(completeFilter("status:4xx -me"), ["status:4xx -method:"]);
  assert.deepEqual(completeFilter("status:4"), ["status:4xx", "status:404"]);
  assert.deepEqual(completeFilter("mailbox:a", { mailbox: ["alice@x", "bob@x", "a b"] }), [
    "mailbox:alice@x",
  ]);
  assert.deepEqual(completeFilter("what:"), []);
  assert.ok(completeFilter("").includes("since:"));
});

test("JSON is laid out, and stays as it was sent", () => {
  const sent = '{"a":12345678901234567890,"b":[],"c":{"d":"x, {y}: \\" z"},"e":[1,2],"a":1e400}';
  const laid = indentJson(sent);
  assert.equal(
    laid,
    '{\n  "a": 12345678901234567890,\n  "b": [],\n  "c": {\n    "d": "x, {y}: \\" z"\n  },\n' +
      '  "e": [\n    1,\n    2\n  ],\n  "a": 1e400\n}',
  );
  assert.equal(indentJson("{a"), null);
});

/** @param {any} request @param {any} [more] */
const exchange = (request, more = {}) =>
  /** @type {any} */ ({
    method: "POST",
    target: "/api/v2.0/me/tasks?$top=1&a='b'",
    path: "/api/v2.0/me/tasks",
    status: 201,
    request,
    ...more,
  });
const WITH_BODY = {
  headers: [
    ["Host", "localhost"],
    ["Content-Type", "application/json"],
    ["Authorization", "Bearer …"],
    ["Cookie", "secret"],
    ["Prefer", 'it\'s "so"'],
  ],
  body: { bytes: 9, text: '{"a":"$(id) \'x\'"}', base64: null },
};

test("a curl line sends what was sent, and nothing of it is run", () => {
  const line = asCurl(exchange(WITH_BODY), "http://127.0.0.1:8025");
  assert.ok(!line.includes("secret") && !line.includes("localhost") && line.includes("$TOKEN"));
  const printed = execFileSync("bash", ["-c", line.replace(/^curl/, "printf '%s\\n'")], {
    env: { TOKEN: "t" },
    encoding: "utf-8",
  });
  assert.deepEqual(printed.trim().split("\n"), [
    ...["-X", "POST", "http://127.0.0.1:8025/api/v2.0/me/tasks?$top=1&a='b'"],
    ...["-H", "Content-Type: application/json", "-H", "Authorization: Bearer t"],
    ...["-H", 'Prefer: it\'s "so"', "--data-raw", WITH_BODY.body.text],
  ]);
  assert.equal(quoteForShell("it's"), "'it'\\''s'");
});

test("a test sends what was sent", () => {
  const program = asPytest(exchange(WITH_BODY));
  const called = execFileSync(
    "python3",
    [
      "-c",
      "import sys, types, json, os\n" +
        "calls = []\n" +
        "def request(*args, **named):\n" +
        "    calls.append([args, named])\n" +
        "    return types.SimpleNamespace(status_code=201, text='')\n" +
        "sys.modules['httpx'] = types.SimpleNamespace(request=request)\n" +
        "scope = {}\n" +
        "exec(sys.argv[1], scope)\n" +
        "scope['test_post_tasks']()\n" +
        "print(json.dumps(calls))",
      program,
    ],
    { env: { ...process.env, TOKEN: "t", AFTERLOOK_URL: "http://there" }, encoding: "utf-8" },
  );
  const [[args, named]] = JSON.parse(called);
  assert.deepEqual(args, ["POST", "http://there/api/v2.0/me/tasks?$top=1&a='b'"]);
  assert.deepEqual(named.headers, {
    "Content-Type": "application/json",
    Authorization: "Bearer t",
    Prefer: 'it\'s "so"',
  });
  assert.equal(named.content, WITH_BODY.body.text);
});

test("a body that is no text is named by a file", () => {
  const body = { headers: [], body: { bytes: 3, text: null, base64: "AAEC" } };
  assert.ok(asCurl(exchange(body), "http://x").includes("--data-binary @body"));
  assert.ok(asPytest(exchange(body)).includes('Path("body").read_bytes()'));
});

test("requests a minute are those of the last minute", () => {
  const rate = makeRate();
  for (let now = 0; now < 120_000; now += 500) rate.count(now);
  assert.equal(rate.perMinute(119_999), 120);
  assert.equal(rate.perMinute(149_999), 60);
  assert.equal(rate.perMinute(400_000), 0);
  rate.correct(400_000, 12);
  rate.count(400_100);
  assert.equal(rate.perMinute(400_200), 13);
});

test("moments and lengths are written for people, in UTC", () => {
  assert.equal(writeMoment("2016-04-22T12:00:00.25+02:00"), "2016-04-22 10:00:00");
  assert.equal(writeTime("2016-04-22T12:00:00.25Z"), "12:00:00.250");
  const lengths = [0, 59, 61, 3600, 90_061, 2_764_800].map(writeLength);
  assert.deepEqual(lengths, ["0 s", "59 s", "1 min 1 s", "1 h", "1 d 1 h", "32 d"]);
  const sizes = [12, 2048, 5_500_000].map(writeBytes);
  assert.deepEqual(sizes, ["12 bytes", "2.0 KB", "5.2 MB"]);
  assert.deepEqual([countOf(1, "task"), countOf(1200, "box", "boxes")], ["1 task", "1,200 boxes"]);
});

test("of a task as JSON only what differs is sent", () => {
  const before = { Id: "1", Subject: "a", Body: { Content: "x" }, Categories: ["a"] };
  const after = { Subject: "b", Body: { Content: "x" }, Categories: ["a", "b"] };
  assert.deepEqual(changesOf(before, after), { Subject: "b", Categories: ["a", "b"] });
});
