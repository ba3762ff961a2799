// What a view begins with beside its lists.
import { find } from "./dom.js";
import { focusRow } from "./grid.js";
import { startGroups } from "./groups.js";
import { takeOver } from "./handover.js";
import { startHints } from "./hints.js";
import { addKeys } from "./keys.js";
import { startOrder } from "./order.js";
import { startRefreshing } from "./refresh.js";
import { startReorderMode } from "./reorder_mode.js";
import { rows } from "./row.js";
import { startSelection } from "./selection.js";
import { startTimeline } from "./timeline.js";
import { showToast } from "./toasts.js";

export function startViewParts() {
  startTimeline();
  startOrder();
  startReorderMode();
  startGroups();
  startSelection();
  startHints();
  startRefreshing();
  addKeys({ keys: ["r"], words: "refresh", run: () => find("#refresh-button")?.click() });
  goOnFromPageBefore();
}

/** Say what was done on the page before, and go to the row that it was about. */
function goOnFromPageBefore() {
  const { words, focus } = takeOver();
  const row = focus === undefined ? null : (rows.get(focus) ?? null);
  if (focus !== undefined && !focusRow(row)) find("#main")?.focus();
  if (words) showToast({ words });
}
