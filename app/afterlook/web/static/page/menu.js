// Menus and other small panels that open at a control, and give the focus back to it.
import { find, findAll, icon, make } from "../../../assets/scripts/dom.js";

const MARGIN = 8; // pixels to the edges of the window

/** Put a panel at its control, on the side that has room. @param {HTMLElement} panel @param {HTMLElement} anchor */
function place(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const isRight = box.left + width > innerWidth - MARGIN;
  const left = isRight ? box.right - width : box.left;
  const hasRoom = box.bottom + height + MARGIN <= innerHeight || box.top < innerHeight / 2;
  const top = hasRoom ? box.bottom + 4 : box.top - height - 4;
  panel.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  panel.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
}

/**
 * Open a panel at a control. It closes by Escape, and by a press elsewhere.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} panel
 * @param {() => void} [closed] told when it has closed, and the focus went back
 */
export function openPanel(anchor, panel, closed) {
  const before = /** @type {HTMLElement} */ (document.activeElement);
  const back = anchor.contains(before) || before === document.body ? anchor : before;
  panel.classList.add("panel");
  panel.setAttribute("popover", "auto");
  // Within a landmark, as all content is; it is above everything wherever it stands.
  (find("#main") ?? document.body).append(panel);
  panel.showPopover();
  place(panel, anchor);
  panel.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    const hadFocus =
      panel.contains(document.activeElement) || document.activeElement === document.body;
    panel.remove();
    if (hadFocus && back.isConnected) back.focus();
    closed?.();
  });
  return () => {
    if (panel.matches(":popover-open")) panel.hidePopover();
  };
}

/**
 * @typedef {object} Item
 * @property {string} words
 * @property {string} [symbol]
 * @property {string} [keys] shown at its end
 * @property {boolean} [isChecked] makes it a box to check; the menu stays open
 * @property {() => void} run
 */

/**
 * Open a menu at a control.
 * @param {HTMLElement} anchor
 * @param {Item[]} items
 * @param {string} label
 */
export function openMenu(anchor, items, label) {
  const menu = make("div", { class: "menu-panel", role: "menu", "aria-label": label });
  let close = () => {};
  for (const item of items) {
    const isBox = item.isChecked !== undefined;
    const element = make(
      "button",
      {
        type: "button",
        role: isBox ? "menuitemcheckbox" : "menuitem",
        "aria-checked": isBox ? `${item.isChecked}` : null,
        tabindex: "-1",
      },
      isBox || item.symbol ? icon(item.symbol ?? "done") : null,
      make("span", { text: item.words }),
      item.keys ? make("kbd", { text: item.keys, "aria-hidden": "true" }) : null,
    );
    element.addEventListener("click", () => {
      if (isBox)
        element.setAttribute("aria-checked", `${element.getAttribute("aria-checked") !== "true"}`);
      else close();
      item.run();
    });
    menu.append(element);
  }
  menu.addEventListener("keydown", moveInMenu);
  close = openPanel(anchor, menu, () => anchor.setAttribute("aria-expanded", "false"));
  anchor.setAttribute("aria-expanded", "true");
  find("button", menu)?.focus();
}

/** @param {KeyboardEvent} event */
function moveInMenu(event) {
  const menu = /** @type {HTMLElement} */ (event.currentTarget);
  const items = findAll("button", menu);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const count = items.length;
  /** @type {Record<string, number>} */
  const places = {
    ArrowDown: (at + 1) % count,
    ArrowUp: (at + count - 1) % count,
    Home: 0,
    End: count - 1,
  };
  let next = /** @type {number | undefined} */ (places[event.key]);
  if (event.key === "Tab") {
    menu.hidePopover();
  } else if (next === undefined && /^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
    const letter = event.key.toLowerCase();
    const turned = items.map((_, place) => (at + 1 + place) % count);
    next = turned.find((place) =>
      items[place]?.textContent?.trim().toLowerCase().startsWith(letter),
    );
  }
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}
