// Forms made of operations: a field for each parameter, with its help, its bounds and its problem.
import { find, icon, make } from "../../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { call, Refusal, reasonOf } from "./api.js";
import { findOperation } from "./data.js";
import { describeFields, readField, splitProblems } from "./schema.js";

let fieldCount = 0;

/**
 * @typedef {object} FormWish
 * @property {string} submit what its button says
 * @property {string} [symbol] its icon
 * @property {string} [title]
 * @property {Record<string, string>} [presets] what fields begin with
 * @property {Record<string, unknown>} [fixed] parameters that the form does not show
 * @property {string[]} [only] the fields to show, of all
 * @property {string[]} [required] of optional fields those that this form cannot do without
 * @property {string[]} [first] the fields that are shown at once, where not all are
 * @property {string} [more] what the others stand behind
 * @property {(answer: any, given: Record<string, unknown>) => void} done
 */

/**
 * A form that does an operation; null where this server has none of that name.
 * @param {string} name
 * @param {FormWish} wish
 */
export function makeForm(name, wish) {
  const operation = findOperation(name);
  if (!operation) return null;
  const all = describeFields(operation.schema).map((one) => ({
    ...one,
    isRequired: one.isRequired || (wish.required?.includes(one.name) ?? false),
  }));
  const fields = all.filter(
    (one) => !(one.name in (wish.fixed ?? {})) && (wish.only?.includes(one.name) ?? true),
  );
  const problem = make("p", { class: "error", role: "alert" });
  const inputs = new Map(fields.map((field) => [field.name, makeInput(field, wish.presets)]));
  const form = make(
    "form",
    {
      class: "operation",
      novalidate: true,
      autocomplete: "off",
      "data-operation": name,
      "aria-label": wish.title ?? operation.summary,
    },
    make("p", { class: "summary", text: wish.title ?? operation.summary }),
    ...lay(fields, inputs, wish),
    make(
      "div",
      { class: "row" },
      make(
        "button",
        { class: "primary" },
        wish.symbol ? icon(wish.symbol) : null,
        make("span", { text: wish.submit }),
      ),
    ),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(name, form, fields, wish, problem);
  });
  return form;
}

/**
 * What is needed first; what may be left out folded behind it, where there is much of it.
 * @param {Field[]} fields
 * @param {Map<string, HTMLElement>} inputs
 * @param {FormWish} wish
 */
function lay(fields, inputs, wish) {
  const isFirst = (/** @type {Field} */ one) =>
    wish.first ? wish.first.includes(one.name) : one.isRequired || fields.length <= 4;
  const take = (/** @type {boolean} */ wanted) =>
    fields
      .filter((one) => isFirst(one) === wanted)
      .map((one) => /** @type {HTMLElement} */ (inputs.get(one.name)));
  const later = take(false);
  const summary = make("summary", { text: `${wish.more ?? "More"} (${later.length})` });
  return [
    make("div", { class: "fields" }, ...take(true)),
    later.length ? make("details", {}, summary, make("div", { class: "fields" }, ...later)) : null,
  ];
}

/** @param {Field} field @param {Record<string, string>} [presets] */
function makeInput(field, presets = {}) {
  fieldCount += 1;
  const id = `field-${fieldCount}`;
  const preset = presets[field.name] ?? "";
  const shared = {
    id,
    name: field.name,
    "aria-describedby": `${id}-help ${id}-problem`,
    "aria-required": field.isRequired ? "true" : null,
  };
  const label = make("label", {
    for: id,
    text: field.isRequired ? field.label : `${field.label} (optional)`,
  });
  const help = make("p", { class: "help", id: `${id}-help`, text: field.help });
  const problem = make("p", { class: "error", id: `${id}-problem` });
  if (field.kind === "check") {
    const box = make("input", { ...shared, type: "checkbox" });
    box.checked = (preset || field.preset) === "true";
    label.textContent = field.label;
    return make(
      "div",
      { class: "field", "data-field": field.name },
      make("div", { class: "row check" }, box, label),
      help,
      problem,
    );
  }
  const control = makeControl(field, shared, preset);
  return make("div", { class: "field", "data-field": field.name }, label, control, help, problem);
}

/** @param {Field} field @param {Record<string, any>} shared @param {string} preset */
function makeControl(field, shared, preset) {
  if (field.kind === "choice") {
    const none = field.isRequired ? [] : [make("option", { value: "", text: "–" })];
    const options = field.options.map((one) => make("option", { value: one, text: one }));
    const select = make("select", shared, ...none, ...options);
    select.value = preset || field.preset;
    return select;
  }
  if (field.kind === "json" || field.kind === "text-or-json") {
    const area = make("textarea", { ...shared, rows: 4, spellcheck: "false" });
    area.value = preset;
    return area;
  }
  const input = make("input", {
    ...shared,
    type: field.kind === "number" ? "number" : "text",
    min: field.minimum,
    max: field.maximum,
    step: field.kind === "number" && !field.isWhole ? "any" : null,
    maxlength: field.maxLength,
    placeholder: field.preset,
    spellcheck: "false",
    autocapitalize: "none",
  });
  input.value = preset;
  return input;
}

/**
 * What a form was filled in with. Throws an Error that names the field which cannot be read.
 * @param {HTMLFormElement} form
 * @param {Field[]} fields
 */
export function readForm(form, fields) {
  /** @type {Record<string, unknown>} */
  const given = {};
  for (const field of fields) {
    const control = /** @type {HTMLInputElement} */ (find(`[name="${field.name}"]`, form));
    const filled = field.kind === "check" ? control.checked : control.value;
    if (field.kind === "check" && `${filled}` === (field.preset || "false")) continue;
    try {
      const value = readField(field, filled);
      if (value !== undefined) given[field.name] = value;
    } catch (_notJson) {
      throw new Refusal(400, "InvalidParameter", `${field.name}: it is not JSON`);
    }
  }
  return given;
}

/**
 * @param {string} name
 * @param {HTMLFormElement} form
 * @param {Field[]} fields
 * @param {FormWish} wish
 * @param {HTMLElement} problem
 */
async function submit(name, form, fields, wish, problem) {
  const send = /** @type {HTMLButtonElement} */ (find("button.primary", form));
  showProblems(form, fields, new Map());
  problem.textContent = "";
  send.disabled = true;
  try {
    const given = { ...readForm(form, fields), ...wish.fixed };
    const missing = wish.required?.find((one) => !(one in given));
    if (missing) throw new Refusal(400, "InvalidParameter", `${missing}: it is required`);
    const answer = await call(name, given);
    wish.done(answer, given);
  } catch (error) {
    const words = reasonOf(error);
    const message = error instanceof Refusal ? error.message : words;
    const names = fields.map((field) => field.name);
    const found = splitProblems(message, names);
    showProblems(form, fields, found);
    if (!found.size) problem.textContent = words;
    else announce(message, "#alert");
  } finally {
    send.disabled = false;
  }
}

/** @param {HTMLFormElement} form @param {Field[]} fields @param {Map<string, string>} problems */
function showProblems(form, fields, problems) {
  let first = true;
  for (const field of fields) {
    const control = find(`[name="${field.name}"]`, form);
    const said = problems.get(field.name) ?? "";
    const line = control && find(`#${control.id}-problem`, form);
    if (!control || !line) continue;
    line.textContent = said;
    if (said) {
      control.setAttribute("aria-invalid", "true");
      const folded = /** @type {HTMLDetailsElement | null} */ (control.closest("details"));
      if (folded) folded.open = true;
      if (first) control.focus();
      first = false;
    } else control.removeAttribute("aria-invalid");
  }
}
