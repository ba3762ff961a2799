// The admin token, where the server has one: asked for once, kept as long as the tab is open.
import { button, make } from "../../../../assets/scripts/dom.js";

const TOKEN_KEY = "afterlook.admin-token";

/** @type {string | null} where the browser keeps nothing */
let held = null;

/** @type {Promise<boolean> | null} */
let asking = null;

/** The headers that name the token. @returns {Record<string, string>} */
export function adminHeaders() {
  let token = held;
  try {
    token ??= sessionStorage.getItem(TOKEN_KEY);
  } catch (_refused) {
    // It holds for this page.
  }
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** @param {string} token */
function keep(token) {
  held = token;
  try {
    sessionStorage.setItem(TOKEN_KEY, token);
  } catch (_refused) {
    // It holds for this page.
  }
}

/**
 * Ask for the token; tells whether one was given. All who need it at once share one question.
 * @param {string} reason
 */
export function askForToken(reason) {
  asking ??= ask(reason).finally(() => {
    asking = null;
  });
  return asking;
}

/** @param {string} reason @returns {Promise<boolean>} */
function ask(reason) {
  return new Promise((answer) => {
    const field = make("input", {
      id: "admin-token",
      type: "password",
      required: true,
      autocomplete: "off",
      maxlength: "4096",
    });
    const dialog = make(
      "dialog",
      { class: "sheet", "aria-labelledby": "admin-title" },
      make("h2", { id: "admin-title", text: "Admin token" }),
      make("p", { text: `${reason}. This tab keeps it until it is closed.` }),
      make(
        "form",
        {
          method: "dialog",
          onsubmit: () => {
            keep(field.value.trim());
            dialog.close("given");
          },
        },
        make("label", { for: "admin-token", text: "Token" }),
        field,
        make(
          "div",
          { class: "row" },
          make("button", { class: "primary", text: "Use it" }),
          button("Cancel", () => dialog.close()),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      const isGiven = dialog.returnValue === "given";
      dialog.remove();
      answer(isGiven);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
