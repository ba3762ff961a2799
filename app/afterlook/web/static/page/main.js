// The script of the My Tasks page: it takes over what the server wrote, and lives on
// SP.WorkManagement.OM, the library that users program against.
//
// Its modules are served as one (`assets/modules.py`): names at the top of any are names of all, so
// each is there once, and imports rename nothing.
import { data } from "./data.js";
import { startTaskPage } from "./forms.js";
import { listenToKeys } from "./keys.js";
import { adoptLists } from "./list.js";
import { startSettings } from "./settings.js";
import { listenToTabs } from "./store.js";
import { startSync } from "./sync.js";
import { startViewKeys } from "./view_keys.js";
import { startViewParts } from "./view_parts.js";

function startView() {
  adoptLists();
  startViewParts();
}

/** What each page begins with, by `data-view` of its body. @type {Record<string, () => void>} */
const PAGES = {
  highlights: startView,
  active: startView,
  completed: startView,
  recent: startView,
  edit: startTaskPage,
  new: startTaskPage,
  settings: startSettings,
  sync: startSync,
};

PAGES[data.view]?.();
startViewKeys();
listenToKeys();
listenToTabs();
