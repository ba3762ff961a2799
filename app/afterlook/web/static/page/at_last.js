// What waits when the page goes is sent with it, in one request: what a person did is done. The page
// that comes next may have been read before the server had it, and reads until it sees it.
import { readAnewSoon } from "./anew.js";
import { forgetMarked, sendMarked, setCompleted } from "./complete.js";
import { data } from "./data.js";
import { keepInTab, takeFromTab } from "./handover.js";
import { sendAtLast } from "./jsom.js";
import { reload } from "./list.js";
import { held } from "./lists.js";
import { forgetDeletions, sendAllDeletions } from "./remove.js";
import { rows } from "./row.js";
import { openSession } from "./writes.js";

const SENT = `afterlook.sent:${data.context.webServerRelativeUrl}`;

/** Tasks that can be written when the page goes: a browser takes 64 KB of all such requests. */
const MAX_AT_LAST = 100;

/** Milliseconds between readings, until what was sent is seen. */
const LOOKED_AFTER = [300, 1000, 3000];

/** Send what is held back, be it under way: to write it twice does no harm. @param {Event} event */
export function sendHeldAtLast(event) {
  if (held.size > MAX_AT_LAST) {
    sendMarked();
    sendAllDeletions();
    event.preventDefault(); // It needs the page until it is sent: the browser asks whether to leave.
    return;
  }
  if (!held.size) return;
  sendAtLast((context) => {
    const session = openSession(context);
    for (const [id, values] of held) {
      if (values === "gone") session.deleteTask(id);
      else setCompleted(session, id, values.isCompleted);
    }
  });
  keepInTab(SENT, [...held]);
  forgetMarked();
  forgetDeletions();
  held.clear();
}

/** Read again until this page shows what the one before it sent. */
export async function followSentAtLast() {
  /** @type {[number, Partial<Task> | "gone"][] | null} */
  const sent = takeFromTab(SENT);
  if (!sent) return;
  for (const pause of LOOKED_AFTER) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    await reload();
    if (sent.every(isSeen)) break;
  }
  readAnewSoon();
}

/** @param {[number, Partial<Task> | "gone"]} entry */
function isSeen([id, values]) {
  const isHere = values !== "gone" && (data.view === "completed") === values.isCompleted;
  return rows.has(id) === isHere;
}
