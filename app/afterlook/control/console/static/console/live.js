// What happens on the server, as it happens: one connection, given up while nobody looks.
import { Refusal, refusalOf, request } from "./api.js";
import { data } from "./data.js";
import { makeEventReader } from "./sse.js";

const PAUSES = [500, 1000, 2000, 5000, 10_000]; // milliseconds until the next attempt
const HIDDEN_FOR = 30_000; // milliseconds until a page that nobody sees lets go

/**
 * @typedef {object} Listener
 * @property {(event: import("./sse.js").ServerEvent) => void} heard
 * @property {(state: "waiting" | "live" | "off" | "none", why?: string) => void} changed
 */

/** @type {Set<Listener>} */
const listeners = new Set();

let attempts = 0;

/** What is asked for, and after which exchange. */
const wanted = { query: "", after: "" };

/** @type {AbortController | null} */
let running = null;

/** @param {Listener} listener */
export function listen(listener) {
  listeners.add(listener);
}

export function startListening() {
  let timer = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(stop, HIDDEN_FOR);
    else if (!running) void run();
  });
  // A connection that is open would keep the page from coming back as it was.
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => {
    if (event.persisted) void run();
  });
  void run();
}

/**
 * Hear from now on of other exchanges.
 * @param {string} query
 * @param {number} after
 */
export function listenFor(query, after) {
  wanted.query = query;
  wanted.after = `${after}`;
  reconnect();
}

/** Try again now. */
export function reconnect() {
  stop();
  attempts = 0;
  void run();
}

function stop() {
  running?.abort();
  running = null;
}

async function run() {
  const control = new AbortController();
  running = control;
  tell("waiting");
  while (!control.signal.aborted) {
    try {
      await hearAll(control.signal);
      tell("off", "The server ended the connection");
    } catch (error) {
      if (control.signal.aborted) return;
      if (error instanceof Refusal && error.status !== 0 && error.status < 500) {
        running = null;
        tell("none", error.message);
        return;
      }
      tell("off", error instanceof Refusal ? error.message : "The connection was lost");
    }
    const pause = PAUSES[Math.min(attempts, PAUSES.length - 1)];
    attempts += 1;
    await new Promise((done) => setTimeout(done, pause));
  }
}

/** @param {AbortSignal} signal */
async function hearAll(signal) {
  const given = Object.entries(wanted).filter(([, value]) => value);
  const query = given.length ? `?${new URLSearchParams(given)}` : "";
  const headers = { Accept: "text/event-stream" };
  const response = await request(`${data.api}/events${query}`, { headers, signal });
  if (!response.ok || !response.body) throw await refusalOf(response);
  attempts = 0;
  tell("live");
  const take = makeEventReader();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of take(value)) {
      if (event.id) wanted.after = event.id;
      for (const one of listeners) one.heard(event);
    }
  }
}

/** @param {"waiting" | "live" | "off" | "none"} state @param {string} [why] */
function tell(state, why) {
  for (const one of listeners) one.changed(state, why);
}
