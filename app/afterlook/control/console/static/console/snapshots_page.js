// Snapshots: saving all that there is, going back to it, and files to take along.
import { button, find, make } from "../../../../assets/scripts/dom.js";
import { call, callForText } from "./api.js";
import { hasOperation } from "./data.js";
import { makeForm } from "./fields.js";
import { countOf, writeBytes, writeMoment } from "./moments.js";
import { attempt, makeDrop, makeEmpty, makeTable, rowButton, saveAs } from "./parts.js";
import { refreshState } from "./state.js";
import { sendLater, showToast } from "./toasts.js";
import { saveForUndo } from "./undo.js";

const snapshotList = make("div");

export function startSnapshotsPage() {
  const save = makeForm("snapshot save", {
    submit: "Save",
    symbol: "save",
    done: (/** @type {Snapshot} */ saved) => {
      showToast(`Saved ${saved.name}: ${sizeOf(saved)}.`);
      void showSnapshots();
    },
  });
  find("#content")?.append(...(save ? [save] : []), snapshotList, makeFiles());
  void showSnapshots();
}

/** @param {Pick<Snapshot, "mailboxes" | "tasks">} of */
function sizeOf(of) {
  return `${countOf(of.mailboxes, "mailbox", "mailboxes")}, ${countOf(of.tasks, "task")}`;
}

async function showSnapshots() {
  await attempt(async () => {
    /** @type {{ snapshots: Snapshot[] }} */
    const { snapshots } = await call("snapshot list");
    const heads = ["Name", "Saved (server’s clock)", "Holds", "Size", ""];
    const rows = snapshots.map(makeSnapshotRow);
    snapshotList.replaceChildren(
      rows.length
        ? makeTable("Snapshots", heads, rows)
        : makeEmpty(
            make("p", { text: "There are no snapshots." }),
            make("p", {
              class: "muted",
              text: "Save one before a test, and go back to it after: all mailboxes are as they were.",
            }),
          ),
    );
  });
}

/** @param {Snapshot} snapshot */
function makeSnapshotRow(snapshot) {
  const { name } = snapshot;
  const row = make(
    "tr",
    {},
    make("th", { scope: "row", text: name }),
    make("td", { class: "number", text: writeMoment(snapshot.saved) }),
    make("td", { class: "number", text: sizeOf(snapshot) }),
    make("td", { class: "number", text: writeBytes(snapshot.bytes) }),
    make(
      "td",
      { class: "does" },
      rowButton("Restore", name, () => void attempt(() => compare(snapshot, row)), "restore"),
      " ",
      rowButton("Delete", name, () => removeSnapshot(name, row), "delete"),
    ),
  );
  return row;
}

/** What is there now. @returns {Promise<{ mailboxes: number, tasks: number }>} */
async function countNow() {
  const { mailboxes, total } = await call("mailbox list", { limit: 1000 });
  const tasks = mailboxes.reduce(
    (/** @type {number} */ sum, /** @type {MailboxEntry} */ one) => sum + one.tasks,
    0,
  );
  return { mailboxes: total, tasks };
}

/** Show what restoring changes, and ask. @param {Snapshot} snapshot @param {HTMLElement} row */
async function compare(snapshot, row) {
  if (row.nextElementSibling?.matches(".asked")) return;
  const now = await countNow();
  const close = () => {
    asked.remove();
    find("button", row)?.focus();
  };
  const change = (/** @type {number} */ from, /** @type {number} */ to) =>
    to === from ? "as many" : to > from ? `${to - from} more` : `${from - to} fewer`;
  const asked = make(
    "tr",
    { class: "asked" },
    make(
      "td",
      { colspan: 5 },
      make("p", {
        text:
          `There are ${sizeOf(now)} now, and ${sizeOf(snapshot)} in ${snapshot.name}. ` +
          `Mailboxes: ${change(now.mailboxes, snapshot.mailboxes)}. ` +
          `Tasks: ${change(now.tasks, snapshot.tasks)}. Sync tokens given out since then are refused.`,
      }),
      make(
        "div",
        { class: "row" },
        button(
          `Restore ${snapshot.name}`,
          () => {
            close();
            void attempt(() => restore(snapshot.name));
          },
          { class: "primary" },
        ),
        button("Cancel", close),
      ),
    ),
  );
  row.after(asked);
  find("button", asked)?.focus();
}

/** @param {string} name */
async function restore(name) {
  const undo = await saveForUndo();
  const restored = await call("snapshot restore", { name });
  showToast(`Restored ${name}: ${sizeOf(restored)}.`, {
    label: "Undo",
    run: () => void attempt(undo.takeBack),
    closed: (wasRun) => {
      if (!wasRun) undo.forget();
    },
  });
  void refreshState();
}

/** @param {string} name @param {HTMLElement} row */
function removeSnapshot(name, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.hidden = true;
  const button = next && find("button", next);
  (button ?? find("#main"))?.focus();
  sendLater(
    `Deleting ${name}.`,
    (isLeaving) =>
      void attempt(async () => {
        await call("snapshot delete", { name }, { keepalive: isLeaving });
        if (!isLeaving) await showSnapshots();
      }),
    () => {
      row.hidden = false;
    },
  );
}

function makeFiles() {
  const box = make("input", { type: "checkbox", id: "replace" });
  const take = (/** @type {string} */ text, /** @type {string} */ file) =>
    void attempt(async () => {
      try {
        JSON.parse(text);
      } catch (_notJson) {
        showToast(`${file} is not JSON.`);
        return;
      }
      // As it stands in the file, to the byte.
      const body = `{"document":${text},"replace":${box.checked}}`;
      const { mailboxes } = await call("import", {}, { body });
      showToast(`Imported ${countOf(mailboxes.length, "mailbox", "mailboxes")} from ${file}.`);
      void refreshState();
    });
  const write = () =>
    void attempt(async () => {
      saveAs(await callForText("export"), "afterlook.json");
      showToast("Exported all mailboxes.");
    });
  return make(
    "section",
    { "aria-labelledby": "files-title", hidden: !hasOperation("export") },
    make("h2", { id: "files-title", text: "Files" }),
    make("p", {
      class: "muted",
      text: "One JSON file with all mailboxes, to keep beside a test or to send with a fault report.",
    }),
    make("div", { class: "row" }, button("Export", write, {}, "download")),
    makeDrop("Import a file", take),
    make(
      "p",
      { class: "row check" },
      box,
      make("label", { for: "replace", text: "Replace mailboxes that are there already" }),
    ),
  );
}
