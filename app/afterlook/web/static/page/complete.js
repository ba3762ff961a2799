// Completing tasks, and opening them again: struck through for a grace, then written together.
import { text } from "./data.js";
import { forgetFailure, showFailure } from "./failures.js";
import { reload, removeRows } from "./list.js";
import { held, listOf } from "./lists.js";
import { change, tasks } from "./store.js";
import { forgetUndo, keepUndo, offerUndo } from "./undo.js";
import { FIELD, writeEach } from "./writes.js";

const GRACE = 3000; // milliseconds

/** What waits: the task, and what it is to be. @type {Map<number, boolean>} */
const marked = new Map();
let graceTimer = 0;
/** @type {import("./undo.js").Undo | null} */
let undo = null;

/**
 * Complete tasks, or open those that are completed; once more within the grace, and nothing was.
 * @param {Task[]} these
 */
export function toggleCompleted(these) {
  const isCompleted = !these.every((task) => task.isCompleted);
  for (const task of these) {
    if (task.isCompleted === isCompleted) continue;
    if (marked.has(task.id)) marked.delete(task.id);
    else marked.set(task.id, isCompleted);
    holdCompleted(task.id, isCompleted);
  }
  if (undo) forgetUndo(undo);
  undo = marked.size ? keepUndo(forgetCompleted) : null;
  clearTimeout(graceTimer);
  if (marked.size) graceTimer = setTimeout(sendMarked, GRACE);
}

/** @param {number} id @param {boolean} isCompleted */
function holdCompleted(id, isCompleted) {
  if (marked.has(id)) held.set(id, { isCompleted });
  else held.delete(id);
  change(id, { isCompleted });
}

function forgetCompleted() {
  const ids = [...marked];
  forgetMarked();
  for (const [id, isCompleted] of ids) holdCompleted(id, !isCompleted);
}

/** Write what waits. */
export async function sendMarked() {
  const these = new Map(marked);
  marked.clear();
  if (undo) forgetUndo(undo);
  const done = await writeCompleted(these);
  if (done.length === 0) return;
  const { isCompleted = true, name = "" } = tasks.get(done[0] ?? 0) ?? {};
  const count = done.length;
  const words =
    count === 1
      ? text(isCompleted ? "was_completed" : "was_reopened", { name })
      : text(isCompleted ? "were_completed" : "were_reopened", { count });
  offerUndo(words, async () => {
    if (await writeCompleted(new Map(done.map((id) => [id, !isCompleted])))) await reload();
  });
}

/**
 * Write which tasks are completed; those that are then go from lists that they are not in any more.
 * @param {Map<number, boolean>} these
 */
async function writeCompleted(these) {
  const ids = [...these.keys()];
  const errors = await writeEach(ids, (session, id) => [setCompleted(session, id, these.get(id))]);
  const done = ids.filter((id) => !errors.has(id));
  for (const id of ids) {
    held.delete(id);
    const isCompleted = these.get(id) === !errors.has(id);
    change(id, { isCompleted });
    if (errors.has(id)) showFailure(id, errors.get(id));
    else forgetFailure(id);
  }
  removeRows(done.filter((id) => (listOf(id)?.key === "completed") !== these.get(id)));
  return done;
}

/** @param {import("./writes.js").Session} session @param {number} id @param {boolean} [isCompleted] */
export function setCompleted(session, id, isCompleted) {
  return session.updateTaskWithLocalizedValue(id, FIELD.completed, isCompleted ? "1" : "0");
}

/** Nothing waits any more. */
export function forgetMarked() {
  clearTimeout(graceTimer);
  marked.clear();
}
