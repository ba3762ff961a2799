// Changing what is in a mailbox as its own client would: by the Outlook Task REST API, with a token.
import { call, callAsClient, Refusal } from "./api.js";

const ROOT = "/api/v2.0/me";

/** @type {Map<string, Promise<string>>} */
const tokens = new Map();

/** @param {string} mailbox */
function tokenOf(mailbox) {
  const held = tokens.get(mailbox);
  if (held) return held;
  const asked = call("token", { user: mailbox }).then((answer) => answer.access_token);
  tokens.set(mailbox, asked);
  asked.catch(() => tokens.delete(mailbox));
  return asked;
}

/**
 * @param {string} mailbox
 * @param {string} method
 * @param {string} path below the mailbox's root
 * @param {Record<string, unknown>} [body]
 */
async function sendAsOwner(mailbox, method, path, body) {
  const attempt = async () => callAsClient(await tokenOf(mailbox), method, ROOT + path, body);
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
    // The clock may have been turned beyond its time.
    tokens.delete(mailbox);
    return attempt();
  }
}

/** @param {string} mailbox @param {string} id @param {Record<string, unknown>} changes @returns {Promise<Task>} */
export function patchTask(mailbox, id, changes) {
  return sendAsOwner(mailbox, "PATCH", `/tasks('${encodeURIComponent(id)}')`, changes);
}

/** @param {string} mailbox @param {string} id */
export function deleteTask(mailbox, id) {
  return sendAsOwner(mailbox, "DELETE", `/tasks('${encodeURIComponent(id)}')`);
}

/** @param {string} mailbox @param {string} folder @param {Record<string, unknown>} task @returns {Promise<Task>} */
export function addTask(mailbox, folder, task) {
  return sendAsOwner(mailbox, "POST", `/taskfolders('${encodeURIComponent(folder)}')/tasks`, task);
}
