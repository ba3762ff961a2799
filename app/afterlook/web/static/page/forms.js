// The form of a task, on a page of its own or in a dialog: save, cancel, delete.
//
// What was typed is never lost by leaving: it is kept in the tab until it is saved or given up.

import { button, find, make } from "../../../assets/scripts/dom.js";
import { askFirst } from "./ask.js";
import { data, projectName, text } from "./data.js";
import { sentenceOf } from "./failures.js";
import {
  checkTaskForm,
  control,
  focusFirstError,
  readTaskForm,
  restoreForm,
  showFormError,
  showWriteError,
  snapshot,
} from "./form_fields.js";
import { handOver, keepInTab, takeFromTab } from "./handover.js";
import { WriteError } from "./jsom.js";
import { createTask, saveTask } from "./save_task.js";
import { tellTabs } from "./store.js";

/** @typedef {import("./handover.js").Handover} Handover */

export class TaskForm {
  /**
   * @param {HTMLFormElement} form
   * @param {(handover: Handover | null) => void} leave  null when nothing was done
   */
  constructor(form, leave) {
    this.form = form;
    this.leave = leave;
    // As the server wrote it: a browser may have put back what was typed before it was loaded again.
    const written = /** @type {HTMLFormElement} */ (form.cloneNode(true));
    written.reset();
    this.begun = snapshot(written);
    this.before = readTaskForm(written);
    /** @type {Set<string>} the fields that were sent, or will be */
    this.changed = new Set();
    this.isLeaving = false;
    this.takeDraft();
    this.listen();
  }

  get id() {
    return Number(this.form.dataset.id || 0);
  }

  get draftKey() {
    return `afterlook.draft.${data.context.webServerRelativeUrl}.${this.id}`;
  }

  get isChanged() {
    return JSON.stringify(snapshot(this.form)) !== JSON.stringify(this.begun);
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    form.addEventListener("keydown", (event) => this.press(event));
    find("#task-cancel", form)?.addEventListener("click", (event) => {
      event.preventDefault();
      void this.cancel();
    });
    find("#task-delete", form)?.addEventListener("click", () => this.delete());
    control(form, "project")?.addEventListener("change", () => this.followProject());
    addEventListener("pagehide", () => this.keepDraft());
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  /** Only a project has members who could see a task. */
  followProject() {
    const isPublic = control(this.form, "public");
    if (!isPublic) return;
    isPublic.disabled = readTaskForm(this.form).project === -1;
    if (isPublic.disabled) isPublic.checked = false;
  }

  async save() {
    const { form } = this;
    const values = readTaskForm(form);
    const save = /** @type {HTMLButtonElement | null} */ (find("#task-save", form));
    if (save?.getAttribute("aria-disabled") || !checkTaskForm(form, values)) return;
    save?.setAttribute("aria-disabled", "true");
    try {
      const saved = this.id
        ? await saveTask(this.id, values, this.noteChanged(values), this.before.project)
        : await createTask(values);
      tellTabs();
      this.follow(saved, values);
    } catch (error) {
      this.fail(error);
    } finally {
      save?.removeAttribute("aria-disabled");
    }
  }

  /**
   * Return which fields are to be written. One that was sent once is sent again: it may be saved
   * though another was refused.
   * @param {import("./form_fields.js").TaskValues} values
   */
  noteChanged(values) {
    const old = Object.entries(this.before);
    const now = new Map(Object.entries(values));
    for (const [name, value] of old) if (now.get(name) !== value) this.changed.add(name);
    return this.changed;
  }

  /**
   * @param {import("./save_task.js").Saved} saved
   * @param {import("./form_fields.js").TaskValues} values
   */
  follow({ id, errors, placeError }, { name, project, isPublic }) {
    const where = projectName(project) ?? text("personal");
    if (errors.length) {
      for (const error of errors) showWriteError(this.form, error.code, sentenceOf(error));
      focusFirstError(this.form);
    } else if (placeError) {
      this.becomeEdit(id ?? this.id);
      const reason = { project: where, reason: placeError.message };
      showFormError(this.form, text(isPublic ? "not_promoted" : "not_moved", reason));
    } else {
      const words = isPublic ? text("promoted", { name, project: where }) : text("saved");
      this.end({ words, focus: id ?? undefined });
    }
  }

  /** A new task that could not be promoted is there: saving again must not make another. @param {number} id */
  becomeEdit(id) {
    this.begun = snapshot(this.form);
    this.before = { ...readTaskForm(this.form), project: this.before.project };
    this.form.dataset.id = `${id}`;
    if (!this.form.closest("dialog")) history.replaceState(null, "", `EditTask.aspx?taskId=${id}`);
  }

  /** @param {unknown} error */
  fail(error) {
    if (!(error instanceof WriteError)) throw error;
    showFormError(this.form, error.message);
    const place = find("[role=alert]", this.form);
    if (error.kind !== "old" && error.kind !== "shut") return;
    place?.append(
      " ",
      button(text("reload"), () => location.reload(), { class: "link" }),
    );
  }

  async cancel() {
    const mayLeave = !this.isChanged || (await askFirst(text("leave_form"), text("leave")));
    if (mayLeave) this.end(null);
  }

  delete() {
    const name = this.begun["task-name"] ?? "";
    this.end({ remove: { id: this.id, name } });
  }

  /** @param {Handover | null} handover */
  end(handover) {
    this.isLeaving = true;
    this.leave(handover);
  }

  keepDraft() {
    const isKept = !this.isLeaving && this.form.isConnected && this.isChanged;
    if (isKept) keepInTab(this.draftKey, snapshot(this.form));
  }

  takeDraft() {
    const kept = takeFromTab(this.draftKey);
    if (!kept || this.form.dataset.readOnly !== undefined) return;
    restoreForm(this.form, kept);
    const discard = () => {
      restoreForm(this.form, this.begun);
      notice.remove();
      control(this.form, "name")?.focus();
    };
    const words = make("span", { text: `${text("draft_kept")} ` });
    const notice = make("div", { class: "notice", role: "status" }, words);
    words.append(button(text("discard"), discard, { class: "link" }));
    this.form.before(notice);
    this.followProject();
  }
}

/** Begin on a page that is a form. */
export function startTaskPage() {
  const form = /** @type {HTMLFormElement | null} */ (find("#task-form"));
  if (!form) return;
  const back = /** @type {HTMLAnchorElement} */ (find("#task-cancel", form)).href;
  const task = new TaskForm(form, (handover) => {
    if (handover) handOver(handover);
    location.assign(back);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    void task.cancel();
  });
  if (!task.id) control(form, "name")?.focus();
}
