// What else is known of a task, as its provider tells: where it is, who, and what it waits for.

import { find, icon, make } from "../../../assets/scripts/dom.js";
import { projectName, text } from "./data.js";
import { describeDue, writeFull } from "./days.js";
import { sentenceOf } from "./failures.js";
import { openPanel } from "./menu.js";
import { rows } from "./row.js";
import { ask } from "./writes.js";

/** Show the details of a task. @param {Task} task */
export async function showDetails(task) {
  const row = rows.get(task.id);
  const anchor = row && find(".c-more button", row);
  if (!anchor) return;
  const list = make("dl");
  const panel = make(
    "div",
    {
      class: "details-panel",
      role: "dialog",
      "aria-label": text("details_of", { name: task.name }),
      tabindex: "-1",
    },
    make("h2", { text: task.name }),
    list,
  );
  /** @param {string} key @param {...(string | Node)} values */
  const add = (key, ...values) => {
    if (!values.length) return;
    list.append(make("dt", { text: text(key) }), ...values.map((value) => make("dd", {}, value)));
  };
  add("project", projectName(task.location) ?? text("personal"));
  if (task.due)
    add("due", `${writeFull(task.due)} (${describeDue(task.due, task.isCompleted).words})`);
  openPanel(anchor, panel);
  panel.focus();
  try {
    const callout = await readCallout(task.id);
    add("part_of", ...callout.hierarchy);
    add("people", ...callout.contacts);
    add("after_these", ...callout.predecessors);
    add("before_these", ...callout.successors);
    const link = task.isPersonal ? null : linkTo(callout.url, callout.title);
    if (link) add("open_in", link);
  } catch (error) {
    add("not_read", sentenceOf(error));
  }
  if (task.isReadOnly) panel.append(make("p", { class: "muted" }, icon("lock"), text("read_only")));
}

/** @param {number} id */
function readCallout(id) {
  return ask((session, context) => {
    const callout = session.getCalloutInfo(id);
    context.load(callout);
    return () => ({
      hierarchy: callout.get_hierarchy() ?? [],
      contacts: callout.get_contacts() ?? [],
      predecessors: callout.get_predecessors() ?? [],
      successors: callout.get_successors() ?? [],
      title: callout.get_directLinkTitle() || callout.get_title() || text("open"),
      url: callout.get_directLinkUrl() || callout.get_url() || "",
    });
  });
}

/** A link, where the address is one that may be followed. @param {string} address @param {string} words */
function linkTo(address, words) {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return /^https?:$/.test(url.protocol) ? make("a", { href: url.href, text: words }) : null;
}
