// Deleting tasks: out of sight at once, sent when the message that offers Undo has closed.
//
// The protocol cannot take a deletion back, and so it waits; it is sent as well when the page goes.
import { addToCounts } from "./counts.js";
import { text } from "./data.js";
import { showFailure } from "./failures.js";
import { WriteError } from "./jsom.js";
import { reload, removeRows } from "./list.js";
import { held } from "./lists.js";
import { tasks } from "./store.js";
import { showToast } from "./toasts.js";
import { forgetUndo, keepUndo } from "./undo.js";
import { writeEach } from "./writes.js";

const WAIT = 10_000; // milliseconds

/** @type {Set<number[]>} ids that wait, as they were deleted together */
const deletions = new Set();

/** @param {Task[]} these */
export function deleteTasks(these) {
  const ids = these.map((task) => task.id);
  const [first] = these;
  for (const task of these) {
    held.set(task.id, "gone");
    addToCounts(task, null);
  }
  removeRows(ids);
  deletions.add(ids);
  const count = ids.length;
  const words =
    count === 1 ? text("deleting", { name: first?.name ?? "" }) : text("deleting_many", { count });
  const undo = keepUndo(() => restore(ids));
  undo.close = showToast({
    words,
    label: text("undo"),
    time: WAIT,
    run() {
      forgetUndo(undo);
      restore(ids);
    },
    closed(wasRun) {
      forgetUndo(undo);
      if (!wasRun) sendDeletions(ids);
    },
  });
}

/** @param {number[]} ids */
async function restore(ids) {
  if (!deletions.delete(ids)) return;
  for (const id of ids) {
    held.delete(id);
    addToCounts(null, tasks.get(id) ?? null);
  }
  await reload();
}

/** @param {number[]} ids */
async function sendDeletions(ids) {
  if (!deletions.delete(ids)) return;
  const errors = await writeEach(ids, (session, id) => [session.deleteTask(id)]);
  for (const id of ids) held.delete(id);
  // What is gone is what was wanted.
  const failed = [...errors].filter(
    ([, error]) => !(error instanceof WriteError) || error.kind !== "gone",
  );
  if (!failed.length) return;
  await reload();
  for (const [id, error] of failed) showFailure(id, error);
}

export function sendAllDeletions() {
  for (const ids of [...deletions]) void sendDeletions(ids);
}

/** Nothing waits any more. */
export function forgetDeletions() {
  deletions.clear();
}
