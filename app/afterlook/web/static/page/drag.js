// Dragging a row by Pointer Events: a line shows where it would go, Escape leaves it where it was.

import { countAbove, scrollStep } from "./places.js";
import { isOwnGroup } from "./row_groups.js";

const THRESHOLD = 4;
const CONTROLS = "input, button, select, textarea, summary, [contenteditable], .editor";

/**
 * @typedef {object} Drop  where a row would go
 * @property {HTMLTableSectionElement} group  a body of it
 * @property {number} index  among the other rows of that body
 * @property {HTMLTableRowElement[]} others
 */

/**
 * @typedef {object} DragRules
 * @property {(row: HTMLTableRowElement) => boolean} canDrag
 * @property {(row: HTMLTableRowElement, group: HTMLTableSectionElement) => boolean} allows
 * @property {(row: HTMLTableRowElement) => HTMLTableRowElement[]} heldWith  all that are dragged with one
 * @property {(row: HTMLTableRowElement, drop: Drop) => void} drop
 */

/**
 * Let rows of a table be dragged.
 * @param {HTMLTableElement} table
 * @param {DragRules} rules
 */
export function startDragging(table, rules) {
  table.addEventListener("dragstart", (event) => event.preventDefault());
  table.addEventListener("pointerdown", (event) => {
    const row = rowToDrag(event);
    if (row && rules.canDrag(row)) new Drag(table, row, rules, event);
  });
}

/**
 * A mouse drags by the whole row; a finger by the grip alone, as it scrolls the page otherwise.
 * @param {PointerEvent} event
 */
function rowToDrag(event) {
  const target = /** @type {Element} */ (event.target);
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const grip = target.closest(".grip");
  if (!isPlain || (!grip && (event.pointerType !== "mouse" || target.closest(CONTROLS))))
    return null;
  return /** @type {HTMLTableRowElement | null} */ (target.closest("tr[data-id]"));
}

class Drag {
  /** @type {Drop | null} */
  #drop = null;
  #isHeld = false;
  #frame = 0;
  #line = document.createElement("div");
  #ending = new AbortController();

  /**
   * @param {HTMLTableElement} table
   * @param {HTMLTableRowElement} row
   * @param {DragRules} rules
   * @param {PointerEvent} start
   */
  constructor(table, row, rules, start) {
    this.table = table;
    this.row = row;
    this.rules = rules;
    this.held = [row];
    this.start = start;
    this.x = start.clientX;
    this.y = start.clientY;
    this.#line.className = "drop-line";
    const { signal } = this.#ending;
    const ends = { signal, capture: true };
    addEventListener("pointermove", (event) => this.#move(event), { signal });
    addEventListener("pointerup", (event) => this.#end(event, true), { signal });
    addEventListener("pointercancel", (event) => this.#end(event, false), { signal });
    addEventListener("blur", () => this.#stop(false), { signal });
    addEventListener("keydown", (event) => this.#press(event), ends);
    // The page must not scroll by the finger that drags.
    addEventListener("touchmove", (event) => this.#isHeld && event.preventDefault(), {
      signal,
      passive: false,
    });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.start.pointerId) return;
    this.x = event.clientX;
    this.y = event.clientY;
    const way = Math.hypot(this.x - this.start.clientX, this.y - this.start.clientY);
    if (!this.#isHeld && way < THRESHOLD) return;
    if (!this.#isHeld) this.#hold();
    this.#look();
  }

  #hold() {
    this.#isHeld = true;
    getSelection()?.removeAllRanges();
    this.held = this.rules.heldWith(this.row);
    for (const row of this.held) row.classList.add("held");
    this.table.classList.add("dragging");
    this.table.append(this.#line);
    const scroll = () => {
      const step = scrollStep(this.y, innerHeight);
      if (step) {
        scrollBy(0, step);
        this.#look();
      }
      this.#frame = requestAnimationFrame(scroll);
    };
    this.#frame = requestAnimationFrame(scroll);
  }

  /** Find where the row would go, and show it. */
  #look() {
    this.#drop = this.#find();
    const aim = this.#drop?.group ?? null;
    const isHome = isOwnGroup(this.row, aim);
    for (const group of this.table.tBodies) {
      const isAim = aim !== null && !isHome && group.dataset.location === aim.dataset.location;
      group.classList.toggle("drop-here", isAim);
    }
    this.#line.hidden = !isHome;
    if (this.#drop && !this.#line.hidden) {
      this.#line.style.top = `${this.#edge(this.#drop) - this.table.getBoundingClientRect().top}px`;
    }
  }

  /** @returns {Drop | null} */
  #find() {
    const box = this.table.getBoundingClientRect();
    if (this.x < box.left - 48 || this.x > box.right + 48) return null;
    const groups = [...this.table.tBodies].filter((group) => group.rows.length);
    const group = groups.filter((one) => boxOf(one).top <= this.y).at(-1) ?? groups[0];
    if (!group || !this.rules.allows(this.row, group)) return null;
    const others = this.#others(group);
    return { group, index: countAbove(others.map(boxOf), this.y), others };
  }

  /** @param {HTMLTableSectionElement} group */
  #others(group) {
    const held = new Set(this.held);
    return [...group.rows].filter((one) => one.dataset.id && !held.has(one));
  }

  /** @param {Drop} drop */
  #edge({ group, index, others }) {
    if (others[index]) return boxOf(others[index]).top;
    const last = others.at(-1);
    return last ? boxOf(last).bottom : boxOf(group).top;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key !== "Escape" || !this.#isHeld) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#stop(false);
  }

  /**
   * @param {PointerEvent} event
   * @param {boolean} isDropped
   */
  #end(event, isDropped) {
    if (event.pointerId !== this.start.pointerId) return;
    const drop = isDropped && this.#isHeld ? this.#drop : null;
    this.#stop(true);
    if (drop) this.rules.drop(this.row, drop);
  }

  /** @param {boolean} isReleased */
  #stop(isReleased) {
    this.#ending.abort();
    if (!this.#isHeld) return;
    cancelAnimationFrame(this.#frame);
    this.#line.remove();
    for (const row of this.held) row.classList.remove("held");
    this.table.classList.remove("dragging");
    for (const group of this.table.tBodies) group.classList.remove("drop-here");
    swallowClick(isReleased);
  }
}

/** What follows a drag is no click on what lies under it. @param {boolean} isReleased */
function swallowClick(isReleased) {
  const swallow = new AbortController();
  const { signal } = swallow;
  const end = () => setTimeout(() => swallow.abort());
  addEventListener("click", stopEvent, { signal, capture: true });
  if (isReleased) end();
  else addEventListener("pointerup", end, { signal });
}

/** @param {Element} row */
function boxOf(row) {
  return row.getBoundingClientRect();
}

/** @param {Event} event */
function stopEvent(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
