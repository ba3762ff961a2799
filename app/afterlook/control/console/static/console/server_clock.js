// The server's clock as this page keeps it: asked for now and then, going on in between.
import { call } from "./api.js";

/** @type {{ state: ClockState["state"], now: number, seen: number } | null} */
let lastSeen = null;

/** @type {Set<() => void>} */
const clockListeners = new Set();

/** @param {ClockState} shown */
export function setClock(shown) {
  lastSeen = { state: shown.state, now: Date.parse(shown.now), seen: performance.now() };
  for (const tell of clockListeners) tell();
}

export async function readClock() {
  setClock(await call("clock show"));
}

/** @param {() => void} listener */
export function onClock(listener) {
  clockListeners.add(listener);
}

/** What time it is for the server, in milliseconds; and how its clock goes. */
export function serverTime() {
  if (!lastSeen) return null;
  const gone = lastSeen.state === "frozen" ? 0 : performance.now() - lastSeen.seen;
  return { now: lastSeen.now + gone, state: lastSeen.state };
}
