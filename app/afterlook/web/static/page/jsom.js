// Requests of the page: each a fresh context of SP.WorkManagement.OM, as a promise.
//
// Owns what can come of one. Where the server does not answer, it is asked again after 1, 2, 5 and
// 10 seconds; what cannot be sent twice, such as a new task, only when its user says so.
import { data, text } from "./data.js";
import { WRITE_ERRORS } from "./texts.js";
import { beginWaiting, endWaiting, waitForServer } from "./waiting.js";

const DIGEST_ERRORS = [-2130575251, -2130575252];
const ACCESS_DENIED = -2147024891;
const TIMEOUT = 60_000; // milliseconds

/**
 * What went wrong: the server refused a value (`field`), knows no such task (`gone`), takes nothing
 * from this page any more (`old`), does not let this browser in (`shut`), does not answer (`away`),
 * or failed (`failed`).
 * @typedef {"field" | "gone" | "old" | "shut" | "away" | "failed"} Kind
 */

export class WriteError extends Error {
  /**
   * @param {Kind} kind
   * @param {string} message a sentence
   * @param {number} [code] WriteFieldErrorType, or that of the whole request
   * @param {string} [correlation]
   */
  constructor(kind, message, code = 0, correlation = "") {
    super(message);
    this.kind = kind;
    this.code = code;
    this.correlation = correlation;
  }
}

const GONE = [1, 3];

/** @type {Record<number, string>} */
const SENTENCES = WRITE_ERRORS;

/**
 * The error of one write, by its WriteFieldErrorType.
 * @param {number} code
 * @param {string} [said] by the server
 */
export function fieldError(code, said = "") {
  if (GONE.includes(code)) return new WriteError("gone", text("gone"), code);
  return new WriteError("field", SENTENCES[code] ?? said, code);
}

/**
 * Send what `build` gathers in a new context, and return what it returns a reader for.
 * @template T
 * @param {(context: SP.ClientContext) => () => T} build
 * @param {{ isOnce?: boolean }} [options] `isOnce`: never send it again by itself
 * @returns {Promise<T>}
 */
export async function send(build, options = {}) {
  for (let attempt = 0; ; attempt++) {
    beginWaiting();
    try {
      const answer = await sendOnce(build);
      endWaiting(true);
      return answer;
    } catch (error) {
      const isAway = error instanceof WriteError && error.kind === "away";
      endWaiting(!isAway);
      if (!isAway || options.isOnce) throw error;
      await waitForServer(attempt);
    }
  }
}

/**
 * @template T
 * @param {(context: SP.ClientContext) => () => T} build
 * @returns {Promise<T>}
 */
function sendOnce(build) {
  return new Promise((resolve, reject) => {
    const context = new SP.ClientContext(data.context.webServerRelativeUrl);
    context.set_requestTimeout(TIMEOUT);
    const read = build(context);
    context.executeQueryAsync(
      () => {
        try {
          resolve(read());
        } catch (error) {
          reject(error);
        }
      },
      (_, args) => reject(toError(args)),
    );
  });
}

/** @param {SP.ClientRequestFailedEventArgs} args */
function toError(args) {
  const code = args.get_errorCode();
  const correlation = args.get_errorTraceCorrelationId() ?? "";
  if (DIGEST_ERRORS.includes(code)) return new WriteError("old", text("page_too_old"), code);
  if (code === ACCESS_DENIED) return new WriteError("shut", text("other_mailbox"), code);
  if (code) return new WriteError("failed", args.get_message(), code, correlation);
  // The library has no number for what is no answer of CSOM; its message has the HTTP status.
  const status = Number(/: (\d{3})\b/.exec(args.get_message())?.[1] ?? 0);
  if (status === 401 || status === 403)
    return new WriteError("shut", text("other_mailbox"), status);
  if (status && status < 500 && status !== 429)
    return new WriteError("failed", args.get_message(), status);
  return new WriteError("away", text("server_away"), status);
}

/** The XML of a request that is sent by other means. @param {(context: SP.ClientContext) => void} build */
export function writeRequest(build) {
  const context = new SP.ClientContext(data.context.webServerRelativeUrl);
  build(context);
  const request = /** @type {any} */ (context.get_pendingRequest());
  return /** @type {string} */ (request.write());
}

/**
 * Send a request though the page is about to go. Nobody hears of its answer; the page that comes
 * next may have been read before it.
 * @param {(context: SP.ClientContext) => void} build
 */
export function sendAtLast(build) {
  const digest = /** @type {HTMLInputElement} */ (document.getElementById("__REQUESTDIGEST")).value;
  fetch(`${data.context.webServerRelativeUrl}/_vti_bin/client.svc/ProcessQuery`, {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "text/xml", "X-RequestDigest": digest },
    body: writeRequest(build),
  }).catch(() => {});
}
