// What a form sends: the fields of a task, and where it belongs, in one request.
import { fieldError, send, WriteError } from "./jsom.js";
import { openSession } from "./writes.js";

/** @typedef {import("./form_fields.js").TaskValues} TaskValues */

/**
 * How saving went: the task's number, if there is one, and what was refused.
 * @typedef {{ id: number | null, errors: WriteError[], placeError: WriteError | null }} Saved
 */

/**
 * Write what was changed of a task, in the order of the real form, then its place. What was not
 * changed stays as it is: another tab may have written it meanwhile.
 * @param {number} id
 * @param {TaskValues} values
 * @param {ReadonlySet<string>} changed  the names of the fields to write
 * @param {number} before  the project that it was in
 */
export function saveTask(id, values, changed, before) {
  const { WritableTaskField: Field } = SP.WorkManagement.OM;
  /** @type {[string, SP.WorkManagement.OM.WritableTaskField, string | null][]} */
  const fields = [
    ["name", Field.title, values.name],
    ["due", Field.dueDate, values.due || null],
    ["start", Field.startDate, values.start || null],
    ["completed", Field.isCompleted, values.completed ? "1" : "0"],
    ["description", Field.description, values.description || null],
  ];
  const build = (/** @type {SP.ClientContext} */ context) => {
    const session = openSession(context, true);
    const wanted = fields.filter(([name]) => changed.has(name));
    const written = wanted.map(([, field, value]) => {
      const result = session.updateTaskWithLocalizedValue(id, field, value);
      context.load(result, "Error", "ErrorMessage");
      return result;
    });
    const readPlace = writePlace(context, session, id, values, before);
    return () => ({ id, errors: written.flatMap(errorsOf), placeError: readPlace() });
  };
  // Promoted twice it would be refused as one that is in a project already.
  return send(build, { isOnce: values.isPublic });
}

/**
 * @param {SP.ClientContext} context
 * @param {SP.WorkManagement.OM.LocationOrientedUserOrderedSession} session
 * @param {number} id
 * @param {TaskValues} values
 * @param {number} before
 * @returns {() => WriteError | null}
 */
function writePlace(context, session, id, { project, isPublic }, before) {
  if (isPublic) {
    const promoted = session.promotePersonalTaskToProviderTaskInLocation(id, project);
    context.load(promoted, "Error", "ErrorMessage");
    return () => errorsOf(promoted)[0] ?? null;
  }
  if (project === before) return () => null;
  const moved = session.movePersonalTaskToLocation(id, project);
  return () => (moved.get_value() ? null : fieldError(LOCATION_INVALID));
}

const LOCATION_INVALID = 6;

/**
 * Create a task; one that cannot be promoted is there nevertheless.
 * @param {TaskValues} values
 * @returns {Promise<Saved>}
 */
export function createTask(values) {
  const { name, completed, project, isPublic } = values;
  const description = values.description || null;
  const start = values.start || null;
  const due = values.due || null;
  const build = (/** @type {SP.ClientContext} */ context) => {
    const session = openSession(context, true);
    const result = isPublic
      ? session.createPersonalTaskAndPromoteToProviderTask(
          name,
          description,
          start,
          due,
          completed,
          false,
          project,
        )
      : session.createTask(name, description, start, due, completed, false, project, null);
    context.load(result, "Error", "ErrorMessage");
    const task = result.get_result();
    context.load(task, "Id");
    return () => {
      const id = task.get_serverObjectIsNull() ? null : task.get_id();
      const errors = errorsOf(result);
      const isPlace = id !== null && errors.length > 0;
      return { id, errors: isPlace ? [] : errors, placeError: isPlace ? errors[0] : null };
    };
  };
  return send(build, { isOnce: true });
}

/**
 * @param {SP.WorkManagement.OM.TaskWriteResult} result
 * @returns {WriteError[]}
 */
function errorsOf(result) {
  const code = result.get_error();
  return code ? [fieldError(code, result.get_errorMessage())] : [];
}
