// The editor of a due date: a field, and the days that are meant most often.

import { button, find, make } from "../../../assets/scripts/dom.js";
import { addDays, nextWeek } from "./calendar.js";
import { text } from "./data.js";
import { today } from "./days.js";
import { setDue } from "./edits.js";
import { openPanel } from "./menu.js";
import { rows } from "./row.js";
import { tasks } from "./store.js";

/** Choose when a task is due. @param {Task} task */
export function editDue(task) {
  const row = rows.get(task.id);
  const cell = row && find(".c-due", row);
  if (!row || !cell) return;
  const anchor = cell.offsetWidth ? cell : (find(".c-more button", row) ?? cell);
  const field = make("input", { type: "date", "aria-label": text("due"), value: task.due ?? "" });
  const error = make("span", { class: "error", role: "alert" });
  const form = make("form", { class: "due-panel", novalidate: true });
  const panel = make("div", { role: "dialog", "aria-label": text("due") }, form);
  let close = () => {};
  /** @param {Day | null} due */
  const save = (due) => {
    close();
    const known = tasks.get(task.id) ?? task;
    if (due !== known.due) setDue(known, due, () => editDue(known));
  };
  const choice = (/** @type {string} */ key, /** @type {Day | null} */ due) =>
    button(text(key), () => save(due), { "aria-pressed": task.due === due ? "true" : null });
  const day = today();
  form.append(
    make(
      "div",
      { class: "row" },
      choice("today", day),
      choice("tomorrow", addDays(day, 1)),
      choice("next_week", nextWeek(day)),
      choice("no_date", null),
    ),
    make(
      "div",
      { class: "due-field" },
      field,
      make("button", { class: "primary", text: text("save") }),
    ),
    error,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.validity.badInput) error.textContent = text("no_such_date");
    else save(field.value || null);
  });
  close = openPanel(anchor, panel);
  field.focus();
}
