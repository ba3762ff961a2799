// What only the server makes of all tasks, the timeline and how many each view has: asked for anew
// after something was saved, here or in another tab, once it is calm.

import { find } from "../../../assets/scripts/dom.js";
import { takeCounts } from "./counts.js";
import { data } from "./data.js";
import { dataOf, readPage } from "./read_page.js";
import { listenToSaves, on } from "./store.js";
import { drawTimeline } from "./timeline.js";

const CALM = 600; // milliseconds without another change

let calming = 0;

export function readAnewSoon() {
  clearTimeout(calming);
  calming = setTimeout(() => void readAnew(), CALM);
}

async function readAnew() {
  const page = await readPage(location.href).catch(() => null);
  if (!page) return;
  drawTimeline(page);
  takeCounts(page);
}

/** Follow what is saved. Counts are known of what this tab saves; the timeline is not. */
export function followSaved() {
  on("reload", readAnewSoon);
  if (find("section.timeline")) listenToSaves(readAnewSoon);
}

/** Take over what was saved as settings. */
export async function takeSettings() {
  const page = await readPage(location.href).catch(() => null);
  if (!page) return;
  const { settings, locations } = dataOf(page);
  Object.assign(data, { settings, locations });
  drawTimeline(page);
  takeCounts(page);
}
