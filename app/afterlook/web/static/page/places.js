// Places in a list: where a task goes, as ReorderTask wants it told. No page is needed for it.

/** Above all others, as ReorderTask has it. */
export const TOP = -1;

/** @typedef {"up" | "down" | "top" | "bottom"} Step */

/**
 * Return the task that a moved one stands below, or null where it has no place to go.
 *
 * `ids` are those of its list, or of its group, in order.
 * @param {number[]} ids
 * @param {number} id
 * @param {Step} step
 * @returns {number | null}
 */
export function placeAfterStep(ids, id, step) {
  const now = ids.indexOf(id);
  const last = ids.length - 1;
  if (now < 0) return null;
  const index = { up: now - 1, down: now + 1, top: 0, bottom: last }[step];
  return index < 0 || index > last || index === now ? null : placeAt(ids, id, index);
}

/**
 * Return the task that a moved one stands below when it is at `index` among the others.
 * @param {number[]} ids
 * @param {number} id
 * @param {number} index
 */
export function placeAt(ids, id, index) {
  return ids.filter((one) => one !== id)[index - 1] ?? TOP;
}

/**
 * Return the ids in their new order.
 * @param {number[]} ids
 * @param {number} id
 * @param {number} after
 */
export function moveBelow(ids, id, after) {
  const others = ids.filter((one) => one !== id);
  others.splice(others.indexOf(after) + 1, 0, id);
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
