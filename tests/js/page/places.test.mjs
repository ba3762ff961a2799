// Where a task goes: the arithmetic of moving rows.

import assert from "node:assert/strict";
import test from "node:test";
import {
  countAbove,
  moveBelow,
  placeAfterStep,
  placeAt,
  scrollStep,
} from "../../../app/afterlook/web/static/page/places.js";

test("a step leads below the task that is then above", () => {
  const ids = [1, 2, 3, 4];
  assert.equal(placeAfterStep(ids, 3, "up"), 1);
  assert.equal(placeAfterStep(ids, 2, "up"), -1);
  assert.equal(placeAfterStep(ids, 2, "down"), 3);
  assert.equal(placeAfterStep(ids, 3, "top"), -1);
  assert.equal(placeAfterStep(ids, 1, "bottom"), 4);
});

test("there is no step out of a list, nor for what is not in it", () => {
  assert.equal(placeAfterStep([1, 2], 1, "up"), null);
  assert.equal(placeAfterStep([1, 2], 1, "top"), null);
  assert.equal(placeAfterStep([1, 2], 2, "down"), null);
  assert.equal(placeAfterStep([1, 2], 2, "bottom"), null);
  assert.equal(placeAfterStep([1, 2], 9, "up"), null);
});

test("what is moved is then below the one that was named", () => {
  const ids = [1, 2, 3, 4];
  for (const id of ids) {
    for (let index = 0; index < ids.length; index++) {
      const moved = moveBelow(ids, id, placeAt(ids, id, index));
      assert.equal(moved.indexOf(id), index);
      assert.deepEqual(moved.toSorted(), ids);
    }
  }
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
