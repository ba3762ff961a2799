// Waiting for the server: a bar after 0.4 s, a sentence after 10 s, and what is said while it is away.

import { button, find, make } from "../../../assets/scripts/dom.js";
import { announce, warn } from "./announce.js";
import { text } from "./data.js";

const QUICK = 400; // milliseconds
const LONG = 10_000;
const PAUSES = [1000, 2000, 5000, 10_000];

let count = 0;
/** @type {number[]} */
let timers = [];

/** A request was sent. */
export function beginWaiting() {
  if (count++ > 0) return;
  timers = [setTimeout(showBar, QUICK), setTimeout(saySo, LONG)];
}

/** A request has ended. @param {boolean} isAnswered */
export function endWaiting(isAnswered) {
  if (isAnswered) find("#away")?.remove();
  if (--count > 0) return;
  timers.forEach(clearTimeout);
  find("#waiting")?.remove();
}

function showBar() {
  document.body.append(make("div", { id: "waiting", "aria-hidden": "true" }));
}

function saySo() {
  find("#waiting")?.append(make("span", { text: text("still_waiting") }));
  announce(text("still_waiting"));
}

/** @type {Set<() => void>} what goes on with each request that waits */
const resumers = new Set();

function goOn() {
  for (const resume of [...resumers]) resume();
}

/**
 * Wait until a request may be sent again: for a while that grows, or until its user says so.
 * @param {number} attempt from 0
 * @returns {Promise<void>}
 */
export function waitForServer(attempt) {
  showAway();
  return new Promise((resolve) => {
    const resume = () => {
      clearTimeout(timer);
      resumers.delete(resume);
      resolve();
    };
    const timer = setTimeout(resume, PAUSES[Math.min(attempt, PAUSES.length - 1)]);
    resumers.add(resume);
  });
}

function showAway() {
  if (find("#away")) return;
  const words = text("server_away");
  const notice = make("div", { id: "away", class: "notice warning" });
  notice.append(make("span", { text: words }), button(text("try_again"), goOn, { class: "link" }));
  // What is under a dialog can neither be read nor pressed.
  (find("dialog[open]") ?? find("#main"))?.prepend(notice);
  warn(words);
}
