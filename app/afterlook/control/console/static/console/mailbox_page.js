// Mailboxes: all of them, or one with its folders and tasks, as tables or as JSON.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { call } from "./api.js";
import { addTask } from "./mailbox_edits.js";
import { makeOpener, showMailboxList } from "./mailbox_list.js";
import { countOf } from "./moments.js";
import { attempt, makeEmpty, makeTable } from "./parts.js";
import { makeTaskRow, TASK_HEADS } from "./task_rows.js";
import { makeBlock } from "./tokens_page.js";

const MOST = 1000; // tasks

/** @typedef {{ name: string, upn: string, owner: string, folders: Folder[], total: number }} Contents */

export function startMailboxPage() {
  const where = /** @type {HTMLElement} */ (find("#content"));
  const name = new URLSearchParams(location.search).get("mailbox");
  if (name) void attempt(() => showMailbox(where, name, false));
  else showMailboxList(where);
}

/** @param {HTMLElement} where @param {string} name @param {boolean} isJson */
async function showMailbox(where, name, isJson) {
  /** @type {Contents} */
  const contents = await call("mailbox show", { mailbox: name, limit: MOST });
  const turn = button(
    isJson ? "Show as tables" : "Show as JSON",
    () => void attempt(() => showMailbox(where, name, !isJson)),
    {},
    isJson ? "table" : "list",
  );
  const token = make("a", {
    class: "button",
    href: `/_emulator/tokens?${new URLSearchParams({ user: contents.upn })}`,
    text: "Token",
  });
  find("#actions")?.replaceChildren(makeOpener(contents.name, contents.upn), token, turn);
  const left = contents.total - contents.folders.reduce((sum, one) => sum + one.Tasks.length, 0);
  where.replaceChildren(
    make("p", {}, make("a", { href: "/_emulator/mailboxes", text: "All mailboxes" })),
    make("h2", {}, contents.owner, make("span", { class: "muted upn", text: contents.upn })),
    ...(isJson
      ? [makeBlock(JSON.stringify(contents.folders, null, 2), "JSON")]
      : contents.folders.map((folder) => makeFolder(contents.name, folder))),
    left > 0 ? make("p", { class: "muted", text: `… and ${countOf(left, "further task")}.` }) : "",
  );
}

/** @param {string} mailbox @param {Folder} folder */
function makeFolder(mailbox, folder) {
  const rows = folder.Tasks.map((task) => makeTaskRow(mailbox, task));
  const table = makeTable(`Tasks of ${folder.Name}`, TASK_HEADS, rows);
  table.classList.add("task-table");
  const body = /** @type {HTMLElement} */ (find("tbody", table));
  const none = makeEmpty(make("p", { text: "There is no task in this folder." }));
  const show = () => {
    table.hidden = !body.childElementCount;
    none.hidden = !table.hidden;
  };
  show();
  const field = make("input", {
    "aria-label": `New task in ${folder.Name}`,
    placeholder: "Add a task",
    maxlength: "255",
  });
  const add = make("form", { class: "row add", autocomplete: "off" }, field);
  add.append(make("button", { text: "Add" }));
  add.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(async () => {
      const task = await addTask(mailbox, folder.Id, { Subject: field.value });
      body.prepend(makeTaskRow(mailbox, task));
      field.value = "";
      show();
    });
  });
  return make("section", {}, make("h3", { text: folder.Name }), add, table, none);
}
