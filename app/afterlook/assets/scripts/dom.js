// Elements, made without HTML: what users wrote is text.

const SVG = "http://www.w3.org/2000/svg";
const SPRITE = find('use[href*=".svg"]')?.getAttribute("href")?.split("#")[0] ?? "";

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement | null} */
export function find(selector, root = document) {
  return root.querySelector(selector);
}

/**
 * A child of an element: to look through all that is below a long list takes long.
 * @param {string} selector
 * @param {Element} parent
 */
export function findChild(selector, parent) {
  const found = Array.from(parent.children).find((child) => child.matches(selector));
  return /** @type {HTMLElement | undefined} */ (found) ?? null;
}

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
export function findAll(selector, root = document) {
  return Array.from(root.querySelectorAll(selector));
}

/**
 * Make an element. Attributes that are null are left out; `on…` is a listener, `text` its text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : `${value}`);
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** A symbol of the sprite, or of the page itself. @param {string} name @param {string} [sprite] */
export function icon(name, sprite = SPRITE) {
  const svg = document.createElementNS(SVG, "svg");
  if (sprite) svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * A button.
 * @param {string} label
 * @param {(event: MouseEvent) => void} onclick
 * @param {Record<string, any>} [attributes]
 * @param {string} [symbol] of the sprite, before the label
 */
export function button(label, onclick, attributes = {}, symbol = "") {
  return make(
    "button",
    { type: "button", onclick, ...attributes },
    symbol ? icon(symbol) : null,
    label,
  );
}

/**
 * A text with one part of it an element: `{link}`, `{undo}`.
 * @param {string} pattern
 * @param {Record<string, Node>} parts
 */
export function fill(pattern, parts) {
  return pattern.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? (parts[part] ?? "") : part));
}

/** Whether letters typed into an element are text. @param {EventTarget | null} target */
export function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox], [type=radio], [type=color]), textarea, select")
  );
}
