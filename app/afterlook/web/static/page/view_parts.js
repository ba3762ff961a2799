// What a view begins with beside its lists.

import { find } from "../../../assets/scripts/dom.js";
import { followSaved } from "./anew.js";
import { startDialogs } from "./dialogs.js";
import { focusRow } from "./grid.js";
import { startGroups } from "./groups.js";
import { takeOver } from "./handover.js";
import { startHints } from "./hints.js";
import { addKeys } from "./keys.js";
import { startOrder } from "./order.js";
import { PERSONAL } from "./reads.js";
import { startRefreshing } from "./refresh.js";
import { deleteTasks } from "./remove.js";
import { startReorderMode } from "./reorder_mode.js";
import { rows } from "./row.js";
import { startSelection } from "./selection.js";
import { tasks } from "./store.js";
import { startTimeline } from "./timeline.js";
import { showToast } from "./toasts.js";

export function startViewParts() {
  startTimeline();
  followSaved();
  startOrder();
  startReorderMode();
  startGroups();
  startSelection();
  startHints();
  startDialogs();
  startRefreshing();
  addKeys({ keys: ["r"], words: "refresh", run: () => find("#refresh-button")?.click() });
  goOnFromPageBefore();
}

/** Say what was done on the page before, and go to the row that it was about. */
function goOnFromPageBefore() {
  const { words, focus, remove } = takeOver();
  const row = focus === undefined ? null : (rows.get(focus) ?? null);
  if (focus !== undefined && !focusRow(row)) find("#main")?.focus();
  if (words) showToast({ words });
  if (remove) deleteTasks([tasks.get(remove.id) ?? strangerOf(remove)]);
}

/** A task that is in no list of this view. @param {{ id: number, name: string }} known @returns {Task} */
function strangerOf(known) {
  const rest = { due: null, isCompleted: false, isPinned: false, isPersonal: true };
  return {
    ...known,
    ...rest,
    isReadOnly: false,
    isOnTimeline: true,
    isNew: false,
    location: PERSONAL,
  };
}
