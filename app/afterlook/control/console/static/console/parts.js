// Parts that several pages show: tables, what stands where there is nothing, files.
import { button, make } from "../../../../assets/scripts/dom.js";
import { reasonOf } from "./api.js";
import { showToast } from "./toasts.js";

/**
 * A table with heads; an empty head is that of the buttons.
 * @param {string} label
 * @param {string[]} heads
 * @param {HTMLElement[]} rows
 */
export function makeTable(label, heads, rows) {
  const cells = heads.map((text) =>
    make(
      "th",
      { scope: "col", role: "columnheader" },
      text || make("span", { class: "hidden", text: "Do" }),
    ),
  );
  for (const row of rows) labelCells(row, heads);
  const table = make(
    "table",
    { class: "data", role: "table" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...cells)),
    make("tbody", { role: "rowgroup" }, ...rows),
  );
  return make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    table,
  );
}

/**
 * On a phone each cell stands in a line of its own, and says what it is. Roles are said, since a
 * browser may forget them where a row is no longer laid out as one.
 * @param {HTMLElement} row
 * @param {string[]} heads
 */
export function labelCells(row, heads) {
  row.setAttribute("role", "row");
  Array.from(row.children).forEach((cell, place) => {
    const isHead = cell.tagName === "TH";
    cell.setAttribute("role", isHead ? "rowheader" : "cell");
    if (!isHead && heads[place]) cell.setAttribute("data-label", heads[place]);
  });
}

/** @param {...(Node | string)} content */
export function makeEmpty(...content) {
  return make("div", { class: "empty" }, ...content);
}

/** Do something, and say why it could not be done. @param {() => Promise<void>} run */
export async function attempt(run) {
  try {
    await run();
  } catch (error) {
    showToast(reasonOf(error));
  }
}

/** A small button of a row. @param {string} label @param {string} of @param {() => void} run @param {string} [symbol] */
export function rowButton(label, of, run, symbol) {
  return button(label, run, { class: "small", "aria-label": `${label}: ${of}` }, symbol);
}

/** Let a browser save a text as a file. @param {string} text @param {string} name */
export function saveAs(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/**
 * Where a file is dropped, or chosen by a button.
 * @param {string} label
 * @param {(text: string, name: string) => void} taken
 */
export function makeDrop(label, taken) {
  const input = make("input", {
    type: "file",
    class: "hidden",
    accept: ".json,application/json",
    tabindex: "-1",
    "aria-hidden": "true",
  });
  const take = async (/** @type {FileList | null | undefined} */ files) => {
    const file = files?.[0];
    if (file) taken(await file.text(), file.name);
    input.value = "";
  };
  input.addEventListener("change", () => void take(input.files));
  const area = make(
    "div",
    { class: "drop" },
    button(label, () => input.click(), {}, "upload"),
    input,
    make("span", { class: "muted", text: "or drop it here." }),
  );
  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => {
      event.preventDefault();
      area.toggleAttribute("data-over", true);
    });
  }
  area.addEventListener("dragleave", () => area.toggleAttribute("data-over", false));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    area.toggleAttribute("data-over", false);
    void take(event.dataTransfer?.files);
  });
  return area;
}
