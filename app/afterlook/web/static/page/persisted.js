// What the page is left with, and opens with: written whole, as the real page does.
import { data } from "./data.js";
import { send, sendAtLast, WriteError } from "./jsom.js";
import { tellTabs } from "./store.js";

/**
 * Keep something; it holds for this page though it is not saved.
 * @param {Partial<PersistedMembers>} [values]
 */
export async function savePersisted(values = {}) {
  Object.assign(data.persisted, values);
  try {
    await send((context) => {
      setPersisted(context);
      return () => true;
    });
    tellTabs();
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
  }
}

/** Keep something as the page goes. @param {Partial<PersistedMembers>} values */
export function savePersistedAtLast(values) {
  Object.assign(data.persisted, values);
  sendAtLast(setPersisted);
}

/** @param {SP.ClientContext} context */
function setPersisted(context) {
  const { PersistedProperties, UserSettingsManager } = SP.WorkManagement.OM;
  const whole = new PersistedProperties(context);
  const { persisted } = data;
  whole.set_filteredLocationIds(persisted.FilteredLocationIds);
  whole.set_groupByProjects(persisted.GroupByProjects);
  whole.set_hasShownMarkAsImportantCallout(persisted.HasShownMarkAsImportantCallout);
  whole.set_hasShownTaskListTooLongNotification(persisted.HasShownTaskListTooLongNotification);
  whole.set_quickLaunchLandingPage(persisted.QuickLaunchLandingPage);
  new UserSettingsManager(context).setPersistedProperties(whole);
}
