// The console's script. Its modules are served as one (`assets/modules.py`): names at the top of
// any are names of all.
import { find } from "../../../../assets/scripts/dom.js";
import { Refusal, reasonOf } from "./api.js";
import { startClockPage } from "./clock_page.js";
import { listenToCopying } from "./copying.js";
import { startFaultsPage } from "./faults_page.js";
import { addKeys, listenToKeys } from "./keys.js";
import { startListening } from "./live.js";
import { startMailboxPage } from "./mailbox_page.js";
import { startRequestsPage } from "./requests_page.js";
import { startSnapshotsPage } from "./snapshots_page.js";
import { startState } from "./state.js";
import { focusToast, showToast } from "./toasts.js";
import { startTokensPage } from "./tokens_page.js";

/** What each page begins with, by `data-page` of its body. @type {Record<string, () => void>} */
const STARTS = {
  requests: startRequestsPage,
  mailboxes: startMailboxPage,
  clock: startClockPage,
  faults: startFaultsPage,
  snapshots: startSnapshotsPage,
  tokens: startTokensPage,
};

addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Refusal)) return;
  event.preventDefault();
  showToast(reasonOf(event.reason));
});

const page = document.body.dataset.page ?? "";
listenToCopying();
if (find("#content")) {
  startState();
  STARTS[page]?.();
  if (page !== "requests") startListening();
  addKeys({ keys: ["F6"], words: "To the newest message", run: focusToast });
  listenToKeys();
}
