// Where a task goes: the arithmetic of moving rows.

import assert from "node:assert/strict";
import test from "node:test";
import {
  countAbove,
  moveBelow,
  placeAfterStep,
  scrollStep,
} from "../../../app/afterlook/web/static/page/places.js";

test("a step leads below the task that is then above", () => {
  const ids = [1, 2, 3, 4];
  assert.equal(placeAfterStep(ids, [3], "up"), 1);
  assert.equal(placeAfterStep(ids, [2], "up"), -1);
  assert.equal(placeAfterStep(ids, [2], "down"), 3);
  assert.equal(placeAfterStep(ids, [3], "top"), -1);
  assert.equal(placeAfterStep(ids, [1], "bottom"), 4);
});

test("there is no step out of a list, nor for what is not in it", () => {
  assert.equal(placeAfterStep([1, 2], [1], "up"), null);
  assert.equal(placeAfterStep([1, 2], [1], "top"), null);
  assert.equal(placeAfterStep([1, 2], [2], "down"), null);
  assert.equal(placeAfterStep([1, 2], [2], "bottom"), null);
  assert.equal(placeAfterStep([1, 2], [9], "up"), null);
});

test("several move together, and come together where they were apart", () => {
  const ids = [1, 2, 3, 4, 5];
  /** @param {number[]} moved @param {"up" | "down" | "top" | "bottom"} step */
  const step = (moved, step) => {
    const after = placeAfterStep(ids, moved, step);
    return after === null ? null : moveBelow(ids, moved, after);
  };
  assert.deepEqual(step([2, 3], "up"), [2, 3, 1, 4, 5]);
  assert.deepEqual(step([2, 3], "down"), [1, 4, 2, 3, 5]);
  assert.deepEqual(step([2, 4], "up"), [2, 4, 1, 3, 5]);
  assert.deepEqual(step([2, 4], "down"), [1, 3, 5, 2, 4]);
  assert.deepEqual(step([1, 3], "up"), [1, 3, 2, 4, 5]);
  assert.deepEqual(step([3, 5], "down"), [1, 2, 4, 3, 5]);
  assert.deepEqual(step([2, 4], "top"), [2, 4, 1, 3, 5]);
  assert.deepEqual(step([2, 4], "bottom"), [1, 3, 5, 2, 4]);
  assert.equal(step([1, 2], "up"), null);
  assert.equal(step([4, 5], "bottom"), null);
  assert.equal(step(ids, "down"), null);
});

test("what is moved is then below the one that was named", () => {
  const ids = [1, 2, 3, 4];
  assert.deepEqual(moveBelow(ids, [1], 3), [2, 3, 1, 4]);
  assert.deepEqual(moveBelow(ids, [4], 1), [1, 4, 2, 3]);
  assert.deepEqual(moveBelow(ids, [3], -1), [3, 1, 2, 4]);
  assert.deepEqual(moveBelow(ids, [1, 3], 4), [2, 4, 1, 3]);
});

test("a row counts as above from its middle on", () => {
  const rows = [
    { top: 0, bottom: 40 },
    { top: 40, bottom: 100 },
  ];
  assert.deepEqual(
    [10, 21, 69, 71].map((y) => countAbove(rows, y)),
    [0, 1, 1, 2],
  );
});

test("near an edge the page scrolls, the nearer the faster", () => {
  assert.equal(scrollStep(300, 600), 0);
  assert.ok(scrollStep(10, 600) < scrollStep(50, 600));
  assert.ok(scrollStep(50, 600) < 0);
  assert.ok(scrollStep(599, 600) > scrollStep(560, 600));
});
