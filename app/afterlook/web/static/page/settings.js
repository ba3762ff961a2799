// The settings: those of the mailbox are saved whole, those of the browser at once.

import { find, findAll } from "../../../assets/scripts/dom.js";
import { askFirst } from "./ask.js";
import { data, preference, setPreference, text } from "./data.js";
import { control, showFormError, snapshot } from "./form_fields.js";
import { handOver } from "./handover.js";
import { send, WriteError } from "./jsom.js";
import { tellTabs } from "./store.js";

const NO_LIMIT = -1;
const MOST = 9999;

/** @typedef {{ name: string, value: number }} NumberSetting */

/** Begin on the page of the settings. */
export function startSettingsPage() {
  const form = /** @type {HTMLFormElement | null} */ (find("#settings-form"));
  if (!form) return;
  const back = `${data.context.webServerRelativeUrl}/${form.dataset.back}`;
  const cancel = startSettings(form, (handover) => {
    if (handover) handOver(handover);
    location.assign(back);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // Or the question would close by the same key.
    event.preventDefault();
    cancel();
  });
}

/**
 * Let a form of settings work; returns what leaves it without saving.
 * @param {HTMLFormElement} form
 * @param {(handover: import("./handover.js").Handover | null) => void} leave null when nothing was saved
 */
export function startSettings(form, leave) {
  followLimits(form);
  startColours(form);
  startPreferences(form);
  const begun = JSON.stringify(snapshot(form));
  const cancel = async () => {
    const isChanged = JSON.stringify(snapshot(form)) !== begun;
    if (!isChanged || (await askFirst(text("leave_form"), text("leave")))) leave(null);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void saveSettings(form, leave);
  });
  find("a.button", form)?.addEventListener("click", (event) => {
    event.preventDefault();
    void cancel();
  });
  return () => void cancel();
}

/** No limit, or a number of days. @param {HTMLFormElement} form */
function followLimits(form) {
  for (const box of /** @type {HTMLInputElement[]} */ (findAll("[data-no-limit]", form))) {
    const field = control(form, box.dataset.noLimit ?? "");
    if (!field) continue;
    box.addEventListener("change", () => {
      field.disabled = box.checked;
      if (box.checked) field.value = "";
      else field.focus();
    });
  }
}

/** A project has a colour of its own from when its user chooses one. @param {HTMLFormElement} form */
function startColours(form) {
  for (const field of findAll("input[type=color]", form)) {
    field.addEventListener("input", () => {
      field.dataset.chosen = "";
    });
  }
}

/** What only this browser knows holds at once; so does `theme.js` with the colours. @param {HTMLFormElement} form */
function startPreferences(form) {
  const theme = document.documentElement.dataset.theme ?? "system";
  const chosen = find(`[name=theme][value="${theme}"]`, form);
  if (chosen instanceof HTMLInputElement) chosen.checked = true;
  startSwitch("#shortcuts-on", "shortcuts", null, "off");
  startSwitch("#keep-toasts", "toasts", "keep", null);
}

/**
 * @param {string} selector
 * @param {string} name
 * @param {string | null} on  what is kept when it is on
 * @param {string | null} off
 */
function startSwitch(selector, name, on, off) {
  const box = /** @type {HTMLInputElement | null} */ (find(selector));
  if (!box) return;
  box.checked = preference(name) === on;
  box.addEventListener("change", () => setPreference(name, box.checked ? on : off));
}

/**
 * @param {HTMLFormElement} form
 * @param {(handover: import("./handover.js").Handover) => void} leave
 */
async function saveSettings(form, leave) {
  const save = find("#settings-save", form);
  const wrong = findWrongNumber(form);
  showFormError(form, wrong ? text("not_a_number", { most: MOST }) : "");
  if (wrong) {
    wrong.setAttribute("aria-invalid", "true");
    wrong.focus();
    return;
  }
  if (save?.getAttribute("aria-disabled")) return;
  save?.setAttribute("aria-disabled", "true");
  try {
    await writeSettings(form);
    tellTabs();
    leave({ words: text("saved") });
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    showFormError(form, text("not_saved", { reason: error.message }));
  } finally {
    save?.removeAttribute("aria-disabled");
  }
}

/** @param {HTMLFormElement} form */
function numberFields(form) {
  return /** @type {HTMLInputElement[]} */ (findAll("input[type=number]", form));
}

/** @param {HTMLFormElement} form */
function findWrongNumber(form) {
  for (const field of numberFields(form)) field.removeAttribute("aria-invalid");
  return numberFields(form).find((field) => {
    const value = Number(field.value);
    const isNumber = /^\d{1,4}$/.test(field.value) && value >= Number(field.min) && value <= MOST;
    return !field.disabled && !isNumber;
  });
}

/** @param {HTMLFormElement} form */
function writeSettings(form) {
  return send((context) => {
    const { UserSettings, UserSettingsManager } = SP.WorkManagement.OM;
    const settings = new UserSettings(context);
    for (const field of numberFields(form)) {
      const value = field.disabled ? NO_LIMIT : Number(field.value);
      /** @type {any} */ (settings)[`set_${field.name[0]?.toLowerCase()}${field.name.slice(1)}`](
        value,
      );
    }
    settings.set_importantLocationIds(readImportant(form));
    new UserSettingsManager(context).setUserSettings(settings, readColours(form, context));
    return () => true;
  });
}

/** @param {HTMLFormElement} form */
function readImportant(form) {
  const boxes = /** @type {HTMLInputElement[]} */ (findAll("[name=ImportantLocationIds]", form));
  return boxes.filter((box) => box.checked).map((box) => Number(box.value));
}

/** Only colours that were chosen are written. @param {HTMLFormElement} form @param {SP.ClientContext} context */
function readColours(form, context) {
  const chosen = /** @type {HTMLInputElement[]} */ (findAll("input[data-chosen]", form));
  return chosen.map((field) => {
    const colour = new SP.WorkManagement.OM.LocationDisplaySetting(context);
    colour.set_id(Number(field.closest("li")?.dataset.location));
    colour.set_color(field.value);
    return colour;
  });
}
