// What the user left the page with: always written whole, as the server's own page does.
import { data } from "./data.js";
import { send } from "./jsom.js";

/** Write what `data.persisted` says now. */
export function savePersisted() {
  const values = data.persisted;
  return send((context) => {
    const om = SP.WorkManagement.OM;
    const written = new om.PersistedProperties(context);
    written.set_filteredLocationIds(values.FilteredLocationIds);
    written.set_groupByProjects(values.GroupByProjects);
    written.set_hasShownMarkAsImportantCallout(values.HasShownMarkAsImportantCallout);
    written.set_hasShownTaskListTooLongNotification(values.HasShownTaskListTooLongNotification);
    written.set_quickLaunchLandingPage(values.QuickLaunchLandingPage);
    new om.UserSettingsManager(context).setPersistedProperties(written);
    return () => {};
  });
}
