// What the server wrote into the page: the operations, and where it was asked for.
import { find } from "../../../../assets/scripts/dom.js";

const written = find("#console-data")?.textContent;

/** @type {ConsoleData} */
export const data = written
  ? JSON.parse(written)
  : { operations: [], base: location.origin, api: "" };

const known = new Map(data.operations.map((one) => [one.name, one]));

/** An operation by its name, if this server has it. @param {string} name */
export function findOperation(name) {
  return known.get(name);
}

/** @param {string} name */
export function hasOperation(name) {
  return known.has(name);
}

/** Those of a noun, such as `fault`. @param {string} noun */
export function operationsOf(noun) {
  return data.operations.filter((one) => one.name.split(" ")[0] === noun);
}
