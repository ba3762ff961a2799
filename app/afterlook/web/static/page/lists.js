// The lists of a view, as data: which tasks each has, in which order, and how many have rows.
import { data } from "./data.js";
import { rows } from "./row.js";

/**
 * @typedef {object} List
 * @property {string} key such as `active`
 * @property {HTMLElement} section
 * @property {HTMLTableElement} table
 * @property {number} total
 * @property {number[] | null} order ids of all tasks, once they were read
 * @property {number} drawn how many of them have rows
 * @property {number} wanted how many of them are to have one
 * @property {boolean} [isDrawing] whether rows are being drawn
 */

/** @type {Map<string, List>} */
export const lists = new Map();

/** What is searched for, and how lists are sorted. @type {Wish} */
export const wish = data.wish ?? { search: "", sort: "", descending: false };

/**
 * What tasks look like that wait to be written, or that they are gone already.
 * @type {Map<number, Partial<Task> | "gone">}
 */
export const held = new Map();

/** The list that new tasks come into. */
export function newTasksList() {
  return lists.get("active") ?? lists.get("important");
}

/** Rows on top of it that are no tasks yet. @type {Set<HTMLTableRowElement>} */
export const drafts = new Set();

/** Whether a list shows nothing. @param {List} list */
export function isEmpty(list) {
  return list.total === 0 && !(drafts.size && list === newTasksList());
}

/** The list that a task's row is in. @param {number} id */
export function listOf(id) {
  return lists.get(rows.get(id)?.closest("table")?.dataset.list ?? "") ?? null;
}

/** Whether rows stand below their projects. @param {List} list */
export function isGrouped({ key }) {
  return key === "active" && data.persisted.GroupByProjects && !wish.sort;
}
