// Places in a list: where a task goes, as ReorderTask wants it told. No page is needed for it.

/** Above all others, as ReorderTask has it. */
export const TOP = -1;

/** @typedef {"up" | "down" | "top" | "bottom"} Step */

/**
 * Return the task that moved ones stand below, one after another, or null where they stay.
 *
 * `ids` are those of their list, or of their group, in order. Those that are apart come together.
 * @param {number[]} ids
 * @param {number[]} moved in their own order
 * @param {Step} step
 * @returns {number | null}
 */
export function placeAfterStep(ids, moved, step) {
  const others = without(ids, moved);
  const first = ids.indexOf(moved[0] ?? 0);
  const last = ids.indexOf(moved.at(-1) ?? 0);
  if (first < 0) return null;
  // Where they would begin among the others.
  const index = { up: first - 1, down: last - moved.length + 2, top: 0, bottom: others.length };
  const after = others[Math.min(Math.max(index[step], 0), others.length) - 1] ?? TOP;
  const isSame = moveBelow(ids, moved, after).every((id, place) => id === ids[place]);
  return isSame ? null : after;
}

/** @param {number[]} ids @param {number[]} moved */
function without(ids, moved) {
  const gone = new Set(moved);
  return ids.filter((id) => !gone.has(id));
}

/**
 * Return the ids in their new order.
 * @param {number[]} ids
 * @param {number[]} moved in their own order
 * @param {number} after
 */
export function moveBelow(ids, moved, after) {
  const others = without(ids, moved);
  others.splice(others.indexOf(after) + 1, 0, ...moved);
  return others;
}

/** @typedef {{ top: number, bottom: number }} Span  where a row is */

/**
 * Return how many rows begin above a place: those whose middle is.
 * @param {Span[]} rows
 * @param {number} y
 */
export function countAbove(rows, y) {
  return rows.filter((row) => (row.top + row.bottom) / 2 < y).length;
}

/**
 * Return how far to scroll while a row is held near an edge of what is seen.
 * @param {number} y
 * @param {number} height
 */
export function scrollStep(y, height) {
  const edge = 56;
  if (y < edge) return -Math.ceil((edge - y) / 4);
  return y > height - edge ? Math.ceil((y - height + edge) / 4) : 0;
}
