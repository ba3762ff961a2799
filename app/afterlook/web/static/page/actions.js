// What can be done to tasks: by the menu of a row, by a key, and to all that are selected.
import { projectName, text } from "./data.js";
import { focusedRow } from "./grid.js";
import { addKeys } from "./keys.js";
import { PERSONAL } from "./reads.js";
import { taskOf } from "./row.js";
import { showToast } from "./toasts.js";

/**
 * @typedef {object} Action
 * @property {string} name
 * @property {number} order in menus
 * @property {(tasks: Task[]) => string} words for a menu
 * @property {string} symbol of the sprite
 * @property {string} [help] the key of its text in the help sheet
 * @property {string[]} [keys] the first one is shown in menus
 * @property {(task: Task) => boolean} [can]
 * @property {boolean} [isMany] whether it takes many tasks at once
 * @property {(tasks: Task[]) => void} run
 */

/** @type {Action[]} */
export const actions = [];

/** @type {() => Task[]} */
let findTargets = () => {
  const task = taskOf(focusedRow());
  return task ? [task] : [];
};

/** Say which tasks keys mean, other than the one that has the focus. @param {() => Task[]} find */
export function setTargets(find) {
  findTargets = find;
}

/** @param {Action} action @param {Task[]} tasks those that are meant */
export function runAction(action, tasks) {
  const able = tasks.filter((task) => action.can?.(task) ?? true);
  if (able.length) action.run(action.isMany ? able : able.slice(0, 1));
  else if (tasks[0]?.isReadOnly) showToast({ words: whyReadOnly(tasks[0]) });
}

/** @param {Task} task */
function whyReadOnly(task) {
  const project = task.location === PERSONAL ? null : projectName(task.location);
  return project ? text("read_only_in", { project }) : text("read_only");
}

/** @param {...Action} more */
export function addActions(...more) {
  for (const action of more) {
    actions.push(action);
    if (!action.keys?.length) continue;
    const run = () => {
      const focused = taskOf(focusedRow());
      runAction(action, action.isMany ? findTargets() : focused ? [focused] : []);
    };
    addKeys({ keys: action.keys, words: action.help ?? action.name, run });
  }
  actions.sort((one, other) => one.order - other.order);
}

/** @param {string} name */
export function actionOf(name) {
  return actions.find((one) => one.name === name);
}
