// Tokens: made for a user, shown once, to copy.
import { find, make } from "../../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { copyButton } from "./copying.js";
import { data } from "./data.js";
import { makeForm } from "./fields.js";
import { countOf } from "./moments.js";

/**
 * @typedef {object} IssuedToken
 * @property {string} access_token
 * @property {number} expires_in
 * @property {string} scope
 * @property {string} [upn]
 */

export function startTokensPage() {
  const result = make("section", { "aria-label": "The token", hidden: true });
  const user = new URLSearchParams(location.search).get("user") ?? "alice";
  const form = makeForm("token", {
    submit: "Make a token",
    symbol: "key",
    presets: { user },
    done: (/** @type {IssuedToken} */ token) => showToken(result, token),
  });
  if (form) find("#content")?.append(form, result);
}

/** @param {HTMLElement} where @param {IssuedToken} token */
function showToken(where, token) {
  const value = token.access_token;
  const curl = `curl ${data.base}/api/v2.0/me/tasks -H 'Authorization: Bearer ${value}'`;
  where.hidden = false;
  where.replaceChildren(
    make("h2", { text: token.upn ? `A token for ${token.upn}` : "The token" }),
    make("p", {
      class: "muted",
      text: `Good for ${countOf(token.expires_in, "second")} by the server’s clock. Scopes: ${token.scope}. It is not shown again.`,
    }),
    makeBlock(value, "token"),
    makeBlock(curl, "curl"),
  );
  announce("The token is made.");
}

/** @param {string} text @param {string} what */
export function makeBlock(text, what) {
  return make(
    "div",
    { class: "copyable" },
    make("pre", { tabindex: "0", "aria-label": what }, make("code", { text })),
    copyButton("Copy", () => text, what),
  );
}
