// Reading the sources of tasks anew: once when a page opens, and when its user asks for it.
//
// The server reads each user's sources every five minutes at most; it says so by a job without a
// number. How a refresh goes is asked for every 2.5 s, one question at a time.

import { find } from "../../../assets/scripts/dom.js";
import { readAnewSoon } from "./anew.js";
import { announce } from "./announce.js";
import { data, now, text } from "./data.js";
import { drawProjects } from "./groups.js";
import { WriteError } from "./jsom.js";
import { reload } from "./list.js";
import { writeMoment } from "./moments.js";
import { showProblems } from "./problems.js";
import {
  beginRefresh,
  readHealth,
  readLocations,
  readState,
  refreshOneTask,
} from "./refresh_reads.js";
import { showToast } from "./toasts.js";

const PAUSE_OF_REFRESH = 2500; // milliseconds
const THROTTLED_FOR = 5 * 60_000;
const IGNORED_JOB = -1;
const REFRESHED = { pending: 1, ignored: 2, succeeded: 3, failed: 4 };

let isRefreshing = false;

/** Refresh now, and whenever the button is pressed. */
export function startRefreshing() {
  const refresh = find("#refresh-button");
  if (!refresh) return;
  refresh.addEventListener("click", () => void refreshTasks(true));
  const edited = Number(new URLSearchParams(location.search).get("aggregatorKey"));
  if (edited > 0) void refreshOneTask(edited);
  else void refreshTasks(false);
}

/**
 * Refresh, and show how it went. What was asked for by nobody says nothing where it was too soon.
 * @param {boolean} isWanted
 */
export async function refreshTasks(isWanted) {
  if (isRefreshing) return;
  isRefreshing = true;
  showRefreshing(isWanted);
  try {
    const job = await beginRefresh();
    if (job === IGNORED_JOB) await sayWhenAgain(isWanted);
    else await followRefresh(job, isWanted);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    if (isWanted) showToast({ words: error.message });
  } finally {
    isRefreshing = false;
    hideRefreshing();
  }
}

/**
 * @param {number} job
 * @param {boolean} isWanted
 */
async function followRefresh(job, isWanted) {
  let state = await readState(job);
  while (state === REFRESHED.pending) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_OF_REFRESH));
    state = await readState(job);
  }
  if (state === REFRESHED.ignored) return;
  const health = await readHealth();
  showUpdated(health.at);
  showProblems(health.problems);
  // Where one source failed, others may have brought something all the same.
  if (state === REFRESHED.succeeded || health.newTasks > 0) {
    data.locations = await readLocations();
    await reload();
    if (health.newTasks) readAnewSoon();
    drawProjects();
  }
  sayNewTasks(health.newTasks);
  if (isWanted) announce(find("#updated")?.textContent ?? "");
}

/** @param {boolean} isWanted */
function showRefreshing(isWanted) {
  const refresh = find("#refresh-button");
  refresh?.setAttribute("aria-disabled", "true");
  refresh?.classList.add("busy");
  const updated = find("#updated");
  if (!updated) return;
  updated.dataset.before ??= updated.textContent ?? "";
  updated.textContent = text("refreshing");
  if (isWanted) announce(text("refreshing"));
}

function hideRefreshing() {
  const refresh = find("#refresh-button");
  refresh?.removeAttribute("aria-disabled");
  refresh?.classList.remove("busy");
  const updated = find("#updated");
  if (updated?.textContent === text("refreshing"))
    updated.textContent = updated.dataset.before ?? "";
  if (updated) delete updated.dataset.before;
}

/** @param {Date | null} at */
function showUpdated(at) {
  const updated = find("#updated");
  if (!updated || !at) return;
  updated.textContent = text("updated_at", { time: writeMoment(at) });
}

/** @param {boolean} isWanted */
async function sayWhenAgain(isWanted) {
  if (!isWanted) return;
  const { at } = await readHealth();
  showUpdated(at);
  const left = at ? at.getTime() + THROTTLED_FOR - now().getTime() : THROTTLED_FOR;
  const minutes = Math.min(Math.max(Math.ceil(left / 60_000), 1), THROTTLED_FOR / 60_000);
  const again = text("read_again_in", { minutes });
  showToast({ words: `${find("#updated")?.textContent ?? ""}. ${again}.` });
}

/** @param {number} count */
function sayNewTasks(count) {
  if (count < 1) return;
  const words = count === 1 ? text("new_task") : text("new_tasks", { count });
  const show = () => location.assign(`${data.context.webServerRelativeUrl}/RecentlyAssigned.aspx`);
  if (data.view === "recent") showToast({ words });
  else showToast({ words, label: text("show"), run: show, time: 12_000 });
}
