// How a request goes over HTTP, and the form digest that goes with it.

/** An HTTP request of ours, as programs see it: they add headers to it. */
class WebRequest {
  constructor() {
    this.url = "";
    this.verb = "POST";
    this.body = "";
    this.headers = /** @type {Record<string, string>} */ ({});
    this.timeout = 0;
  }

  get_url() {
    return this.url;
  }

  get_httpVerb() {
    return this.verb;
  }

  get_body() {
    return this.body;
  }

  get_headers() {
    return this.headers;
  }

  get_timeout() {
    return this.timeout;
  }

  /** @param {number} value in milliseconds */
  set_timeout(value) {
    this.timeout = value;
  }

  /** @param {string} name */
  hasHeader(name) {
    return Object.keys(this.headers).some((each) => each.toLowerCase() === name.toLowerCase());
  }
}

/** An answer that is none: the network, the server, or something between them failed. */
class TransportError extends Error {}

/**
 * Send a request; the promise fails with a `TransportError` where there is no answer.
 * @param {WebRequest} request
 * @returns {Promise<XMLHttpRequest>}
 */
function send(request) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.verb, request.url, true);
    xhr.timeout = request.timeout;
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    const fail = (/** @type {string} */ message) => () => reject(new TransportError(message));
    xhr.onload = () => resolve(xhr);
    xhr.onerror = fail("The server does not answer.");
    xhr.onabort = fail("The request was aborted.");
    xhr.ontimeout = fail(`The server has not answered within ${request.timeout / 1000} seconds.`);
    xhr.send(request.body);
  });
}

/**
 * Return the JSON of an answer, marked for `readValue`. Throws a `TransportError`.
 * @param {XMLHttpRequest} xhr
 */
function readAnswer(xhr) {
  const type = xhr.getResponseHeader("content-type") ?? "";
  if (/json/i.test(type) && !xhr.getResponseHeader("SharePointError")) {
    try {
      return parseMarked(xhr.responseText);
    } catch {
      throw new TransportError("The answer of the server is not the JSON that it is said to be.");
    }
  }
  const what = type ? ` It is ${type}.` : "";
  throw new TransportError(
    `Unexpected answer of the server: ${xhr.status} ${xhr.statusText}.${what}`,
  );
}

const DIGEST_HEADER = "X-RequestDigest";
const FRESH = 750; // milliseconds of each second that a digest is good for: three quarters

/** @type {Map<string, { digest: Promise<string>, until: number }>} by address of the web */
const digests = new Map();

const begun = Date.now();

/**
 * Return the form digest for requests to a web; `isStale` tells that the last one was refused.
 * @param {string} web address of the web, without a slash at its end
 * @param {WebRequest} request what a program added to it, the server may need here, too
 * @param {boolean} isStale
 * @returns {Promise<string>}
 */
function digestFor(web, request, isStale) {
  const known = digests.get(web);
  if (known && !isStale && Date.now() < known.until) return known.digest;
  const onPage = isStale || known ? null : digestOfPage(web);
  if (onPage) return Promise.resolve(onPage);
  const entry = { digest: Promise.resolve(""), until: Number.POSITIVE_INFINITY };
  entry.digest = fetchDigest(web, request).then(
    (information) => {
      entry.until = Date.now() + information.FormDigestTimeoutSeconds * FRESH;
      if (isWebOfPage(web)) keepOnPage(information.FormDigestValue);
      return information.FormDigestValue;
    },
    (error) => {
      digests.delete(web);
      throw error;
    },
  );
  digests.set(web, entry);
  return entry.digest;
}

/**
 * @param {string} web
 * @param {WebRequest} caller
 * @returns {Promise<{ FormDigestValue: string, FormDigestTimeoutSeconds: number }>}
 */
async function fetchDigest(web, caller) {
  const request = new WebRequest();
  request.url = `${web}/_api/contextinfo`;
  request.timeout = caller.timeout;
  request.headers = {
    ...caller.headers,
    Accept: "application/json;odata=verbose",
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
  };
  const xhr = await send(request);
  const answer = readAnswer(xhr);
  const information = answer?.d?.GetContextWebInformation ?? answer;
  if (typeof information?.FormDigestValue === "string") return information;
  throw new TransportError(`The server gives no form digest: ${xhr.status} ${xhr.statusText}.`);
}

/** @param {string} web */
function isWebOfPage(web) {
  const known = globalThis._spPageContextInfo?.webServerRelativeUrl;
  return known !== undefined && known.replace(/\/$/, "").toLowerCase() === web.toLowerCase();
}

/** Return the digest that the page came with, while it is fresh. @param {string} web */
function digestOfPage(web) {
  const seconds = globalThis._spPageContextInfo?.formDigestTimeoutSeconds ?? 0;
  if (!isWebOfPage(web) || Date.now() >= begun + seconds * FRESH) return null;
  return fieldOfPage()?.value || globalThis._spPageContextInfo?.formDigestValue || null;
}

/** Leave a new digest where programs that post by themselves look for one. @param {string} digest */
function keepOnPage(digest) {
  const field = fieldOfPage();
  if (field) field.value = digest;
  if (globalThis._spPageContextInfo) globalThis._spPageContextInfo.formDigestValue = digest;
}

/** @returns {{ value: string } | null} */
function fieldOfPage() {
  const name = "__REQUESTDIGEST";
  // By its id it is found at once, by its name among all elements.
  const { document } = globalThis;
  const field = document?.getElementById(name) ?? document?.getElementsByName(name)[0];
  return /** @type {HTMLInputElement | undefined} */ (field) ?? null;
}
