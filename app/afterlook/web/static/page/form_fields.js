// Fields of a form: what is in them, what is wrong with them, and where that is said.

import { text } from "./data.js";

const LONGEST_NAME = 255;

/**
 * @typedef {object} TaskValues
 * @property {string} name
 * @property {string} start  ISO, or nothing
 * @property {string} due
 * @property {boolean} completed
 * @property {string} description
 * @property {number} project  -1 is none
 * @property {boolean} isPublic
 */

/** Which field a WriteFieldErrorType is about. */
const FIELD_OF = new Map([
  [8, "due"],
  [9, "start"],
  [10, "description"],
  [11, "completed"],
  [12, "name"],
]);

const DATES = [
  ["start", "start_not_a_date"],
  ["due", "due_not_a_date"],
];

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function control(form, name) {
  const found = form.elements.namedItem(name);
  return /** @type {HTMLInputElement | null} */ (found instanceof HTMLElement ? found : null);
}

/**
 * @param {HTMLFormElement} form
 * @returns {TaskValues}
 */
export function readTaskForm(form) {
  return {
    name: (control(form, "name")?.value ?? "").trim(),
    start: control(form, "start")?.value ?? "",
    due: control(form, "due")?.value ?? "",
    completed: control(form, "completed")?.checked ?? false,
    description: control(form, "description")?.value ?? "",
    project: Number(control(form, "project")?.value ?? -1),
    isPublic: control(form, "public")?.checked ?? false,
  };
}

/**
 * Say what is wrong before the server has to; tell whether all is well.
 * @param {HTMLFormElement} form
 * @param {TaskValues} values
 */
export function checkTaskForm(form, values) {
  clearErrors(form);
  if (!values.name) showError(form, "name", text("name_required"));
  else if (values.name.length > LONGEST_NAME) showError(form, "name", text("name_too_long"));
  for (const [name, key] of DATES) {
    // What is not a date has no value, and would go out as none.
    if (control(form, name)?.validity.badInput) showError(form, name, text(key));
  }
  return focusFirstError(form);
}

/**
 * Say what the server refused; tell whether a field is at fault.
 * @param {HTMLFormElement} form
 * @param {number} code  a WriteFieldErrorType
 * @param {string} sentence
 */
export function showWriteError(form, code, sentence) {
  const name = FIELD_OF.get(code);
  const isShown = name !== undefined && showError(form, name, sentence);
  if (!isShown) showFormError(form, sentence);
  return isShown;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} sentence
 */
export function showError(form, name, sentence) {
  const field = control(form, name);
  const place = field && form.querySelector(`#${field.id}-error`);
  if (!field || !place) return false;
  field.setAttribute("aria-invalid", "true");
  place.textContent = sentence;
  return true;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} sentence
 */
export function showFormError(form, sentence) {
  const place = form.querySelector("[role=alert]");
  if (place) place.textContent = sentence;
}

/** @param {HTMLFormElement} form */
export function clearErrors(form) {
  for (const place of form.querySelectorAll(".error")) place.replaceChildren();
  for (const field of form.querySelectorAll("[aria-invalid]"))
    field.removeAttribute("aria-invalid");
}

/**
 * Go to the first field that is wrong; tell whether there is none.
 * @param {HTMLFormElement} form
 */
export function focusFirstError(form) {
  const field = form.querySelector("[aria-invalid]");
  if (field instanceof HTMLElement) field.focus();
  return field === null;
}

/**
 * Return what is in all fields, to compare it or to keep it.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function snapshot(form) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const one of fieldsOf(form)) {
    const isSwitch = one.type === "checkbox" || one.type === "radio";
    if (!isSwitch) values[keyOf(one)] = one.value;
    else values[keyOf(one)] = one.checked ? "on" : "";
  }
  return values;
}

/**
 * Put back what was kept.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
export function restoreForm(form, values) {
  for (const one of fieldsOf(form)) {
    const value = values[keyOf(one)];
    if (value === undefined) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = value === "on";
    else one.value = value;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** All but those of which what is chosen holds at once. @param {HTMLFormElement} form */
function fieldsOf(form) {
  const all = /** @type {HTMLInputElement[]} */ ([...form.elements]);
  return all.filter((one) => one.matches(":is(input, select, textarea):not([data-at-once] *)"));
}

/** @param {HTMLInputElement} field */
function keyOf(field) {
  return field.id || `${field.name}=${field.value}`;
}
