// Requests as they come: filtered by the query of the address, held back while somebody reads.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { call, reasonOf } from "./api.js";
import { data } from "./data.js";
import { completeFilter } from "./filter.js";
import { addKeys } from "./keys.js";
import { listen, listenFor } from "./live.js";
import { countOf } from "./moments.js";
import { attempt, makeEmpty } from "./parts.js";
import {
  closeExchange,
  copyCurl,
  onAllClosed,
  showExchange,
  shownExchange,
} from "./request_details.js";
import {
  drawExchange,
  exchanges,
  MAX_ROWS,
  makeRequestTable,
  removeExchanges,
  rowOf,
  rowsFromTop,
} from "./request_rows.js";
import { sayWaiting } from "./state.js";
import { showToast } from "./toasts.js";
import { makeBlock } from "./tokens_page.js";

const TICK = 250; // milliseconds
const PER_TICK = 15; // rows: 60 a second
const TOP = 120; // pixels of scrolling that are still the top
const SAID_EVERY = 5000; // milliseconds

/** What came and is not drawn. @type {Map<number, Exchange>} */
const waiting = new Map();
let left = 0; // that came, and were too many to wait
let isPaused = false;
let hidden = Number(sessionGet("afterlook.cleared") ?? 0);
let unsaid = 0;

const table = makeRequestTable();
const empty = makeEmpty();
const pill = button("", () => drawWaiting(true), { class: "pill", hidden: true });
const pause = button("Pause", () => setPaused(!isPaused), { "aria-pressed": "false" }, "pause");
const field = make("input", {
  id: "filter",
  type: "search",
  name: "q",
  maxlength: "1024",
  spellcheck: "false",
  autocapitalize: "none",
  autocomplete: "off",
  list: "completions",
  "aria-describedby": "filter-problem",
});
const completions = make("datalist", { id: "completions" });
const problem = make("p", { class: "error", id: "filter-problem", role: "alert" });

export function startRequestsPage() {
  field.value = filter();
  const form = make(
    "form",
    { class: "filter", role: "search" },
    make("label", { for: "filter", text: "Filter" }),
    field,
    completions,
    make("button", { text: "Apply" }),
  );
  field.placeholder = 'status:4xx method:POST path:/tasks mailbox:alice "text"';
  field.addEventListener("input", complete);
  field.addEventListener("focus", complete);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    setFilter(field.value.trim());
  });
  find("#actions")?.append(pause, button("Clear", clear, {}, "delete"));
  find("#content")?.append(form, problem, pill, table, empty);
  addEventListener("popstate", () => void reload());
  addEventListener("hashchange", openNamed);
  onAllClosed(forgetOpened);
  table.addEventListener("click", openClicked);
  listen({ heard: (event) => hear(event.type, event.data), changed: () => {} });
  setInterval(tick, TICK);
  setInterval(sayCount, SAID_EVERY);
  addRequestKeys();
  void reload();
}

function filter() {
  return new URLSearchParams(location.search).get("q") ?? "";
}

/** @param {string} query */
function setFilter(query) {
  const search = query ? `?${new URLSearchParams({ q: query })}` : location.pathname;
  history.pushState(null, "", search);
  void reload();
}

/** Read the list anew, and hear of what comes after. */
async function reload() {
  const query = filter();
  field.value = query;
  problem.textContent = "";
  try {
    const found = await call("journal", { query, limit: MAX_ROWS, after: hidden || undefined });
    removeExchanges(() => true);
    waiting.clear();
    left = 0;
    for (const exchange of found.entries) drawExchange(exchange, location.search);
    showEmpty(found.is_on, query);
    markWaiting();
    listenFor(query, found.last);
    openNamed();
  } catch (error) {
    problem.textContent = reasonOf(error);
  }
}

/** @param {string} type @param {string} text */
function hear(type, text) {
  if (type === "exchange") {
    const exchange = JSON.parse(text);
    if (exchange.id <= hidden) return;
    if (rowOf(exchange.id)) {
      drawExchange(exchange, location.search);
      return;
    }
    waiting.set(exchange.id, exchange);
    unsaid += 1;
    if (waiting.size > MAX_ROWS) {
      waiting.delete(Math.min(...waiting.keys()));
      left += 1;
    }
  } else if (type === "cleared") {
    const { last } = JSON.parse(text);
    removeExchanges((id) => id <= last);
    showEmpty(true, filter());
  } else if (type === "dropped") void reload();
}

function isReading() {
  const row = document.activeElement?.closest("tr[data-id]");
  return isPaused || scrollY > TOP || Boolean(row?.previousElementSibling);
}

function tick() {
  if (waiting.size && !isReading()) drawWaiting(false);
  markWaiting();
}

/** @param {boolean} isAsked whether somebody pressed the pill: then all of them, and the top */
function drawWaiting(isAsked) {
  const ids = Array.from(waiting.keys()).sort((one, other) => one - other);
  for (const id of isAsked ? ids : ids.slice(0, PER_TICK)) {
    const exchange = waiting.get(id);
    waiting.delete(id);
    if (exchange) drawExchange(exchange, location.search);
  }
  left = 0;
  showEmpty(true, filter());
  markWaiting();
  if (!isAsked) return;
  scrollTo({ top: 0 });
  focusRow(rowsFromTop()[0]);
}

function markWaiting() {
  const count = waiting.size + left;
  pill.hidden = !count || !isReading();
  pill.textContent = `${count.toLocaleString("en")} new`;
  sayWaiting(isPaused ? `Paused, ${count.toLocaleString("en")} waiting` : "");
}

function sayCount() {
  if (unsaid) announce(`${countOf(unsaid, "new request")}.`);
  unsaid = 0;
}

/** @param {boolean} is */
function setPaused(is) {
  isPaused = is;
  pause.setAttribute("aria-pressed", `${is}`);
  markWaiting();
  announce(is ? "Paused." : "Live.");
}

/** @param {boolean} isOn @param {string} query */
function showEmpty(isOn, query) {
  const hasRows = exchanges.size > 0;
  table.hidden = !hasRows;
  empty.hidden = hasRows;
  if (hasRows || empty.dataset.query === `${isOn} ${query}`) return;
  empty.dataset.query = `${isOn} ${query}`;
  if (!isOn) {
    const words = "The server keeps no journal. Start it without --journal 0 to see requests here.";
    empty.replaceChildren(make("p", { text: words }));
  } else if (query) {
    const all = button("Show all", () => setFilter(""), { class: "link" });
    empty.replaceChildren(make("p", {}, `No request matches “${query}”. `, all));
  } else {
    empty.replaceChildren(
      make("p", { text: "No requests yet. Point a client here:" }),
      makeBlock(data.base, "base URL"),
      make("p", { text: "or send one yourself:" }),
      makeBlock(`curl ${data.base}/api/v2.0/me/tasks`, "curl"),
    );
  }
}

/** Take all off the list; the server forgets them later, if nothing came since. */
function clear() {
  const last = Math.max(0, ...exchanges.keys(), ...waiting.keys());
  const before = hidden;
  if (last <= before) return;
  const count = exchanges.size + waiting.size;
  setHidden(last);
  removeExchanges(() => true);
  waiting.clear();
  left = 0;
  showEmpty(true, filter());
  showToast(`Cleared ${countOf(count, "request")}.`, {
    label: "Undo",
    run: () => {
      setHidden(before);
      void reload();
    },
    closed: (wasUndone) => {
      if (!wasUndone) void attempt(forget);
    },
  });
}

async function forget() {
  const { entries, last } = await call("journal", { after: hidden, limit: 1 });
  if (!entries.length && last <= hidden) await call("journal clear");
}

/** @param {number} last */
function setHidden(last) {
  hidden = last;
  try {
    sessionStorage.setItem("afterlook.cleared", `${last}`);
  } catch (_refused) {
    // It holds for this page.
  }
}

/** @param {string} key */
function sessionGet(key) {
  try {
    return sessionStorage.getItem(key);
  } catch (_refused) {
    return null;
  }
}

function complete() {
  const mailboxes = new Set(Array.from(exchanges.values(), (one) => one.mailbox ?? "none"));
  const operations = new Set(Array.from(exchanges.values(), (one) => one.operation ?? ""));
  const found = completeFilter(field.value, { mailbox: mailboxes, operation: operations });
  completions.replaceChildren(...found.map((value) => make("option", { value })));
}

/** @param {MouseEvent} event */
function openClicked(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const row = /** @type {HTMLElement} */ (event.target).closest("tr[data-id]");
  const id = Number(row?.getAttribute("data-id"));
  if (!id) return;
  event.preventDefault();
  history.replaceState(null, "", `${location.search || location.pathname}#${id}`);
  openNamed();
}

/** Open the request that the address names. */
function openNamed() {
  const id = Number(location.hash.slice(1));
  if (!id || shownExchange()?.id === id) return;
  for (const row of rowsFromTop()) row.removeAttribute("aria-current");
  rowOf(id)?.setAttribute("aria-current", "true");
  void showExchange(id);
}

function forgetOpened() {
  const id = Number(location.hash.slice(1));
  history.replaceState(null, "", location.search || location.pathname);
  const row = rowOf(id);
  row?.removeAttribute("aria-current");
  focusRow(row);
}

/** @param {HTMLElement | undefined} row */
function focusRow(row) {
  const link = row && find("a", row);
  link?.focus();
  return Boolean(link);
}

function currentRow() {
  const focused = document.activeElement?.closest("tr[data-id]");
  const opened = shownExchange();
  return /** @type {HTMLElement | undefined} */ (focused ?? (opened && rowOf(opened.id)));
}

/** @param {number} step */
function move(step) {
  const rows = rowsFromTop();
  const at = rows.indexOf(/** @type {HTMLElement} */ (currentRow()));
  return focusRow(rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]);
}

/** To the next request of the same mailbox, earlier or later. @param {number} step */
function moveInMailbox(step) {
  const rows = rowsFromTop();
  const current = currentRow();
  if (!current) return false;
  const mailboxOf = (/** @type {HTMLElement} */ row) =>
    exchanges.get(Number(row.dataset.id))?.mailbox;
  const same = rows.filter((row) => mailboxOf(row) === mailboxOf(current));
  const next = same[same.indexOf(current) + step];
  if (!next) return true;
  if (shownExchange()) location.hash = `${next.dataset.id}`;
  else focusRow(next);
  return true;
}

function addRequestKeys() {
  addKeys(
    { keys: ["j"], words: "Next request in the list", run: () => move(1) },
    { keys: ["k"], words: "Previous request in the list", run: () => move(-1) },
    { keys: ["Enter"], words: "Open the request", run: () => false },
    { keys: ["Escape"], words: "Close the details", run: () => closeExchange() },
    { keys: ["["], words: "Earlier request of the same mailbox", run: () => moveInMailbox(1) },
    { keys: ["]"], words: "Later request of the same mailbox", run: () => moveInMailbox(-1) },
    { keys: ["/"], words: "Filter", run: () => field.focus() },
    { keys: ["p"], words: "Pause, or go on", run: () => setPaused(!isPaused) },
    { keys: ["x"], words: "Clear", run: clear },
    {
      keys: ["c"],
      words: "Copy as curl",
      run: () => void copyCurl(Number(currentRow()?.dataset.id) || undefined),
    },
  );
}
