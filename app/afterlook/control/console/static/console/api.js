// Calling operations, and the mailboxes' own wire.
import { adminHeaders, askForToken } from "./admin.js";
import { findOperation } from "./data.js";

/** Why something was not done; `status` is 0 where the server did not answer. */
export class Refusal extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The sentence of an error, for people. @param {unknown} error */
export function reasonOf(error) {
  if (!(error instanceof Refusal)) throw error;
  const end = /[.!?]$/.test(error.message) ? "" : ".";
  const text = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return `${text}${end}`;
}

/**
 * Do an operation, or look at a view; returns its answer. Throws a Refusal.
 * @param {string} name
 * @param {Record<string, unknown>} [parameters]
 * @param {{ keepalive?: boolean, body?: string }} [how] `body` is sent in place of parameters
 */
export async function call(name, parameters = {}, how = {}) {
  return JSON.parse(await callForText(name, parameters, how));
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} [parameters]
 * @param {{ keepalive?: boolean, body?: string }} [how]
 */
export async function callForText(name, parameters = {}, how = {}) {
  const operation = findOperation(name);
  if (!operation) throw new Refusal(404, "NotFound", `This server has no “${name}”`);
  if (operation.method === "GET") {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams(given.map(([key, value]) => [key, `${value}`])).toString();
    return read(await request(query ? `${operation.path}?${query}` : operation.path, {}));
  }
  return read(
    await request(operation.path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: how.body ?? JSON.stringify(parameters),
      keepalive: how.keepalive ?? false,
    }),
  );
}

/**
 * Send a request with the admin token, which is asked for where it is needed.
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<Response>}
 */
export async function request(url, init) {
  const headers = { .../** @type {Record<string, string>} */ (init.headers), ...adminHeaders() };
  const response = await send(url, { ...init, headers });
  if (response.status !== 401) return response;
  const reason = (await refusalOf(response)).message.replace(/^send/, "Send");
  return (await askForToken(reason)) ? request(url, init) : response.clone();
}

/**
 * Send a request as the client of a mailbox does, by its own token.
 * @param {string} token
 * @param {string} method
 * @param {string} path
 * @param {Record<string, unknown>} [body]
 */
export async function callAsClient(token, method, path, body) {
  const response = await send(path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body ? { "Content-Type": "application/json" } : {}),
    },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await read(response);
  return text ? JSON.parse(text) : null;
}

/** @param {string} url @param {RequestInit} init */
async function send(url, init) {
  try {
    return await fetch(url, { credentials: "omit", cache: "no-store", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(0, "Unreachable", "The server does not answer");
  }
}

/** @param {Response} response */
async function read(response) {
  if (!response.ok) throw await refusalOf(response);
  return response.text();
}

/** @param {Response} response */
export async function refusalOf(response) {
  let message = `The server answered ${response.status}`;
  let code = "";
  try {
    const { error } = await response.clone().json();
    message = `${error.message}`;
    code = `${error.code}`;
  } catch (_notJson) {
    // Its status says enough.
  }
  return new Refusal(response.status, code, message);
}
