// Making tasks: in one request, and once, though the server may not answer in between.
import { addToCounts } from "./counts.js";
import { data, now } from "./data.js";
import { drawOnTop } from "./draw.js";
import { send, WriteError } from "./jsom.js";
import { reload } from "./list.js";
import { newTasksList, wish } from "./lists.js";
import { askForChanged, PERSONAL } from "./reads.js";
import { tasks } from "./store.js";
import { waitForServer } from "./waiting.js";
import { writeAll } from "./writes.js";

/** @typedef {{ name: string, due: Day | null, typed: string }} Draft */

const CLOCKS_DIFFER = 10_000; // milliseconds

/**
 * Make tasks; returns what came of each, in their order. Without an answer nobody knows whether
 * they are there: before they are sent again, those are looked for that are.
 * @param {Draft[]} drafts
 * @returns {Promise<(WriteError | null)[]>}
 */
export async function createTasks(drafts) {
  const since = new Date(now().getTime() - CLOCKS_DIFFER);
  /** @type {(WriteError | null)[]} */
  const errors = drafts.map(() => null);
  /** @type {Task[]} */
  const made = [];
  let left = drafts.map((_, place) => place);
  for (let attempt = 0; left.length; attempt++) {
    try {
      if (attempt > 0) left = await dropMade(drafts, left, since, made);
      if (!left.length) break;
      const outcomes = await sendDrafts(left.map((place) => /** @type {Draft} */ (drafts[place])));
      for (const [at, { error, task }] of outcomes.entries()) {
        errors[left[at] ?? 0] = error;
        if (task) made.push({ ...task, isNew: isNewForAWhile() });
      }
      break;
    } catch (error) {
      if (!(error instanceof WriteError) || error.kind !== "away") throw error;
      await waitForServer(attempt);
    }
  }
  await showTasks(made);
  return errors;
}

/**
 * Find which drafts were made though nobody heard of it; returns the places of the others.
 * @param {Draft[]} drafts
 * @param {number[]} left
 * @param {Date} since
 * @param {Task[]} made gets what is found
 */
async function dropMade(drafts, left, since, made) {
  const found = await send((context) => askForChanged(context, since), { isOnce: true });
  return left.filter((place) => {
    const at = found.findIndex((task) => isOf(task, /** @type {Draft} */ (drafts[place])));
    if (at >= 0) made.push(...found.splice(at, 1));
    return at < 0;
  });
}

/** @param {Task} task @param {Draft} draft */
function isOf(task, draft) {
  return !tasks.has(task.id) && task.name === draft.name && task.due === draft.due;
}

function isNewForAWhile() {
  return (data.settings.DaysATaskIsConsideredNewTask ?? 0) > 0;
}

/** @param {Draft[]} drafts */
function sendDrafts(drafts) {
  const isPinned = data.view === "highlights";
  const make = (/** @type {import("./writes.js").Session} */ session) =>
    drafts.map(({ name, due }) =>
      session.createTask(name, null, null, due, false, isPinned, PERSONAL, null),
    );
  return writeAll([], make, { isOnce: true });
}

/** Show new tasks, the last one first, as the server orders them. @param {Task[]} made */
async function showTasks(made) {
  for (const task of made) {
    tasks.set(task.id, task);
    addToCounts(null, task);
  }
  const list = newTasksList();
  const isPlain = list && !wish.search && !wish.sort && !data.persisted.GroupByProjects;
  if (!isPlain || data.persisted.FilteredLocationIds.length) {
    await reload();
    return;
  }
  const ids = made.map((task) => task.id).reverse();
  list.order?.unshift(...ids);
  list.total += ids.length;
  drawOnTop(list, ids);
}
