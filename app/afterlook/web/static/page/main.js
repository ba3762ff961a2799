// The script of the My Tasks page: it takes over what the server wrote, and lives on
// SP.WorkManagement.OM, the library that users program against.
//
// Its modules are served as one (`assets/modules.py`): names at the top of any are names of all, so
// each is there once, and imports rename nothing.
import { data } from "./data.js";
import { sentenceOf } from "./failures.js";
import { startTaskPage } from "./forms.js";
import { showHelp, startHelp } from "./help.js";
import { WriteError } from "./jsom.js";
import { addKeys, listenToKeys } from "./keys.js";
import { focusSearch } from "./search.js";
import { startSettingsPage } from "./settings.js";
import { listenToTabs } from "./store.js";
import { startSync } from "./sync.js";
import { showToast, switchToToasts } from "./toasts.js";
import { undoLast } from "./undo.js";
import { startView } from "./view.js";
import { startViewKeys } from "./view_keys.js";
import { startViewParts } from "./view_parts.js";

function startWholeView() {
  startView();
  startViewParts();
}

/** What each page begins with, by `data-view` of its body. @type {Record<string, () => void>} */
const STARTS = {
  highlights: startWholeView,
  active: startWholeView,
  completed: startWholeView,
  recent: startWholeView,
  edit: startTaskPage,
  new: startTaskPage,
  settings: startSettingsPage,
  sync: startSync,
};

// What nobody else says, such as why a list could not be read again.
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof WriteError)) return;
  event.preventDefault();
  showToast({ words: sentenceOf(event.reason) });
});

STARTS[data.view]?.();
addKeys(
  { keys: ["/"], words: "search", scope: "page", run: focusSearch },
  { keys: ["Ctrl+z"], words: "undo", scope: "page", run: undoLast },
  { keys: ["F6"], words: "messages", scope: "page", run: switchToToasts },
  { keys: ["?"], words: "help", scope: "page", run: showHelp },
);
startViewKeys();
startHelp();
listenToKeys();
listenToTabs();
