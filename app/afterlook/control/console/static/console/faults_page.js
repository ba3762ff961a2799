// Faults: those that are set, with what they did; ready-made ones; and a form for any other, made
// of the kinds that the server declares.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { call } from "./api.js";
import { makeForm } from "./fields.js";
import { listen } from "./live.js";
import { countOf } from "./moments.js";
import { attempt, makeEmpty, makeTable, rowButton } from "./parts.js";
import { labelOf } from "./schema.js";
import { refreshState } from "./state.js";
import { showToast } from "./toasts.js";

/**
 * @typedef {object} Fault
 * @property {number} id
 * @property {string} text
 * @property {boolean} is_on
 * @property {number} fired
 * @property {number | null} left
 * @property {Record<string, unknown>} parameters
 */
/** @typedef {{ name: string, summary: string, stage: string, parameters: Record<string, Schema> }} Kind */
/** @typedef {{ name: string, summary: string, parameters: Record<string, unknown> }} Preset */

const PAUSE = 500; // milliseconds between two readings of the counts

const faultList = make("div");

export function startFaultsPage() {
  const ready = make("div", { class: "presets" });
  const forms = make("div");
  find("#content")?.append(
    faultList,
    section("presets", "Ready-made", ready),
    section("add", "Any other", forms),
  );
  const clear = button("Remove all", () => void attempt(removeAll), {}, "delete");
  find("#actions")?.append(clear);
  void attempt(readFaults);
  void attempt(async () => {
    /** @type {{ kinds: Kind[], matching: Record<string, Schema>, presets: Preset[] }} */
    const { kinds, matching, presets } = await call("fault kinds");
    ready.replaceChildren(...presets.map(makePreset));
    forms.replaceChildren(makeKinds(kinds, Object.keys(matching)));
  });
  keepCounts();
}

/** Counts change with requests; they are read again at most twice a second. */
function keepCounts() {
  let isDue = false;
  listen({
    heard: (event) => {
      if (event.type !== "state") return;
      if (isDue) return;
      isDue = true;
      setTimeout(() => {
        isDue = false;
        if (!faultList.contains(document.activeElement)) void attempt(readFaults);
      }, PAUSE);
    },
    changed: () => {},
  });
}

/** @param {string} id @param {string} title @param {HTMLElement} content */
function section(id, title, content) {
  const heading = make("h2", { id: `${id}-title`, text: title });
  return make("section", { "aria-labelledby": `${id}-title` }, heading, content);
}

async function readFaults() {
  /** @type {{ faults: Fault[] }} */
  const { faults } = await call("fault list");
  const heads = ["What goes wrong", "Fired", "Left", ""];
  faultList.replaceChildren(
    faults.length
      ? makeTable("Faults", heads, faults.map(makeFaultRow))
      : makeEmpty(
          make("p", { text: "No fault is set: every call is answered as the service would." }),
        ),
  );
  void refreshState();
}

/** @param {Fault} fault */
function makeFaultRow(fault) {
  const { id, text } = fault;
  const toggle = () =>
    void attempt(async () => {
      await call(fault.is_on ? "fault pause" : "fault resume", { id });
      await readFaults();
      find(`[data-fault="${id}"] button`)?.focus();
    });
  const remove = () =>
    void attempt(async () => {
      await call("fault remove", { id });
      await readFaults();
      (find("button", faultList) ?? find("#main"))?.focus();
      showToast("Removed a fault.", {
        label: "Undo",
        run: () => void attempt(() => setAgain([fault])),
      });
    });
  return make(
    "tr",
    { "data-fault": id, class: fault.is_on ? null : "off" },
    make("th", { scope: "row" }, text, fault.is_on ? null : make("strong", { text: " (off)" })),
    make("td", { class: "number", text: `${fault.fired} ×` }),
    make("td", { class: "number", text: fault.left === null ? "any number" : `${fault.left}` }),
    make(
      "td",
      { class: "does" },
      rowButton(fault.is_on ? "Turn off" : "Turn on", text, toggle, fault.is_on ? "pause" : "play"),
      " ",
      rowButton("Remove", text, remove, "delete"),
    ),
  );
}

async function removeAll() {
  /** @type {{ faults: Fault[] }} */
  const { faults } = await call("fault list");
  if (!faults.length) return;
  await call("fault clear");
  await readFaults();
  showToast(`Removed ${countOf(faults.length, "fault")}.`, {
    label: "Undo",
    run: () => void attempt(() => setAgain(faults)),
  });
}

/** Set faults as they were declared; their counts begin anew. @param {Fault[]} faults */
async function setAgain(faults) {
  for (const fault of faults) await call("fault add", fault.parameters);
  await readFaults();
}

/** @param {Preset} preset */
function makePreset(preset) {
  const add = () =>
    void attempt(async () => {
      added(await call("fault add", { preset: preset.name }));
    });
  return make(
    "div",
    { class: "preset" },
    button(preset.name, add, {}, "fault"),
    make("p", { class: "help", text: preset.summary }),
  );
}

/** @param {{ fault: Fault }} answer */
function added({ fault }) {
  showToast(`Set: ${fault.text}.`);
  void attempt(readFaults);
}

/**
 * A choice of kinds, and the form of the one that is chosen.
 * @param {Kind[]} kinds
 * @param {string[]} matching
 */
function makeKinds(kinds, matching) {
  const place = make("div");
  const select = make("select", { id: "kind" });
  for (const { name, summary } of kinds)
    select.append(make("option", { value: name, text: `${labelOf(name)}: ${summary}` }));
  const show = () => {
    const kind = kinds.find((one) => one.name === select.value);
    const form = kind && makeFaultForm(kind, matching);
    if (form) place.replaceChildren(form);
  };
  select.addEventListener("change", show);
  show();
  const label = make("label", { for: "kind", text: "What goes wrong" });
  return make("div", {}, make("div", { class: "field" }, label, select), place);
}

/** @param {Kind} kind @param {string[]} matching */
function makeFaultForm(kind, matching) {
  // What is chosen by its name alone needs no box to check.
  const isSwitch = JSON.stringify(kind.parameters[kind.name] ?? {}).includes('"boolean"');
  const own = Object.keys(kind.parameters).filter((name) => !isSwitch || name !== kind.name);
  return makeForm("fault add", {
    title: kind.summary,
    submit: "Set this fault",
    symbol: "fault",
    only: [...own, ...matching.filter((name) => name !== "preset")],
    first: own,
    required: isSwitch ? [] : [kind.name],
    more: "For which calls, and how often",
    fixed: isSwitch ? { [kind.name]: true } : {},
    done: added,
  });
}
