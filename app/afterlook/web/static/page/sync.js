// Sync to Outlook: on or off, and how the last run went.

import { find } from "../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { text } from "./data.js";
import { send, WriteError } from "./jsom.js";
import { toMoment, writeMoment } from "./moments.js";

const PAUSE_OF_SYNC = 2500; // milliseconds

/** Results of opting in that leave the tasks synchronised, or about to be. */
const OPTED_IN = [1, 5, 6];

/** Those that trying again does not help: this server, or this mailbox, has nothing to sync with. */
const UNAVAILABLE = [4, 7, 8, 9, 10, 11, 12];

/** @typedef {{ isOn: boolean, isPending: boolean, ended: Date | null, result: number }} SyncState */

const SYNCED = 1;
const PARTLY = 6;

export function startSync() {
  const toggle = find("#sync-button");
  if (!toggle) return;
  const { on: wasOn, pending } = find("#sync")?.dataset ?? {};
  let isOn = wasOn === "true";
  toggle.addEventListener("click", () => void change());
  if (pending === "true") void follow();

  async function change() {
    if (toggle?.getAttribute("aria-disabled")) return;
    toggle?.setAttribute("aria-disabled", "true");
    showSyncError("");
    try {
      const refusal = await (isOn ? optOut() : optIn());
      if (refusal === null) await follow();
      else refuse(refusal);
    } catch (error) {
      failSync(error);
    } finally {
      if (toggle?.dataset.unavailable === undefined) toggle?.removeAttribute("aria-disabled");
    }
  }

  /** Show how it stands, until no run is under way. */
  async function follow() {
    try {
      let state = await readSync();
      showSync(state);
      while (state.isPending && toggle?.isConnected) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_OF_SYNC));
        state = await readSync();
        showSync(state);
      }
      isOn = state.isOn;
    } catch (error) {
      failSync(error);
    }
  }

  /** @param {number} code */
  function refuse(code) {
    if (!UNAVAILABLE.includes(code)) {
      showSyncError(text("sync_refused"));
      return;
    }
    if (toggle) toggle.dataset.unavailable = "";
    const state = find("#sync-state");
    if (state) state.textContent = text("sync_unavailable");
    announce(text("sync_unavailable"));
  }
}

/** @param {unknown} error */
function failSync(error) {
  if (!(error instanceof WriteError)) throw error;
  const id = error.correlation && ` ${text("correlation", { id: error.correlation })}`;
  showSyncError(`${error.message}${id}`);
}

/** @param {string} words */
function showSyncError(words) {
  const place = find("#sync-error");
  if (place) place.textContent = words;
}

/** @returns {Promise<number | null>} what refused it */
function optIn() {
  return send((context) => {
    const result = new SP.WorkManagement.OM.UserSettingsManager(context).optIntoExchangeSync();
    return () => (OPTED_IN.includes(result.get_value()) ? null : result.get_value());
  });
}

/** @returns {Promise<number | null>} */
function optOut() {
  return send((context) => {
    const result = new SP.WorkManagement.OM.UserSettingsManager(context).optOutOfExchangeSync();
    return () => (result.get_value() ? null : 0);
  });
}

/** @returns {Promise<SyncState>} */
function readSync() {
  return send((context) => {
    const manager = new SP.WorkManagement.OM.UserSettingsManager(context);
    const info = manager.getExchangeSyncInfo();
    context.load(info);
    const isPending = manager.isExchangeJobPending();
    return () => ({
      isOn: info.get_isOptedIn(),
      isPending: isPending.get_value(),
      ended: toMoment(info.get_lastEndTime()),
      result: info.get_lastSyncResult(),
    });
  });
}

/** @param {SyncState} state */
function showSync({ isOn, isPending, ended, result }) {
  const say = (/** @type {string} */ selector, /** @type {string} */ words) => {
    const place = find(selector);
    if (place && place.textContent !== words) place.textContent = words;
  };
  const state = text(isOn ? (isPending ? "sync_pending" : "sync_on") : "sync_off");
  if (find("#sync-state")?.textContent !== state) announce(state);
  say("#sync-state", state);
  say("#sync-what", text(isOn ? "sync_will_stop" : "sync_will"));
  say("#sync-button", text(isOn ? "sync_stop" : "sync_start"));
  say("#sync-last", ended ? text("sync_last", { time: writeMoment(ended) }) : text("sync_never"));
  const problem = result > SYNCED ? text(result === PARTLY ? "sync_partly" : "sync_failed") : "";
  say("#sync-problem", problem);
  const notice = find("#sync-problem")?.closest(".notice");
  if (notice instanceof HTMLElement) notice.hidden = !problem;
}
