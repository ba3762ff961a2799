// Dates that names end with: what is taken, what is left, and how day and name part.

import assert from "node:assert/strict";
import test from "node:test";
import { findDate } from "../../../app/afterlook/web/static/page/dates.js";

const SATURDAY = "2026-11-28";

/** Each text, what is left of it, and the day. */
const FOUND = [
  ["Buy milk today", "Buy milk", "2026-11-28"],
  ["Buy milk TOMORROW", "Buy milk", "2026-11-29"],
  ["Buy milk due tomorrow.", "Buy milk", "2026-11-29"],
  ["Call Ann on Friday", "Call Ann", "2026-12-04"],
  ["Party saturday!", "Party", "2026-12-05"],
  ["Call Ann fri", "Call Ann", "2026-12-04"],
  ["Read Wednesday", "Read", "2026-12-02"],
  ["Buy it on sat", "Buy it", "2026-12-05"],
  ["Plan next week", "Plan", "2026-11-30"],
  ["Plan next Sunday", "Plan", "2026-12-06"],
  ["Plan next tue", "Plan", "2026-12-01"],
  ["Read in 3 days", "Read", "2026-12-01"],
  ["Read in a week", "Read", "2026-12-05"],
  ["Pay rent by Dec 1", "Pay rent", "2026-12-01"],
  ["Pay rent 1st of nothing Dec. 1st", "Pay rent 1st of nothing", "2026-12-01"],
  ["Ask may 5", "Ask", "2027-05-05"],
  ["Meet 4 jan 2028", "Meet", "2028-01-04"],
  ["Leap on February 29", "Leap", "2028-02-29"],
  ["File 2026-12-04", "File", "2026-12-04"],
  ["Print by 12/4", "Print", "2026-12-04"],
  ["Print 12/4/2026", "Print", "2026-12-04"],
  ["Read tomorrow tomorrow", "Read tomorrow", "2026-11-29"],
];

const LEFT = [
  "",
  "today",
  "next week",
  "May 5",
  "Buy the sun",
  "Eat sat",
  "Print 1/2",
  "Todays news",
  "Read todays",
  "Tomorrow never dies",
  "Learn nextweek",
  "Feb 30 Feb 30",
  "Build 2026-13-01",
  "Buy may",
  "Call satur",
  "Read in 0.5 days",
];

test("a date at the end is found", () => {
  for (const [text, name, due] of FOUND) {
    const found = findDate(text, SATURDAY);
    assert.deepEqual([text, found?.name, found?.due], [text, name, due]);
    assert.equal(`${name} ${found?.phrase}`, text);
  }
});

test("other words stay in the name", () => {
  for (const text of LEFT) assert.deepEqual([text, findDate(text, SATURDAY)], [text, null]);
});

test("a weekday is one that comes, though it is today's", () => {
  const days = ["2026-11-28", "2026-11-29", "2026-11-30"].map(
    (today) => findDate("Call on Saturday", today)?.due,
  );
  assert.deepEqual(days, ["2026-12-05", "2026-12-05", "2026-12-05"]);
});

test("a long text takes no long time", () => {
  const begun = performance.now();
  for (const text of ["in ".repeat(2000), " on".repeat(2000), `${"may 5 ".repeat(1000)}x`])
    assert.equal(findDate(text, SATURDAY), null);
  assert.ok(performance.now() - begun < 1000);
});
