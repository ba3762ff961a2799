// A request of the journal, as something to run: a curl line, a test. Knows no page.
//
// The journal keeps no bearer values; who runs it names a token of their own.

const LEFT_OUT = new Set([
  "host",
  "connection",
  "content-length",
  "accept-encoding",
  "transfer-encoding",
]);

/** A text as one word of a shell. @param {string} text */
export function quoteForShell(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** @param {Message} message */
function headersOf(message) {
  return message.headers.filter(([name]) => !LEFT_OUT.has(name.toLowerCase()));
}

/** @param {string} name */
function isSecret(name) {
  return name.toLowerCase() === "authorization";
}

/** Something that a browser holds, and nobody else should. @param {string} name */
function isCookie(name) {
  return name.toLowerCase() === "cookie";
}

/** @param {WholeExchange} exchange @param {string} base */
export function asCurl(exchange, base) {
  const { request, method, target } = exchange;
  const parts = [`curl -X ${method} ${quoteForShell(base + target)}`];
  for (const [name, value] of headersOf(request)) {
    if (isSecret(name)) parts.push(`-H "${name}: Bearer $TOKEN"`);
    else if (!isCookie(name)) parts.push(`-H ${quoteForShell(`${name}: ${value}`)}`);
  }
  const { body } = request;
  if (body.text) parts.push(`--data-raw ${quoteForShell(body.text)}`);
  else if (body.bytes) parts.push("--data-binary @body");
  return parts.join(" \\\n  ");
}

/** @param {WholeExchange} exchange */
export function asPytest(exchange) {
  const { request, method, target, status, path } = exchange;
  const last = path.split("/").filter(Boolean).at(-1) ?? "root";
  const name = `${method}_${last}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/_+$/, "");
  const headers = headersOf(request)
    .filter(([header]) => !isCookie(header))
    .map(([header, value]) =>
      isSecret(header)
        ? `        ${JSON.stringify(header)}: f"Bearer {os.environ['TOKEN']}",`
        : `        ${JSON.stringify(header)}: ${JSON.stringify(value)},`,
    );
  const { body } = request;
  const content = body.text
    ? [`    content = ${JSON.stringify(body.text)}`]
    : body.bytes
      ? ['    content = Path("body").read_bytes()']
      : [];
  return [
    "import os",
    ...(body.bytes && !body.text ? ["from pathlib import Path"] : []),
    "",
    "import httpx",
    "",
    "",
    `def test_${name}() -> None:`,
    `    url = os.environ["AFTERLOOK_URL"] + ${JSON.stringify(target)}`,
    "    headers = {",
    ...headers,
    "    }",
    ...content,
    `    response = httpx.request(${JSON.stringify(method)}, url, headers=headers${content.length ? ", content=content" : ""})`,
    `    assert response.status_code == ${status ?? "None"}, response.text`,
    "",
  ].join("\n");
}
