// The clock: what it says, turning it, and what it will decide.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { call, reasonOf } from "./api.js";
import { hasOperation } from "./data.js";
import { makeForm } from "./fields.js";
import { writeLength, writeMoment } from "./moments.js";
import { makeTable, rowButton } from "./parts.js";
import { onClock, serverTime, setClock } from "./server_clock.js";
import { showToast } from "./toasts.js";

const STEPS = /** @type {const} */ ([
  ["+1 h", "1h"],
  ["+1 day", "1d"],
  ["+32 days", "32d"],
]);

const WORDS = {
  real: "It goes by real time.",
  moved: "It was moved, and goes on from there.",
  frozen: "It is frozen: no time passes until it is set or reset.",
};

export function startClockPage() {
  const shown = make("time", { class: "now" });
  const words = make("p", { class: "muted" });
  const problem = make("p", { class: "error", role: "alert" });
  const due = make("div");
  const show = () => {
    const time = serverTime();
    if (!time) return;
    shown.textContent = writeMoment(time.now);
    shown.dateTime = new Date(time.now).toISOString();
    words.textContent = WORDS[time.state];
    freeze.hidden = time.state === "frozen";
    goOn.hidden = time.state === "real";
  };
  const turn = async (
    /** @type {string} */ name,
    /** @type {Record<string, unknown>} */ parameters = {},
  ) => {
    problem.textContent = "";
    try {
      turned(await call(name, parameters));
    } catch (error) {
      problem.textContent = reasonOf(error);
    }
  };
  const turned = (/** @type {ClockState} */ answer) => {
    setClock(answer);
    showToast(`The server’s clock says ${writeMoment(answer.now)}.`);
    void showDue(due, turn);
  };
  const freeze = button("Freeze", () => void turn("clock freeze"), {}, "pause");
  const goOn = button("Reset to real time", () => void turn("clock reset"), {}, "restore");
  const midnight = () => {
    const now = serverTime()?.now ?? Date.now();
    const to = new Date(now - (now % 86_400_000) + 86_400_000).toISOString();
    void turn("clock set", { to });
  };
  find("#content")?.append(
    make("p", { class: "big" }, shown, make("span", { class: "muted", text: " UTC" })),
    words,
    make(
      "div",
      { class: "row", role: "group", "aria-label": "Turn the clock" },
      freeze,
      ...STEPS.map(([label, by]) => button(label, () => void turn("clock advance", { by }))),
      button("To midnight", midnight),
      goOn,
    ),
    problem,
    make(
      "div",
      { class: "forms" },
      ...[
        makeForm("clock set", { submit: "Set", done: turned }),
        makeForm("clock freeze", { submit: "Freeze there", done: turned }),
        makeForm("clock advance", { submit: "Move", done: turned }),
      ].filter((one) => one !== null),
    ),
    makeDueSection(due),
  );
  onClock(show);
  setInterval(show, 500);
  show();
  void showDue(due, turn);
}

/** @param {HTMLElement} where */
function makeDueSection(where) {
  return make(
    "section",
    { "aria-labelledby": "due-title", hidden: !hasOperation("clock due") },
    make("h2", { id: "due-title", text: "What will fall due" }),
    make("p", { class: "muted", text: "Of what is given out now, and when by this clock." }),
    where,
  );
}

/**
 * @param {HTMLElement} where
 * @param {(name: string, parameters: Record<string, unknown>) => Promise<void>} turn
 */
async function showDue(where, turn) {
  if (!hasOperation("clock due")) return;
  const answer = await call("clock due");
  const rows = answer.due.map(
    (/** @type {{ at: string, seconds: number, text: string }} */ { at, seconds, text }) => {
      const go = () => void turn("clock set", { to: at });
      return make(
        "tr",
        {},
        make("th", { scope: "row", text }),
        make("td", { class: "number", text: writeMoment(at) }),
        make("td", { class: "number", text: writeLength(seconds) }),
        make("td", { class: "does" }, rowButton("Go there", `${writeMoment(at)}, ${text}`, go)),
      );
    },
  );
  where.replaceChildren(makeTable("Rules of the clock", ["What", "When", "In", ""], rows));
}
