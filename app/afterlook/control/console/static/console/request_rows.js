// The list of requests: its rows, newest on top. 500 stay; what cannot be drawn shows itself raw.
import { find, make } from "../../../../assets/scripts/dom.js";
import { writeMoment, writeTime } from "./moments.js";

export const MAX_ROWS = 500;

const body = make("tbody", { role: "rowgroup" });

/** @type {Map<number, HTMLElement>} in the order in which they were drawn */
const drawn = new Map();

/** @type {Map<number, Exchange>} */
export const exchanges = new Map();

const HEADS = ["Time", "Method", "Path", "Mailbox", "Status", "Took", "Marks"];

export function makeRequestTable() {
  const cells = HEADS.map((text) =>
    make("th", { role: "columnheader", scope: "col", class: `c-${text.toLowerCase()}`, text }),
  );
  return make(
    "table",
    { class: "requests", role: "table", "aria-label": "Requests, the newest first" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...cells)),
    body,
  );
}

/** The rows, from the top. @returns {HTMLElement[]} */
export function rowsFromTop() {
  return /** @type {HTMLElement[]} */ (Array.from(body.children));
}

/** @param {number} id */
export function rowOf(id) {
  return drawn.get(id);
}

/** Draw an exchange, or draw it anew. @param {Exchange} exchange @param {string} search */
export function drawExchange(exchange, search) {
  const row = makeRowSafely(exchange, search);
  const before = drawn.get(exchange.id);
  exchanges.set(exchange.id, exchange);
  drawn.set(exchange.id, row);
  if (before) {
    const hadFocus = before.contains(document.activeElement);
    if (before.getAttribute("aria-current")) row.setAttribute("aria-current", "true");
    before.replaceWith(row);
    if (hadFocus) find("a", row)?.focus();
    return;
  }
  // Answers may come in another order than requests.
  const later = rowsFromTop().find((one) => Number(one.dataset.id) < exchange.id);
  body.insertBefore(row, later ?? null);
  while (drawn.size > MAX_ROWS) dropOldest();
}

function dropOldest() {
  const last = body.lastElementChild;
  const id = Number(last?.getAttribute("data-id"));
  last?.remove();
  drawn.delete(id);
  exchanges.delete(id);
}

/** @param {(id: number) => boolean} which */
export function removeExchanges(which) {
  for (const [id, row] of drawn) {
    if (!which(id)) continue;
    row.remove();
    drawn.delete(id);
    exchanges.delete(id);
  }
}

/** @param {Exchange} exchange @param {string} search */
function makeRowSafely(exchange, search) {
  try {
    return makeExchangeRow(exchange, search);
  } catch (_unexpected) {
    const raw = make("td", { role: "cell", class: "raw" });
    raw.append(make("code", { text: JSON.stringify(exchange) }));
    return make("tr", { role: "row", "data-id": exchange.id }, raw);
  }
}

/** @param {Exchange} exchange @param {string} search */
function makeExchangeRow(exchange, search) {
  const { id, method, target, mailbox, status, fault } = exchange;
  const family = status === null ? "none" : `${Math.floor(status / 100)}xx`;
  const marks = exchange.marks.map((mark) =>
    make("span", {
      class: "mark",
      "data-mark": mark,
      title: mark === "fault" ? fault?.text : null,
      text: mark,
    }),
  );
  const real = `By this machine’s clock: ${writeMoment(exchange.real)}`;
  const link = make("a", { href: `${search}#${id}`, text: target });
  return make(
    "tr",
    { role: "row", "data-id": id, "data-status": family },
    cell(
      "time",
      make("time", { title: real, datetime: exchange.at, text: writeTime(exchange.at) }),
    ),
    cell("method", method),
    cell("path", link),
    cell("mailbox", mailbox ?? ""),
    cell(
      "status",
      make("b", { text: status === null ? "–" : `${status}` }),
      ` ${exchange.is_done ? exchange.reason || "Not answered" : "Under way"}`,
    ),
    cell("took", exchange.is_done ? `${exchange.ms.toFixed(1)} ms` : ""),
    cell("marks", ...marks),
  );
}

/** @param {string} name @param {...(Node | string)} content */
function cell(name, ...content) {
  return make("td", { role: "cell", class: `c-${name}` }, ...content);
}
