// The bodies of a list's table: one, or one for each project.

import { find, icon, make } from "../../../assets/scripts/dom.js";
import { projectName, text } from "./data.js";

/**
 * The body that a row belongs into; it stands after that of the row before, or on top without one.
 * @param {HTMLTableElement} table
 * @param {number | null} location null where rows are not grouped
 * @param {Element | null} [last] left out, it stays where it is
 */
export function bodyOf(table, location, last) {
  const key = location === null ? undefined : `${location}`;
  const known = Array.from(table.tBodies).find((one) => one.dataset.location === key);
  const body = known ?? makeBody(location);
  if (body.parentElement !== table) table.append(body);
  if (last && last !== body && last.nextElementSibling !== body) last.after(body);
  else if (last === null && body.previousElementSibling?.matches("tbody")) table.tHead?.after(body);
  return body;
}

/** @param {number | null} location */
function makeBody(location) {
  const body = make("tbody", { role: "rowgroup" });
  if (location === null) return body;
  const name = projectName(location) ?? text("personal");
  body.dataset.location = `${location}`;
  body.setAttribute("aria-label", name);
  const head = make("th", { role: "rowheader", scope: "rowgroup" }, icon("project"), name);
  body.append(make("tr", { role: "row", class: "group" }, head));
  return body;
}

/** @param {HTMLTableElement} table */
export function dropEmptyBodies(table) {
  for (const body of [...table.tBodies]) if (!find("tr[data-id]", body)) body.remove();
}
