// Writing tasks: one request each on a session, in order for each task.
import { fieldError, send, WriteError } from "./jsom.js";
import { loadTask, readTask } from "./reads.js";
import { tellTabs } from "./store.js";

/** @typedef {SP.WorkManagement.OM.LocationOrientedUserOrderedSession} Session */
/** @typedef {SP.WorkManagement.OM.TaskWriteResult} Result */
/** @typedef {{ error: WriteError | null, task: Task | null }} Outcome */

/** Fields that take text, by their numbers in `WritableTaskField`. */
export const FIELD = { description: 4, due: 5, completed: 13, name: 21, start: 28 };

/**
 * A session on which tasks are written. @param {SP.ClientContext} context
 * @param {boolean} [isByLocation]
 */
export function openSession(context, isByLocation = false) {
  const manager = new SP.WorkManagement.OM.UserOrderedSessionManager(context);
  const session = isByLocation ? manager.createLocationOrientedSession() : manager.createSession();
  context.load(session);
  return /** @type {Session} */ (session);
}

/** @type {Map<number, Promise<unknown>>} the last write of each task */
const queues = new Map();

/**
 * Do something after what was begun for the same tasks has ended.
 * @template T
 * @param {number[]} ids
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
export function inOrder(ids, run) {
  const before = ids.map((id) => queues.get(id));
  const done = Promise.allSettled(before).then(run);
  for (const id of ids) queues.set(id, done);
  const forget = () => {
    for (const id of ids) if (queues.get(id) === done) queues.delete(id);
  };
  done.then(forget, forget);
  return done;
}

/** Tasks that are written in one request: the server takes 2 MB. */
export const MAX_AT_ONCE = 250;

/**
 * Write tasks in one request, and return what came of each call.
 * @param {number[]} ids
 * @param {(session: Session) => Result[]} act
 * @param {{ isOnce?: boolean }} [options]
 * @returns {Promise<Outcome[]>}
 */
export function writeAll(ids, act, options) {
  return inOrder(ids, () => writeNow(act, options));
}

/**
 * Write each of some tasks, many of them by several requests; returns the errors by task.
 * @param {number[]} ids
 * @param {(session: Session, id: number) => Result[]} act
 * @returns {Promise<Map<number, unknown>>}
 */
export function writeEach(ids, act) {
  return inOrder(ids, async () => {
    /** @type {Map<number, unknown>} */
    const errors = new Map();
    for (let first = 0; first < ids.length; first += MAX_AT_ONCE) {
      const these = ids.slice(first, first + MAX_AT_ONCE);
      try {
        for (const [id, error] of await writeEachNow(these, act)) errors.set(id, error);
      } catch (error) {
        for (const id of these) errors.set(id, error);
      }
    }
    return errors;
  });
}

/**
 * @param {number[]} ids
 * @param {(session: Session, id: number) => Result[]} act
 */
async function writeEachNow(ids, act) {
  /** @type {number[]} for each result, whose it is */
  let owners = [];
  const outcomes = await writeNow((session) => {
    const results = ids.map((id) => act(session, id));
    owners = results.flatMap((some, place) => some.map(() => ids[place] ?? 0));
    return results.flat();
  });
  return outcomes.flatMap(({ error }, place) =>
    error ? [/** @type {[number, WriteError]} */ ([owners[place], error])] : [],
  );
}

/**
 * @param {(session: Session) => Result[]} act
 * @param {{ isOnce?: boolean }} [options]
 */
async function writeNow(act, options) {
  const outcomes = await send((context) => {
    const results = act(openSession(context));
    for (const result of results) {
      loadTask(context, result.get_result());
      context.load(result);
    }
    return () => results.map(readOutcome);
  }, options);
  tellTabs();
  return outcomes;
}

/** @param {Result} result @returns {Outcome} */
function readOutcome(result) {
  const code = result.get_error();
  if (code) return { error: fieldError(code, result.get_errorMessage()), task: null };
  const task = result.get_result();
  return { error: null, task: task.get_serverObjectIsNull() ? null : readTask(task) };
}

/**
 * Write one task; the promise fails with the first `WriteError`.
 * @param {number} id
 * @param {(session: Session) => Result[]} act
 */
export async function writeTask(id, act) {
  const outcomes = await writeAll([id], act);
  for (const { error } of outcomes) if (error) throw error;
  return outcomes.at(-1)?.task ?? null;
}

/**
 * Ask on a session, such as for details of a task.
 * @template T
 * @param {(session: Session, context: SP.ClientContext) => () => T} build
 * @param {boolean} [isByLocation]
 * @returns {Promise<T>}
 */
export function ask(build, isByLocation = false) {
  return send((context) => build(openSession(context, isByLocation), context));
}

/**
 * Do something else to tasks in one request, such as to order them.
 * @template T
 * @param {number[]} ids
 * @param {(session: Session, context: SP.ClientContext) => () => T} build
 * @param {boolean} [isByLocation]
 * @returns {Promise<T>}
 */
export function act(ids, build, isByLocation = false) {
  return inOrder(ids, async () => {
    const answer = await ask(build, isByLocation);
    tellTabs();
    return answer;
  });
}
