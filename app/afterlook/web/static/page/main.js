// The script of the My Tasks page: it takes over what the server wrote, and lives on
// SP.WorkManagement.OM, the library that users program against.
//
// Its modules are served as one (`assets/modules.py`): names at the top of any are names of all, so
// each is there once, and imports rename nothing.
import { data } from "./data.js";
import { listenToTabs } from "./store.js";

/** What each page begins with, by `data-view` of its body. @type {Record<string, () => void>} */
const PAGES = {};

listenToTabs();
PAGES[data.view]?.();
