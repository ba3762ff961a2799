// Changes of tasks: shown at once, then written; what is not saved is as it was, and said.
import { forgetFailure, showFailure } from "./failures.js";
import { reload } from "./list.js";
import { lists, wish } from "./lists.js";
import { OFF_TIMELINE } from "./reads.js";
import { change, tasks } from "./store.js";
import { forgetUndo, keepUndo } from "./undo.js";
import { FIELD, writeEach } from "./writes.js";

/** @typedef {import("./writes.js").Session} Session */
/** @typedef {SP.WorkManagement.OM.TaskWriteResult} Result */
/** @typedef {Map<number, Partial<Task>>} Changes by the task's id */

/**
 * @typedef {object} Way how changes are written
 * @property {(session: Session, id: number, values: Partial<Task>) => Result[]} act
 * @property {() => void} [edit] opens again what was edited
 * @property {() => boolean} [moves] whether tasks may belong elsewhere in lists then
 */

/**
 * Change tasks, and write that in one request.
 * @param {Changes} changes
 * @param {Way} way
 * @param {boolean} [isUndo]
 */
export async function changeTasks(changes, way, isUndo = false) {
  const old = /** @type {Changes} */ (new Map());
  for (const [id, values] of changes) {
    const before = tasks.get(id) ?? {};
    const keys = Object.keys(values);
    old.set(id, Object.fromEntries(Object.entries(before).filter(([key]) => keys.includes(key))));
    forgetFailure(id);
    change(id, values);
  }
  const undo = isUndo ? null : keepUndo(() => changeTasks(old, way, true));
  const errors = await writeEach([...changes.keys()], (session, id) =>
    way.act(session, id, changes.get(id) ?? {}),
  );
  for (const [id, error] of errors) {
    change(id, old.get(id) ?? {});
    old.delete(id);
    showFailure(id, error, way.edit);
  }
  if (!old.size && undo) forgetUndo(undo);
  if (old.size && way.moves?.()) await reload();
  return errors.size === 0;
}

/** @param {Task} task @param {string} name @param {() => void} edit opens the editor again */
export function rename(task, name, edit) {
  return changeTasks(new Map([[task.id, { name }]]), {
    edit,
    moves: () => wish.sort === "title",
    act: (session, id, values) => [
      session.updateTaskWithLocalizedValue(id, FIELD.name, values.name ?? null),
    ],
  });
}

/** @param {Task} task @param {Day | null} due @param {() => void} edit opens the editor again */
export function setDue(task, due, edit) {
  return changeTasks(new Map([[task.id, { due }]]), {
    edit,
    moves: () => wish.sort === "due" || lists.has("upcoming"),
    // An empty value would be no date either, but null is what the server's own page sends.
    act: (session, id, values) => [
      session.updateTaskWithLocalizedValue(id, FIELD.due, values.due ?? null),
    ],
  });
}

/** Mark tasks as important, or no more if all are. @param {Task[]} these */
export function toggleImportant(these) {
  const isPinned = !these.every((task) => task.isPinned);
  const values = isPinned ? { isPinned, isOnTimeline: true } : { isPinned };
  return changeTasks(new Map(these.map((task) => [task.id, values])), {
    moves: () => lists.has("important"),
    act: (session, id, { isPinned, isOnTimeline }) => [
      isPinned ? session.pinTask(id) : session.removePinOnTask(id),
      // What becomes important is on the timeline, too; an undo leaves that as it was.
      ...(isOnTimeline === undefined ? [] : [setOnTimeline(session, id, isOnTimeline)]),
    ],
  });
}

/** @param {Task} task */
export function toggleTimeline(task) {
  const values = { isOnTimeline: !task.isOnTimeline };
  return changeTasks(new Map([[task.id, values]]), {
    act: (session, id, { isOnTimeline }) => [setOnTimeline(session, id, isOnTimeline ?? true)],
  });
}

/** @param {Session} session @param {number} id @param {boolean} isOnTimeline */
function setOnTimeline(session, id, isOnTimeline) {
  return isOnTimeline
    ? session.removeAttributeFromTask(id, OFF_TIMELINE)
    : session.addAttributeToTask(id, OFF_TIMELINE);
}
