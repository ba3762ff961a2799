// One request whole: what differs from the contract first, then what was sent and answered.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { call } from "./api.js";
import { copy } from "./copying.js";
import { data } from "./data.js";
import { indentJson } from "./indent.js";
import { writeBytes, writeMoment } from "./moments.js";
import { attempt, saveAs } from "./parts.js";
import { asCurl, asPytest } from "./programs.js";

const MAX_SHOWN = 256 * 1024; // characters of a body
const FIRST_PART = 32 * 1024;

/** @type {Map<number, { article: HTMLElement, exchange: WholeExchange, isKept: boolean }>} */
const open = new Map();

/** Told when none is open any more. */
let closedAll = () => {};

/** @param {() => void} told */
export function onAllClosed(told) {
  closedAll = told;
}

/** The request that is shown on top. */
export function shownExchange() {
  return Array.from(open.values()).at(-1)?.exchange;
}

/**
 * Show a request, in place of those that are not to stay.
 * @param {number} id
 * @param {boolean} [hasFocus] whether the focus goes there
 */
export async function showExchange(id, hasFocus = true) {
  await attempt(async () => {
    /** @type {WholeExchange} */
    const exchange = await call("journal show", { id });
    const aside = /** @type {HTMLElement} */ (find("#details"));
    const isKept = open.get(id)?.isKept ?? false;
    for (const [other, shown] of open) {
      if (other !== id && shown.isKept) continue;
      shown.article.remove();
      open.delete(other);
    }
    const article = makeArticle(exchange, isKept);
    open.set(id, { article, exchange, isKept });
    aside.prepend(article);
    aside.hidden = false;
    aside.scrollTop = 0;
    document.body.toggleAttribute("data-details", true);
    if (hasFocus) find("h2", article)?.focus();
  });
}

/** Close one, or that on top; false if none was open. @param {number} [id] */
export function closeExchange(id = shownExchange()?.id) {
  const shown = id === undefined ? undefined : open.get(id);
  if (id === undefined || !shown) return false;
  shown.article.remove();
  open.delete(id);
  if (open.size) return true;
  const aside = find("#details");
  if (aside) aside.hidden = true;
  document.body.toggleAttribute("data-details", false);
  closedAll();
  return true;
}

/** Copy the request on top, or of a row, as a curl line. @param {number} [id] */
export async function copyCurl(id) {
  await attempt(async () => {
    const shown = shownExchange();
    /** @type {WholeExchange | undefined} */
    const exchange = id === undefined ? shown : await call("journal show", { id });
    if (exchange) await copy(asCurl(exchange, data.base), "curl");
  });
}

/** @param {WholeExchange} exchange @param {boolean} isKept */
function makeArticle(exchange, isKept) {
  const { id, method, target, status, reason, fault } = exchange;
  const title = `request-${id}`;
  const keep = button(
    "Keep open",
    () => {
      const shown = open.get(id);
      if (!shown) return;
      shown.isKept = !shown.isKept;
      keep.setAttribute("aria-pressed", `${shown.isKept}`);
    },
    { class: "small", "aria-pressed": `${isKept}` },
  );
  return make(
    "article",
    { "aria-labelledby": title, "data-exchange": id },
    make(
      "div",
      { class: "article-head" },
      make("h2", { id: title, tabindex: "-1" }, make("b", { text: method }), ` ${target}`),
      button("×", () => closeExchange(id), { class: "close", "aria-label": `Close request ${id}` }),
    ),
    make("p", { class: "muted", text: describe(exchange) }),
    fault
      ? make("p", { class: "notice warning" }, `Fault: ${fault.text}. ${fault.note ?? ""}`)
      : null,
    make(
      "div",
      { class: "row" },
      button("Copy as curl", () => void copy(asCurl(exchange, data.base), "curl"), SMALL, "copy"),
      button("As pytest", () => void copy(asPytest(exchange), "test"), SMALL, "copy"),
      keep,
    ),
    makeContract(exchange),
    makeSuccessor(exchange),
    makeMessage("Request", `${method} ${target}`, exchange.request),
    exchange.answer
      ? makeMessage("Response", `${status ?? "–"} ${reason}`, exchange.answer)
      : make("p", { class: "muted", text: "Nothing was answered." }),
  );
}

const SMALL = { class: "small" };

/** @param {WholeExchange} exchange */
function describe(exchange) {
  const parts = [
    `Request ${exchange.id}`,
    exchange.parent ? `part ${exchange.part ?? ""} of ${exchange.parent}` : "",
    exchange.mailbox ?? "no mailbox",
    exchange.operation ?? exchange.wire,
    `${writeMoment(exchange.at)} by the server’s clock, ${writeMoment(exchange.real)} by this machine’s`,
    `${exchange.ms.toFixed(1)} ms`,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @param {WholeExchange} exchange */
function makeContract({ contract }) {
  if (!contract.length) return null;
  const items = contract.map(({ rule, message, hint }) =>
    make(
      "li",
      {},
      make("p", { text: message }),
      hint ? make("p", { class: "muted", text: hint }) : null,
      make("p", { class: "help", text: rule }),
    ),
  );
  return make(
    "section",
    { class: "contract" },
    make("h3", { text: "What differs from the contract" }),
    make("ul", {}, ...items),
  );
}

/** What a call of the Outlook API becomes, in a line that opens. @param {WholeExchange} exchange */
function makeSuccessor({ successor }) {
  if (!successor) return null;
  const { to, note, options, members } = successor;
  const items = [...options, ...members].map((each) =>
    make(
      "li",
      {},
      make("code", { text: each.name }),
      `: ${each.note || each.to || "no equivalent"}`,
    ),
  );
  if (note) items.unshift(make("li", { text: note }));
  const becomes = to ? make("code", { text: to }) : make("b", { text: "no equivalent" });
  const said = ["In Microsoft Graph To Do: ", becomes];
  if (!items.length) return make("p", { class: "successor" }, ...said);
  return make(
    "details",
    { class: "successor" },
    make("summary", {}, ...said),
    make("ul", {}, ...items),
  );
}

/** @param {string} title @param {string} line @param {Message} message */
function makeMessage(title, line, { headers, body }) {
  const rows = headers.map(([name, value]) =>
    make("tr", {}, make("th", { scope: "row", text: name }), make("td", { text: value })),
  );
  return make(
    "section",
    {},
    make("h3", { text: title }),
    make("p", {}, make("code", { text: line })),
    make(
      "details",
      {},
      make("summary", { text: `Headers (${headers.length})` }),
      make("table", { class: "headers" }, make("tbody", {}, ...rows)),
    ),
    ...makeBody(title, body),
  );
}

/** @param {string} title @param {KeptBody} body */
function makeBody(title, body) {
  if (!body.bytes) return [make("p", { class: "muted", text: "No body." })];
  const size = `${body.media_type ?? "no type"}, ${writeBytes(body.bytes)}`;
  const said = make("p", { class: "help", text: body.is_cut ? `${size}; cut` : size });
  const { text } = body;
  if (text === null) return [said];
  const isLong = text.length > MAX_SHOWN;
  const shown = isLong ? text.slice(0, FIRST_PART) : (indentJson(text) ?? text);
  const save = isLong
    ? button("Save all of it", () => saveAs(text, `${title.toLowerCase()}.txt`), SMALL, "download")
    : null;
  const label = `${title}’s body`;
  const block = make("pre", { tabindex: "0", role: "region", "aria-label": label });
  block.append(make("code", { text: isLong ? `${shown}…` : shown }));
  return save ? [said, block, save] : [said, block];
}
