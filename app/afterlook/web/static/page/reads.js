// Reading tasks: the query of each list, as views.py has it, and the tasks of its answer.
import { data, now } from "./data.js";
import { toDay } from "./days.js";
import { send } from "./jsom.js";
import { mapInSlices } from "./slices.js";

export const OFF_TIMELINE = "AWIOP_RemoveFromTimeline";

/** What stands for the tasks without a project, among locations. */
export const PERSONAL = -1;

export const DAY = 86_400_000; // milliseconds

const FIELDS =
  "Id, Name, DueDate, IsCompleted, PinAge, IsPersonal, IsReadOnly, LocationId, CustomAttributes";

const OM = () => SP.WorkManagement.OM;

/** Ask for what a row needs of a task. @param {SP.ClientContext} context @param {SP.WorkManagement.OM.Task} task */
export function loadTask(context, task) {
  context.load(task, ...FIELDS.split(", "));
}

/**
 * @param {SP.WorkManagement.OM.Task} task
 * @param {boolean} [isNew]
 * @returns {Task}
 */
export function readTask(task, isNew = false) {
  return {
    id: task.get_id(),
    name: task.get_name() ?? "",
    due: toDay(task.get_dueDate()),
    isCompleted: task.get_isCompleted(),
    isPinned: task.get_pinAge() !== 0,
    isPersonal: task.get_isPersonal(),
    isReadOnly: task.get_isReadOnly(),
    isOnTimeline: !(task.get_customAttributes() ?? []).includes(OFF_TIMELINE),
    isNew,
    location: task.get_locationId(),
  };
}

/**
 * Read lists, each whole and in its order, in one request.
 * @param {string[]} lists such as `active`
 * @param {Wish} wish
 * @param {boolean} isGrouped by project
 * @returns {Promise<Task[][]>}
 */
export async function readLists(lists, wish, isGrouped) {
  const answers = await send((context) => {
    const found = lists.map((list) => askForList(context, list, wish, isGrouped));
    return () => found;
  });
  const read = [];
  for (const answer of answers) read.push(await readTasks(answer));
  return read;
}

/**
 * @param {Answer} answer
 * @returns {Promise<Task[]>}
 */
async function readTasks({ found, fresh, isOpen }) {
  const ids = new Set(isOpen ? await mapInSlices(fresh, (task) => task.get_id()) : []);
  return mapInSlices(found, (task) => readTask(task, ids.has(task.get_id())));
}

/**
 * @typedef {object} Answer about a list
 * @property {SP.WorkManagement.OM.Task[]} found
 * @property {SP.WorkManagement.OM.Task[]} fresh those that are new
 * @property {boolean} isOpen whether its tasks can be new
 */

/**
 * @param {SP.ClientContext} context
 * @param {string} list
 * @param {Wish} wish
 * @param {boolean} isGrouped
 * @returns {Answer} once it has come
 */
function askForList(context, list, wish, isGrouped) {
  const tasks = readSession(
    context,
    makeQuery(context, list, wish),
    makeOrder(context, list, wish),
    isGrouped,
  );
  const found = context.loadQuery(tasks, `Include(${FIELDS})`);
  // No property of a task says that it is new; a query knows.
  const news = makeQuery(context, list, wish);
  news.get_fieldFilter().set_isNewCriterion(truth(context, true));
  const fresh = context.loadQuery(readSession(context, news, null, false), "Include(Id)");
  return { found: asTasks(found), fresh: asTasks(fresh), isOpen: list !== "completed" };
}

/** Ask for all tasks that were changed since a moment. @param {SP.ClientContext} context @param {Date} since */
export function askForChanged(context, since) {
  const query = new (OM().TaskQuery)(context);
  query.set_lastModifiedDateRangeFilter(range(context, since, null));
  const found = context.loadQuery(readSession(context, query, null, false), `Include(${FIELDS})`);
  return () => asTasks(found).map((task) => readTask(task));
}

/** @param {any} found what `loadQuery` returned */
function asTasks(found) {
  return /** @type {SP.WorkManagement.OM.Task[]} */ (found);
}

/**
 * @param {SP.ClientContext} context
 * @param {SP.WorkManagement.OM.TaskQuery} query
 * @param {SP.WorkManagement.OM.OrderInfo | null} order without one it is the user's own
 * @param {boolean} isGrouped
 */
function readSession(context, query, order, isGrouped) {
  if (order) {
    const sorted = new (OM().SortableTaskQuery)(context);
    sorted.set_coreQuery(query);
    sorted.set_order(order);
    return new (OM().SortableSessionManager)(context).createSession().readTasks(sorted);
  }
  const manager = new (OM().UserOrderedSessionManager)(context);
  const session = isGrouped ? manager.createLocationOrientedSession() : manager.createSession();
  return session.readTasks(query);
}

/** Fields that lists are sorted by, and those that a user chooses. @type {Record<string, [number, boolean]>} */
const ORDERS = {
  completed: [17, true],
  upcoming: [5, false],
  recent: [2, true],
};
/** @type {Record<string, number>} */
const SORT_FIELDS = { title: 21, due: 5, added: 2, modified: 17 };

/** @param {SP.ClientContext} context @param {string} list @param {Wish} wish */
function makeOrder(context, list, wish) {
  const chosen = SORT_FIELDS[wish.sort];
  const [field, isDescending] = chosen ? [chosen, wish.descending] : (ORDERS[list] ?? [0, false]);
  if (!field) return null;
  const order = new (OM().OrderInfo)(context);
  order.set_field(field);
  order.set_isDescending(isDescending);
  return order;
}

/**
 * @param {SP.ClientContext} context
 * @param {string} list
 * @param {Wish} wish
 */
function makeQuery(context, list, wish) {
  const query = new (OM().TaskQuery)(context);
  const filter = new (OM().TaskFilter)(context);
  query.set_fieldFilter(filter);
  query.set_keywordFilter(wish.search || null);
  filter.set_completedCriterion(truth(context, list === "completed"));
  if (list === "recent") filter.set_isNewCriterion(truth(context, true));
  if (list === "important") query.set_pinnedFilter(1);
  if (list === "upcoming") {
    query.set_pinnedFilter(2);
    const { LateTasksLimit: late = 0, UpcomingTasksLimit: upcoming = 0 } = data.settings;
    const at = (/** @type {number} */ days) => new Date(now().getTime() + days * DAY);
    const first = late > 0 ? at(-late) : null;
    filter.set_dueDateRangeCriterion(range(context, first, upcoming > 0 ? at(upcoming) : null));
  }
  const months = data.settings.OldTasksLimit ?? 0;
  if (months > 0) {
    const oldest = now();
    oldest.setUTCMonth(oldest.getUTCMonth() - months);
    query.set_lastModifiedDateRangeFilter(range(context, oldest, null));
  }
  setLocations(context, query);
  return query;
}

/** @param {SP.ClientContext} context @param {SP.WorkManagement.OM.TaskQuery} query */
function setLocations(context, query) {
  const keys = data.persisted.FilteredLocationIds;
  if (!keys.length) return;
  const filter = new (OM().LocationFilter)(context);
  filter.set_locationKeys(keys.filter((key) => key !== PERSONAL));
  filter.set_includeUncategorizedTasks(keys.includes(PERSONAL));
  query.set_locationFilter(filter);
}

/** @param {SP.ClientContext} context @param {boolean} isTrue */
function truth(context, isTrue) {
  const criterion = new (OM().BooleanCriterion)(context);
  criterion.set_compareType(isTrue ? 1 : 2);
  return criterion;
}

/** What cannot be said in a request, for other programs may set any limit, is no limit. */
const SAYABLE = { first: Date.UTC(1900, 0), last: Date.UTC(8900, 11, 31) };

/** @param {Date | null} moment */
function orNoLimit(moment) {
  const time = moment?.getTime() ?? Number.NaN;
  return time >= SAYABLE.first && time <= SAYABLE.last ? moment : null;
}

/** @param {SP.ClientContext} context @param {Date | null} from @param {Date | null} to */
function range(context, from, to) {
  const criterion = new (OM().DateRangeCriterion)(context);
  const [first, last] = [from, to].map(orNoLimit);
  for (const moment of [first, last]) if (moment) SP.DataConvert.specifyDateTimeKind(moment, 1);
  if (first) criterion.set_rangeStartValue(first);
  if (last) criterion.set_rangeEndValue(last);
  return criterion;
}
