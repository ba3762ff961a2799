// A page without a browser: the scripts run in a context of their own, requests go to a stub.

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const LIBRARY = process.env.AFTERLOOK_LIBRARY ?? "";
const OPENING =
  '[{"SchemaVersion":"15.0.0.0","LibraryVersion":"15.0.4420.1017","ErrorInfo":null,"TraceCorrelationId":"t"}';
const CONTEXT_INFO = {
  d: { GetContextWebInformation: { FormDigestValue: "0xNEW,now", FormDigestTimeoutSeconds: 1800 } },
};

/** Answer as the server does: each request is told to `answer`, which returns pairs as raw JSON. */
class Server {
  constructor() {
    this.requests = [];
    this.digests = [];
    this.answer = () => "";
  }

  respond(request) {
    if (request.url.endsWith("/_api/contextinfo")) {
      this.digests.push(request);
      return json(JSON.stringify(CONTEXT_INFO));
    }
    this.requests.push(request);
    const answer = this.answer(request);
    return typeof answer === "string" ? json(`${OPENING}${answer && `,${answer}`}]`) : answer;
  }

  get bodies() {
    return this.requests.map((each) => each.body);
  }
}

function json(text, status = 200) {
  return { status, statusText: "OK", headers: { "content-type": "application/json" }, text };
}

function failure(code, message = "No.", typeName = "Microsoft.SharePoint.SPException") {
  const info = {
    ErrorMessage: message,
    ErrorCode: code,
    ErrorTypeName: typeName,
    ErrorValue: null,
  };
  const header = {
    SchemaVersion: "15.0.0.0",
    LibraryVersion: "15.0.4420.1017",
    TraceCorrelationId: "t",
  };
  return json(JSON.stringify([{ ...header, ErrorInfo: info }]));
}

function stubOf(server) {
  return class {
    open(verb, url) {
      this.request = { verb, url, headers: {} };
    }
    setRequestHeader(name, value) {
      this.request.headers[name] = value;
    }
    send(body) {
      this.request.body = body;
      this.request.timeout = this.timeout;
      setImmediate(() => {
        const response = server.respond(this.request);
        if (response.event) return this[response.event]();
        this.status = response.status;
        this.statusText = response.statusText;
        this.responseText = response.text;
        this.getResponseHeader = (name) => response.headers[name.toLowerCase()] ?? null;
        return this.onload();
      });
    }
  };
}

/**
 * Open a page that has loaded `scripts`; `globals` are there before.
 */
function openPage({
  scripts = ["microsoftajax.js", "sp.runtime.js", "sp.js", "sp.workmanagement.js"],
  globals = {},
} = {}) {
  const server = new Server();
  const errors = [];
  const window = vm.createContext({
    URL,
    atob,
    btoa,
    console,
    crypto,
    setTimeout,
    location: new URL("http://localhost/sites/try/sample.aspx?a=1"),
    document: {
      currentScript: null,
      readyState: "loading",
      getElementById: () => null,
      getElementsByName: () => [],
    },
    addEventListener: () => {},
    reportError: (error) => errors.push(error),
    Document: class {},
    XMLHttpRequest: stubOf(server),
    ...globals,
  });
  const load = (name) => vm.runInContext(readFileSync(join(LIBRARY, name), "utf-8"), window, name);
  scripts.forEach(load);
  const execute = (context) =>
    new Promise((resolve) => {
      context.executeQueryAsync(
        (sender, args) => resolve({ succeeded: true, sender, args }),
        (sender, args) => resolve({ succeeded: false, sender, args, message: args.get_message() }),
      );
    });
  const evaluate = (code) => vm.runInContext(code, window);
  return {
    window,
    evaluate,
    SP: window.SP,
    OM: window.SP?.WorkManagement?.OM,
    server,
    errors,
    load,
    execute,
  };
}

module.exports = { openPage, json, failure };
