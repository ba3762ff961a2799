// Which projects lists show: kept by the server, for the next visit as well.

import { find } from "../../../assets/scripts/dom.js";
import { data, text } from "./data.js";
import { sentenceOf } from "./failures.js";
import { openMenu } from "./menu.js";
import { savePersisted } from "./persisted.js";
import { PERSONAL } from "./reads.js";
import { showWish } from "./sort.js";
import { on } from "./store.js";
import { showToast } from "./toasts.js";

/** @param {number[]} ids of locations; none means all */
async function setFilter(ids) {
  const before = data.persisted.FilteredLocationIds;
  data.persisted.FilteredLocationIds = ids;
  find("#filter-button")?.toggleAttribute("data-on", ids.length > 0);
  try {
    await savePersisted();
  } catch (error) {
    data.persisted.FilteredLocationIds = before;
    find("#filter-button")?.toggleAttribute("data-on", before.length > 0);
    showToast({ words: sentenceOf(error) });
    return;
  }
  await showWish();
}

export function openFilter() {
  const anchor = find("#filter-button");
  if (!anchor) return;
  const chosen = new Set(data.persisted.FilteredLocationIds);
  const places = [
    { Id: PERSONAL, Name: text("personal") },
    ...data.locations.filter((one) => one.Important && one.Id !== PERSONAL),
  ];
  const boxes = places.map(({ Id, Name }) => ({
    words: Name,
    isChecked: chosen.has(Id),
    run() {
      if (!chosen.delete(Id)) chosen.add(Id);
      setFilter([...chosen]);
    },
  }));
  const all = { words: text("clear_filter"), symbol: "filter", run: () => setFilter([]) };
  openMenu(anchor, [all, ...boxes], text("filter"));
}

export function startFilter() {
  find("#filter-button")?.addEventListener("click", openFilter);
  on("filter", ({ ids }) => setFilter(ids));
}
