// The server's clock as this page keeps it: asked for now and then, going on in between.
import { call } from "./api.js";

/** @type {{ state: ClockState["state"], now: number, seen: number } | null} */
let known = null;

/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {ClockState} shown */
export function setClock(shown) {
  known = { state: shown.state, now: Date.parse(shown.now), seen: performance.now() };
  for (const tell of listeners) tell();
}

export async function readClock() {
  setClock(await call("clock show"));
}

/** @param {() => void} listener */
export function onClock(listener) {
  listeners.add(listener);
}

/** What time it is for the server, in milliseconds; and how its clock goes. */
export function serverTime() {
  if (!known) return null;
  const gone = known.state === "frozen" ? 0 : performance.now() - known.seen;
  return { now: known.now + gone, state: known.state };
}
