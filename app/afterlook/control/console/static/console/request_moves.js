// Going from request to request, and which one the address names.
import { find } from "../../../../assets/scripts/dom.js";
import { addKeys } from "./keys.js";
import { clearRequests } from "./request_clearing.js";
import { closeExchange, copyCurl, showExchange, shownExchange } from "./request_details.js";
import { filterField } from "./request_filter.js";
import { turnPause } from "./request_queue.js";
import { exchanges, rowOf, rowsFromTop } from "./request_rows.js";

/** @param {HTMLElement | undefined} row */
export function focusRow(row) {
  const link = row && find("a", row);
  link?.focus();
  return Boolean(link);
}

/** @param {MouseEvent} event */
export function openClicked(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const row = /** @type {HTMLElement} */ (event.target).closest("tr[data-id]");
  const id = Number(row?.getAttribute("data-id"));
  if (!id) return;
  event.preventDefault();
  name(id);
}

/** Put a request into the address, and open it. @param {number} id */
function name(id) {
  history.replaceState(null, "", `${location.search || location.pathname}#${id}`);
  openNamed();
}

/** Open the request that the address names. */
export function openNamed() {
  const id = Number(location.hash.slice(1));
  if (!id || shownExchange()?.id === id) return;
  for (const row of rowsFromTop()) row.removeAttribute("aria-current");
  rowOf(id)?.setAttribute("aria-current", "true");
  void showExchange(id);
}

/** All details are closed: back to the row that they were of. */
export function leaveNamed() {
  const row = rowOf(Number(location.hash.slice(1)));
  history.replaceState(null, "", location.search || location.pathname);
  row?.removeAttribute("aria-current");
  focusRow(row);
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
  const current = currentRow();
  if (!current) return false;
  const mailboxOf = (/** @type {HTMLElement} */ row) =>
    exchanges.get(Number(row.dataset.id))?.mailbox;
  const same = rowsFromTop().filter((row) => mailboxOf(row) === mailboxOf(current));
  const next = same[same.indexOf(current) + step];
  if (next && shownExchange()) name(Number(next.dataset.id));
  else if (next) focusRow(next);
  return true;
}

export function addRequestKeys() {
  const copyCurrent = () => void copyCurl(Number(currentRow()?.dataset.id) || undefined);
  addKeys(
    { keys: ["j"], words: "Next request in the list", run: () => move(1) },
    { keys: ["k"], words: "Previous request in the list", run: () => move(-1) },
    // The row's link has the focus, and does it.
    { keys: ["Enter"], words: "Open the request", run: () => false },
    { keys: ["Escape"], words: "Close the details", run: () => closeExchange() },
    { keys: ["["], words: "Earlier request of the same mailbox", run: () => moveInMailbox(1) },
    { keys: ["]"], words: "Later request of the same mailbox", run: () => moveInMailbox(-1) },
    { keys: ["/"], words: "Filter", run: () => filterField.focus() },
    { keys: ["p"], words: "Pause, or go on", run: turnPause },
    { keys: ["x"], words: "Clear", run: clearRequests },
    { keys: ["c"], words: "Copy as curl", run: copyCurrent },
  );
}
