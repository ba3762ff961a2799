// How many tasks each view has: as the server counted, and then as tasks change.

import { find, findAll, findChild } from "../../../assets/scripts/dom.js";
import { countTasks, data, now } from "./data.js";
import { held, lists, wish } from "./lists.js";
import { DAY } from "./reads.js";
import { tasks } from "./store.js";

/** @typedef {import("./lists.js").List} List */

/** Which views a task is in. @param {Task} task */
function viewsOf(task) {
  if (task.isCompleted) return ["completed"];
  const views = ["active"];
  if (task.isNew) views.push("recent");
  if (task.isPinned || isNear(task.due)) views.push("highlights");
  return views;
}

/** @param {Day | null} due */
function isNear(due) {
  const { LateTasksLimit: late = 0, UpcomingTasksLimit: upcoming = 0 } = data.settings;
  if (!due) return late <= 0 && upcoming <= 0;
  const days = (Date.parse(due) - now().getTime()) / DAY;
  return (late <= 0 || days >= -late) && (upcoming <= 0 || days <= upcoming);
}

/** A task became another one, came (without `before`), or went (without `after`). @param {Task | null} before @param {Task | null} after */
export function addToCounts(before, after) {
  const were = new Set(before ? viewsOf(before) : []);
  const are = new Set(after ? viewsOf(after) : []);
  for (const view of were) if (!are.has(view)) addTo(view, -1);
  for (const view of are) if (!were.has(view)) addTo(view, 1);
}

/** @param {string} view */
function counterOf(view) {
  return find(`.views [data-count="${view}"]`);
}

/** @param {string} view @param {number} more */
function addTo(view, more) {
  const counter = counterOf(view);
  if (counter) writeCounter(counter, Math.max(readCounter(counter) + more, 0));
}

/** @param {HTMLElement} counter */
function readCounter(counter) {
  return Number(counter.textContent?.replace(/\D/g, "") ?? 0);
}

/** @param {HTMLElement} counter @param {number} count */
function writeCounter(counter, count) {
  counter.textContent = count.toLocaleString("en-US");
}

/** Take over how many tasks the server counts; what waits here counts as done. @param {Document} page */
export function takeCounts(page) {
  for (const counter of findAll(".views [data-count]")) {
    const fresh = find(`.views [data-count="${counter.dataset.count}"]`, page);
    if (fresh) counter.textContent = fresh.textContent;
  }
  for (const [id, values] of held) {
    const task = tasks.get(id);
    if (!task) continue;
    if (values === "gone") addToCounts(task, null);
    else addToCounts({ ...task, isCompleted: !values.isCompleted }, task);
  }
}

/** How many tasks a list has, by its own rows. @param {List} list */
export function setCount({ section, total }) {
  const title = findChild("h2", section);
  const heading = title && find(".count", title);
  if (heading) writeCounter(heading, total);
  const whole = find("#view-total");
  if (whole) whole.textContent = countTasks(total);
  const counter = counterOf(data.view);
  if (!counter || wish.search) return;
  writeCounter(counter, [...lists.values()].reduce((sum, list) => sum + list.total, 0) || total);
}
