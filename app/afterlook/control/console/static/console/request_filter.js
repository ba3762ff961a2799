// The filter of requests: it is the query of the address, so that it can be kept and sent.
import { make } from "../../../../assets/scripts/dom.js";
import { completeFilter } from "./filter.js";
import { exchanges } from "./request_rows.js";
import { reloadRequests } from "./requests_page.js";

const MAX_LENGTH = 1024;

export const filterField = make("input", {
  id: "filter",
  type: "search",
  name: "q",
  maxlength: MAX_LENGTH,
  placeholder: 'status:4xx method:POST path:/tasks mailbox:alice "text"',
  spellcheck: "false",
  autocapitalize: "none",
  autocomplete: "off",
  list: "completions",
  "aria-describedby": "filter-problem",
});
const completions = make("datalist", { id: "completions" });
const filterProblem = make("p", { class: "error", id: "filter-problem", role: "alert" });

export function makeFilterForm() {
  const form = make(
    "form",
    { class: "filter", role: "search" },
    make("label", { for: "filter", text: "Filter" }),
    filterField,
    completions,
    make("button", { text: "Apply" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    setFilter(filterField.value.trim());
  });
  for (const name of ["input", "focus"]) filterField.addEventListener(name, complete);
  return [form, filterProblem];
}

export function readFilter() {
  return new URLSearchParams(location.search).get("q") ?? "";
}

/** @param {string} query */
export function setFilter(query) {
  const address = query ? `?${new URLSearchParams({ q: query })}` : location.pathname;
  history.pushState(null, "", address);
  void reloadRequests();
}

/** @param {string} words */
export function showFilterProblem(words) {
  filterProblem.textContent = words;
  filterField.toggleAttribute("aria-invalid", Boolean(words));
}

function complete() {
  const mailboxes = new Set(Array.from(exchanges.values(), (one) => one.mailbox ?? "none"));
  const operations = new Set(Array.from(exchanges.values(), (one) => one.operation ?? ""));
  const found = completeFilter(filterField.value, { mailbox: mailboxes, operation: operations });
  completions.replaceChildren(...found.map((value) => make("option", { value })));
}
