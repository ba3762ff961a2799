// Requests that came and are not drawn: at most 60 rows a second are, and none while somebody reads
// below the top, or has paused.
import { button } from "../../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { countOf } from "./moments.js";
import { focusRow } from "./request_moves.js";
import { drawExchange, MAX_ROWS, rowOf, rowsFromTop } from "./request_rows.js";
import { showWhetherEmpty } from "./requests_page.js";
import { sayWaiting } from "./state.js";

const TICK = 250; // milliseconds
const PER_TICK = 15; // rows
const TOP = 120; // pixels of scrolling that are still the top
const SAID_EVERY = 5000; // milliseconds

/** @type {Map<number, Exchange>} */
const waiting = new Map();
let overflow = 0; // that came and were too many to wait: they are in the journal
let isPaused = false;
let unsaid = 0;

export const pill = button("", () => drawAll(), { class: "pill", hidden: true });
export const pauseButton = button("Pause", turnPause, { "aria-pressed": "false" }, "pause");

export function startQueue() {
  setInterval(() => {
    if (waiting.size && !isReading()) draw(PER_TICK);
    markWaiting();
  }, TICK);
  setInterval(() => {
    if (unsaid) announce(`${countOf(unsaid, "new request")}.`);
    unsaid = 0;
  }, SAID_EVERY);
}

/** Take what came; what is drawn already is drawn anew. @param {Exchange} exchange */
export function takeExchange(exchange) {
  if (rowOf(exchange.id)) {
    drawExchange(exchange, location.search);
    return;
  }
  waiting.set(exchange.id, exchange);
  unsaid += 1;
  if (waiting.size <= MAX_ROWS) return;
  waiting.delete(Math.min(...waiting.keys()));
  overflow += 1;
}

/** @param {(id: number) => boolean} which */
export function forgetWaiting(which) {
  for (const id of waiting.keys()) if (which(id)) waiting.delete(id);
  overflow = 0;
  markWaiting();
}

/** The newest number that waits, and how many do. */
export function lastWaiting() {
  return { last: Math.max(0, ...waiting.keys()), count: waiting.size };
}

function isReading() {
  const row = document.activeElement?.closest("tr[data-id]");
  return isPaused || scrollY > TOP || Boolean(row?.previousElementSibling);
}

/** @param {number} most */
function draw(most) {
  const ids = Array.from(waiting.keys()).sort((one, other) => one - other);
  for (const id of ids.slice(0, most)) {
    const exchange = waiting.get(id);
    waiting.delete(id);
    if (exchange) drawExchange(exchange, location.search);
  }
  overflow = 0;
  showWhetherEmpty();
}

/** All of them, and the top: somebody asked for it. */
function drawAll() {
  draw(MAX_ROWS);
  scrollTo({ top: 0 });
  focusRow(rowsFromTop()[0]);
  markWaiting();
}

function markWaiting() {
  const count = (waiting.size + overflow).toLocaleString("en");
  pill.hidden = !waiting.size || !isReading();
  pill.textContent = `${count} new`;
  sayWaiting(isPaused ? `Paused, ${count} waiting` : "");
}

export function turnPause() {
  isPaused = !isPaused;
  pauseButton.setAttribute("aria-pressed", `${isPaused}`);
  markWaiting();
  announce(isPaused ? "Paused." : "Live.");
}
