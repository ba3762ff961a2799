// Copying texts, and the buttons that do.
import { button } from "../../../../assets/scripts/dom.js";
import { showToast } from "./toasts.js";

/** @param {string} text @param {string} what */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    showToast(`Copied: ${what}.`);
  } catch (_refused) {
    // Browsers allow it on loopback and by HTTPS alone.
    showToast("The browser does not let this page copy. Select the text instead.");
  }
}

/** @param {string} label @param {() => string} text @param {string} [what] */
export function copyButton(label, text, what = label) {
  return button(label, () => void copy(text(), what), { class: "small" }, "copy");
}

/** Buttons that the server wrote: `data-copy` is the text. */
export function listenToCopying() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target).closest("[data-copy]");
    const text = target?.getAttribute("data-copy");
    const what = target?.getAttribute("aria-label")?.replace(/^Copy: /, "");
    if (text) void copy(text, what ?? "it");
  });
}
