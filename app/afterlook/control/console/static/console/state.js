// What is always in sight: the server's clock, faults that are on, requests a minute, and whether
// this page hears of what happens.
import { button, find } from "../../../../assets/scripts/dom.js";
import { call, reasonOf } from "./api.js";
import { hasOperation } from "./data.js";
import { listen, reconnect } from "./live.js";
import { countOf, writeMoment } from "./moments.js";
import { makeRate } from "./rates.js";
import { onClock, readClock, serverTime, setClock } from "./server_clock.js";

const AGAIN = 15_000; // milliseconds until faults and clock are asked for again

const STATE_WORDS = {
  waiting: "Connecting",
  live: "Live",
  off: "Not connected",
  none: "Not live",
};

const rate = makeRate();

/** What the page adds to the word for the connection, such as that it is paused. */
let addition = "";
/** @type {keyof typeof STATE_WORDS} */
let connection = "waiting";
let reason = "";

export function startState() {
  onClock(showClock);
  setInterval(showClock, 1000);
  setInterval(showRate, 2000);
  listen({
    heard: (event) => {
      if (event.type === "exchange") rate.count(performance.now());
      else if (event.type === "state") takeState(JSON.parse(event.data));
      showRate();
    },
    changed: (state, why = "") => {
      const wasOff = connection === "off";
      connection = state;
      reason = why;
      showConnection();
      if (state === "live" && wasOff) void refreshState();
    },
  });
  showRate();
  void refreshState();
  setInterval(() => {
    if (!document.hidden) void refreshState();
  }, AGAIN);
}

/** @param {{ clock: ClockState, faults: { is_on: boolean }[], per_minute: number }} state */
function takeState({ clock, faults, per_minute: perMinute }) {
  setClock(clock);
  showFaults(faults.filter((one) => one.is_on).length);
  rate.correct(performance.now(), perMinute);
}

/** Ask for what may have changed elsewhere. */
export async function refreshState() {
  try {
    await readClock();
    if (hasOperation("fault list")) {
      const { faults } = await call("fault list");
      showFaults(faults.filter((/** @type {{ is_on: boolean }} */ one) => one.is_on).length);
    }
  } catch (error) {
    showBanner(reasonOf(error));
    return;
  }
  if (connection !== "off") showBanner("");
}

/** @param {string} words such as `12 waiting`, in place of Live */
export function sayWaiting(words) {
  if (words === addition) return;
  addition = words;
  showConnection();
}

/** @param {number} count */
export function showFaults(count) {
  const item = find("#state-faults");
  if (!item) return;
  item.toggleAttribute("data-on", count > 0);
  const words = find("span", item);
  if (words) words.textContent = `${countOf(count, "fault")} on`;
}

function showClock() {
  const time = serverTime();
  const item = find("#state-clock");
  if (!time || !item) return;
  const [shown, note] = [find("time", item), find(".note", item)];
  if (shown) shown.textContent = writeMoment(time.now);
  if (note)
    note.textContent =
      time.state === "frozen" ? "▮▮ frozen" : time.state === "moved" ? "moved" : "";
  item.toggleAttribute("data-on", time.state !== "real");
}

function showRate() {
  const words = find("#state-rate > span");
  const count = rate.perMinute(performance.now());
  if (words) words.textContent = `${countOf(count, "request")} a minute`;
}

function showConnection() {
  const item = find("#state-live");
  const words = item && find("span:last-child", item);
  if (!item || !words) return;
  item.dataset.state = connection === "live" && addition ? "paused" : connection;
  words.textContent = connection === "live" && addition ? addition : STATE_WORDS[connection];
  if (connection === "off") showBanner(`${reason}. What is shown stays; it is tried again.`);
  else if (connection === "none") showBanner(`New requests are not shown: ${reason}.`);
  else if (connection === "live") showBanner("");
}

/** @param {string} words nothing hides the banner */
function showBanner(words) {
  const banner = find("#disconnected");
  const text = banner && find("p", banner);
  if (!banner || !text) return;
  banner.hidden = !words;
  if (!words) {
    find("button", banner)?.remove();
    return;
  }
  text.textContent = words;
  if (!find("button", banner)) {
    const again = () => {
      reconnect();
      void refreshState();
    };
    banner.append(button("Try again", again, { class: "small" }));
  }
}
