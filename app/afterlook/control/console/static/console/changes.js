// What of an object was changed, for a PATCH. Knows no page.

/**
 * The members that differ; those that were left out are not touched.
 * @param {Record<string, unknown>} before
 * @param {Record<string, unknown>} after
 */
export function changesOf(before, after) {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}
