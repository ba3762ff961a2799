// Projects: rows in groups of them, and tasks of the user's own moved from one to another.

import { find } from "../../../assets/scripts/dom.js";
import { addActions } from "./actions.js";
import { data, projectName, text } from "./data.js";
import { forgetFailure, showFailure } from "./failures.js";
import { fieldError } from "./jsom.js";
import { addKeys } from "./keys.js";
import { reload } from "./list.js";
import { isGrouped, lists } from "./lists.js";
import { openMenu } from "./menu.js";
import { savePersisted } from "./persisted.js";
import { PERSONAL } from "./reads.js";
import { drawRow, rows, taskOf } from "./row.js";
import { change } from "./store.js";
import { offerUndo } from "./undo.js";
import { act } from "./writes.js";

const NO_SUCH_PROJECT = 6; // WriteFieldErrorType

/** @param {Task} task */
function canMove(task) {
  return task.isPersonal && !task.isReadOnly && data.locations.some((one) => one.Important);
}

/**
 * Move tasks of the user's own to a project, or out of any.
 * @param {Task[]} these
 * @param {number} location
 */
export async function moveToProject(these, location) {
  const moved = these.filter((task) => task.location !== location);
  if (!moved.length) return;
  const done = await writeLocations(new Map(moved.map((task) => [task.id, location])), moved);
  if (!done.length) return;
  const project = projectName(location) ?? text("personal");
  const [{ name = "" } = {}] = done;
  const count = done.length;
  const words =
    count === 1 ? text("moved_to", { name, project }) : text("moved_many_to", { count, project });
  offerUndo(words, async () => {
    const old = new Map(done.map((task) => [task.id, task.location]));
    await writeLocations(
      old,
      done.map((task) => ({ ...task, location })),
    );
  });
}

/**
 * Show tasks in their new projects, and write that; returns those that were moved.
 * @param {Map<number, number>} places  by the task's id
 * @param {Task[]} these  as they were
 */
async function writeLocations(places, these) {
  const ids = [...places.keys()];
  for (const [id, location] of places) {
    forgetFailure(id);
    change(id, { location });
  }
  /** @type {unknown[]} */
  let errors = [];
  try {
    errors = await sendLocations(places);
  } catch (error) {
    errors = ids.map(() => error);
  }
  for (const [index, { id, location }] of these.entries()) {
    if (errors[index]) change(id, { location });
  }
  const isElsewhere =
    [...lists.values()].some(isGrouped) || data.persisted.FilteredLocationIds.length;
  if (isElsewhere) await reload();
  for (const [index, id] of ids.entries()) if (errors[index]) showFailure(id, errors[index]);
  return these.filter((_, index) => !errors[index]);
}

/** @param {Map<number, number>} places */
function sendLocations(places) {
  return act(
    [...places.keys()],
    (session) => {
      const answers = Array.from(places, ([id, location]) =>
        session.movePersonalTaskToLocation(id, location),
      );
      return () => answers.map((one) => (one.get_value() ? null : fieldError(NO_SUCH_PROJECT)));
    },
    true,
  );
}

/** Choose a project from a menu. @param {Task[]} these */
function chooseProject(these) {
  const [first] = these;
  const row = first && rows.get(first.id);
  const bar = find("#selection button[data-action=move]");
  const anchor = bar ?? (row && find(".c-more button", row));
  if (!anchor) return;
  const projects = [
    { Id: PERSONAL, Name: text("personal") },
    ...data.locations.filter((one) => one.Important && one.Id > 0),
  ];
  const items = projects.map(({ Id, Name }) => ({
    words: Name,
    symbol: these.every((task) => task.location === Id) ? "done" : "project",
    run: () => void moveToProject(these, Id),
  }));
  openMenu(anchor, items, text("move_to"));
}

/** Rows name their projects, where no head does. */
export function drawProjects() {
  for (const row of rows.values()) {
    const task = taskOf(row);
    if (task) drawRow(row, task);
  }
}

/** Rows in groups of their projects, or not. */
async function toggleGroups() {
  const GroupByProjects = !data.persisted.GroupByProjects;
  const group = find("#group-button");
  group?.setAttribute("aria-pressed", `${GroupByProjects}`);
  await savePersisted({ GroupByProjects });
  await reload(true);
  drawProjects();
}

export function startGroups() {
  addActions({
    name: "move",
    order: 70,
    words: () => `${text("move_to")}…`,
    symbol: "project",
    keys: ["m"],
    can: canMove,
    isMany: true,
    run: chooseProject,
  });
  const group = find("#group-button");
  if (!group) return;
  group.addEventListener("click", () => void toggleGroups());
  addKeys({ keys: ["p"], words: "group", run: () => void toggleGroups() });
}
