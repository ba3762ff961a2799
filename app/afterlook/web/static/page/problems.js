// Which sources of tasks could not be read, above the list.

import { find, findAll, icon, make } from "../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { text } from "./data.js";
import { writeMoment } from "./moments.js";

/** @typedef {{ name: string, last: Date | null, correlation: string }} ProviderProblem */

/**
 * Show which sources could not be read, in the place of what was said about them before.
 * @param {ProviderProblem[]} problems
 */
export function showProblems(problems) {
  for (const old of findAll("#main > .notice.warning:not(#away)")) old.remove();
  const words = problems.map((problem) => text("provider_failed", { provider: problem.name }));
  find("#main")?.prepend(...problems.map((problem, index) => makeProblem(problem, words[index])));
  if (words.length) announce(words.join(" "));
}

/**
 * @param {ProviderProblem} problem
 * @param {string} words
 */
function makeProblem({ last, correlation }, words) {
  const time = last && writeMoment(last);
  const read = time ? text("last_read", { time }) : text("never_read");
  const why = make("p", {}, read, make("br"), text("correlation", { id: correlation }));
  const details = make("details", {}, make("summary", { text: text("see_why") }), why);
  const content = make("div", {}, make("p", { text: words }), details);
  return make("div", { class: "notice warning" }, icon("alert"), content);
}
