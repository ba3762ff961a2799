// Requests as they come, newest on top.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { call, reasonOf } from "./api.js";
import { data } from "./data.js";
import { listen, listenFor } from "./live.js";
import { makeEmpty } from "./parts.js";
import { boundCleared, clearedUntil, clearRequests } from "./request_clearing.js";
import { onAllClosed } from "./request_details.js";
import {
  filterField,
  makeFilterForm,
  readFilter,
  setFilter,
  showFilterProblem,
} from "./request_filter.js";
import { addRequestKeys, leaveNamed, openClicked, openNamed } from "./request_moves.js";
import { forgetWaiting, pauseButton, pill, startQueue, takeExchange } from "./request_queue.js";
import {
  drawExchange,
  exchanges,
  MAX_ROWS,
  makeRequestTable,
  removeExchanges,
} from "./request_rows.js";
import { makeBlock } from "./tokens_page.js";

const requestTable = makeRequestTable();
const nothing = makeEmpty();
let hasJournal = true;
let isLost = false;

export function startRequestsPage() {
  find("#actions")?.append(pauseButton, button("Clear", clearRequests, {}, "delete"));
  find("#content")?.append(...makeFilterForm(), pill, requestTable, nothing);
  addEventListener("popstate", () => void reloadRequests());
  addEventListener("hashchange", openNamed);
  requestTable.addEventListener("click", openClicked);
  onAllClosed(leaveNamed);
  listen({ heard: ({ type, data: text }) => hear(type, text), changed: findAgain });
  startQueue();
  addRequestKeys();
  void reloadRequests();
}

/** Read the list anew, and hear of what comes after. */
export async function reloadRequests() {
  const query = readFilter();
  filterField.value = query;
  showFilterProblem("");
  try {
    const found = await call("journal", { query, limit: MAX_ROWS });
    boundCleared(found.last);
    hasJournal = found.is_on;
    removeExchanges(() => true);
    forgetWaiting(() => true);
    for (const exchange of found.entries)
      if (exchange.id > clearedUntil()) drawExchange(exchange, location.search);
    showWhetherEmpty();
    listenFor(query, found.last);
    openNamed();
  } catch (error) {
    showFilterProblem(reasonOf(error));
  }
}

/** What came while there was no connection, or from a server that began anew. @param {string} state */
function findAgain(state) {
  if (state === "off") isLost = true;
  if (state !== "live" || !isLost) return;
  isLost = false;
  void reloadRequests();
}

/** @param {string} type @param {string} text */
function hear(type, text) {
  if (type === "exchange") {
    const exchange = JSON.parse(text);
    if (exchange.id > clearedUntil()) takeExchange(exchange);
  } else if (type === "cleared") {
    const { last } = JSON.parse(text);
    removeExchanges((id) => id <= last);
    forgetWaiting((id) => id <= last);
    showWhetherEmpty();
  } else if (type === "dropped") void reloadRequests();
}

/** Say why there is nothing to see, if so. */
export function showWhetherEmpty() {
  const isEmpty = exchanges.size === 0;
  requestTable.hidden = isEmpty;
  nothing.hidden = !isEmpty;
  if (isEmpty) nothing.replaceChildren(...explainNothing(readFilter()));
}

/** @param {string} query */
function explainNothing(query) {
  if (!hasJournal) {
    const words = "The server keeps no journal. Start it without --journal 0 to see requests here.";
    return [make("p", { text: words })];
  }
  if (query) {
    const all = button("Show all", () => setFilter(""), { class: "link" });
    return [make("p", {}, `No request matches “${query}”. `, all)];
  }
  return [
    make("p", { text: "No requests yet. Point a client here:" }),
    makeBlock(data.base, "base URL"),
    make("p", { text: "or send one yourself:" }),
    makeBlock(`curl ${data.base}/api/v2.0/me/tasks`, "curl"),
  ];
}
