// Clearing the list, with a way back: the server forgets what was cleared later, and only if
// nothing came since, so that no request of a test is lost.
import { call } from "./api.js";
import { countOf } from "./moments.js";
import { attempt } from "./parts.js";
import { forgetWaiting, lastWaiting } from "./request_queue.js";
import { exchanges, removeExchanges } from "./request_rows.js";
import { reloadRequests, showWhetherEmpty } from "./requests_page.js";
import { showToast } from "./toasts.js";

const CLEARED_KEY = "afterlook.cleared";

let cleared = readCleared();

/** The number of the last request that was cleared: the list begins behind it. */
export function clearedUntil() {
  return cleared;
}

export function clearRequests() {
  const waiting = lastWaiting();
  const last = Math.max(waiting.last, ...exchanges.keys());
  const before = cleared;
  if (last <= before) return;
  const count = exchanges.size + waiting.count;
  setCleared(last);
  removeExchanges(() => true);
  forgetWaiting(() => true);
  showWhetherEmpty();
  showToast(`Cleared ${countOf(count, "request")}.`, {
    label: "Undo",
    run: () => {
      setCleared(before);
      void reloadRequests();
    },
    closed: (wasUndone) => {
      if (!wasUndone) void attempt(forgetCleared);
    },
  });
}

async function forgetCleared() {
  const { last } = await call("journal", { limit: 1 });
  if (last === cleared) await call("journal clear");
}

function readCleared() {
  try {
    return Number(sessionStorage.getItem(CLEARED_KEY) ?? 0);
  } catch (_refused) {
    return 0;
  }
}

/** A server that begins anew counts from 1. @param {number} last */
export function boundCleared(last) {
  if (cleared > last) setCleared(0);
}

/** @param {number} until */
function setCleared(until) {
  cleared = until;
  try {
    sessionStorage.setItem(CLEARED_KEY, `${until}`);
  } catch (_refused) {
    // It holds for this page.
  }
}
