// How a context sends its request, and what it makes of the answer.

const DIGEST_ERRORS = new Set([-2130575251, -2130575252]); // wrong, expired

/**
 * @param {ClientRuntimeContext} context
 * @param {WebRequest} webRequest
 * @param {string} body
 */
function prepare(context, webRequest, body) {
  webRequest.url = `${context.web}/_vti_bin/client.svc/ProcessQuery`;
  webRequest.body = body;
  webRequest.timeout = context.requestTimeout;
  const headers = webRequest.headers;
  headers["X-Requested-With"] = "XMLHttpRequest";
  headers["Content-Type"] = "text/xml";
  if (context.clientTag) headers["X-ClientService-ClientTag"] = context.clientTag;
  if (context.traceCorrelationId) headers.SPResponseGuid = context.traceCorrelationId;
}

/**
 * @param {ClientRuntimeContext} context
 * @param {ClientRequest} request
 */
async function execute(context, request) {
  try {
    const [header, ...pairs] = await exchange(context, request.webRequest);
    context.serverSchemaVersion = header.SchemaVersion;
    context.serverLibraryVersion = header.LibraryVersion;
    if (header.ErrorInfo) {
      fail(context, request, failureOf(request, header));
      return;
    }
    request.read(pairs);
  } catch (error) {
    const message = error instanceof Error ? error.message : `${error}`;
    fail(context, request, new ClientRequestFailedEventArgs(request, message));
    return;
  }
  const args = new ClientRequestSucceededEventArgs(request);
  context.requestSucceeded.tell(context, args);
  request.requestSucceeded.tell(context, args);
}

/**
 * @param {ClientRuntimeContext} context
 * @param {ClientRequest} request
 * @param {ClientRequestFailedEventArgs} args
 */
function fail(context, request, args) {
  context.requestFailed.tell(context, args);
  request.requestFailed.tell(context, args);
}

/**
 * Send a request, once more if its form digest was refused: nothing was done then.
 * @param {ClientRuntimeContext} context
 * @param {WebRequest} webRequest
 * @returns {Promise<any[]>}
 */
async function exchange(context, webRequest) {
  const answer = await sendWithDigest(context, webRequest, false);
  const code = answer[0].ErrorInfo?.ErrorCode;
  return DIGEST_ERRORS.has(code) && needsDigest(context, webRequest)
    ? sendWithDigest(context, webRequest, true)
    : answer;
}

/**
 * @param {ClientRuntimeContext} context
 * @param {WebRequest} webRequest
 * @param {boolean} isStale whether the form digest that is known was refused
 * @returns {Promise<any[]>}
 */
async function sendWithDigest(context, webRequest, isStale) {
  let sent = webRequest;
  if (needsDigest(context, webRequest)) {
    const digest = await digestFor(context.web, webRequest, isStale);
    sent = Object.assign(new WebRequest(), webRequest);
    sent.headers = { ...webRequest.headers, [DIGEST_HEADER]: digest };
  }
  const answer = readAnswer(await send(sent));
  if (Array.isArray(answer) && answer[0]?.SchemaVersion && answer[0].LibraryVersion) return answer;
  throw new TransportError("What the server answers is no answer to a request of this kind.");
}

/**
 * Whoever has a token needs no digest, since no browser adds a token by itself.
 * @param {ClientRuntimeContext} context
 * @param {WebRequest} webRequest
 */
function needsDigest(context, webRequest) {
  if (!context.formDigestHandlingEnabled) return false;
  return !webRequest.hasHeader(DIGEST_HEADER) && !webRequest.hasHeader("Authorization");
}

/**
 * @param {ClientRequest} request
 * @param {any} header of the answer
 */
function failureOf(request, header) {
  const error = header.ErrorInfo;
  return new ClientRequestFailedEventArgs(
    request,
    error.ErrorMessage,
    error.ErrorStackTrace,
    error.ErrorCode,
    error.ErrorValue,
    error.ErrorTypeName,
    error.ErrorDetails,
    error.TraceCorrelationId ?? header.TraceCorrelationId,
  );
}
