// The script of the My Tasks page: it takes over what the server wrote, and lives on
// SP.WorkManagement.OM, the library that users program against.
//
// Its modules are served as one (`assets/modules.py`): names at the top of any are names of all, so
// each is there once, and imports rename nothing.
import { data } from "./data.js";
import { startTaskPage } from "./forms.js";
import { startRefreshing } from "./refresh.js";
import { startSettings } from "./settings.js";
import { listenToTabs } from "./store.js";
import { startSync } from "./sync.js";
import { startTimeline } from "./timeline.js";

/** What each page begins with, by `data-view` of its body. @type {Record<string, () => void>} */
const PAGES = {
  edit: startTaskPage,
  new: startTaskPage,
  settings: startSettings,
  sync: startSync,
};

listenToTabs();
PAGES[data.view]?.();
startTimeline();
startRefreshing();
