// What a refresh asks the server: to begin one, how it goes, what came of it.
import { send, WriteError } from "./jsom.js";
import { toMoment } from "./moments.js";
import { tell } from "./store.js";
import { openSession } from "./writes.js";

/** @typedef {import("./problems.js").ProviderProblem} ProviderProblem */
/** @typedef {{ at: Date | null, newTasks: number, problems: ProviderProblem[] }} Health */

/**
 * Read one task anew, after it was edited where it comes from; then only it can have changed.
 * @param {number} id
 */
export async function refreshOneTask(id) {
  try {
    await send((context) => {
      const result = openSession(context).refreshSingleTask(id);
      context.load(result, "RefreshState");
      return () => result.get_refreshState();
    });
    tell("reload", {});
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
  }
}

/** @returns {Promise<number>} */
export function beginRefresh() {
  return send((context) => {
    const job = openSession(context).beginCacheRefresh();
    context.load(job);
    return () => job.get_currentJobId();
  });
}

/**
 * @param {number} job
 * @returns {Promise<number>}
 */
export function readState(job) {
  return send((context) => {
    const status = openSession(context).getRefreshStatus(job);
    context.load(status, "AggregatorRefreshState");
    return () => status.get_aggregatorRefreshState();
  });
}

/** @returns {Promise<Health>} */
export function readHealth() {
  return send((context) => {
    const health = openSession(context).getRefreshHealthInfo();
    context.load(health);
    context.load(health.get_providerErrors());
    return () => ({
      at: toMoment(health.get_latestRefreshTime()),
      newTasks: health.get_newTasks(),
      problems: readProblems(health.get_providerErrors()),
    });
  });
}

/**
 * @param {SP.WorkManagement.OM.ProviderErrorInfoClientCollection} errors
 * @returns {ProviderProblem[]}
 */
function readProblems(errors) {
  return Array.from({ length: errors.get_count() }, (_, index) => {
    const error = errors.get_item(index);
    return {
      name: error.get_localizedName(),
      last: toMoment(error.get_lastSuccessfulRefresh()),
      correlation: error.get_correlationId(),
    };
  });
}

/** Projects come with the tasks that are assigned in them. @returns {Promise<Project[]>} */
export function readLocations() {
  return send((context) => {
    const found = new SP.WorkManagement.OM.UserSettingsManager(context).getAllLocations();
    context.load(found);
    return () =>
      Array.from({ length: found.get_count() }, (_, index) => {
        const one = found.get_item(index);
        return {
          Id: one.get_id(),
          Name: one.get_name(),
          ParentId: one.get_parentId(),
          Color: one.get_color(),
          Important: one.get_important(),
        };
      });
  });
}
