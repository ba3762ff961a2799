// All mailboxes: how each is opened, how much it holds, and what is done to it.
import { button, find, icon, make } from "../../../../assets/scripts/dom.js";
import { call } from "./api.js";
import { hasOperation } from "./data.js";
import { makeForm } from "./fields.js";
import { countOf } from "./moments.js";
import { attempt, makeEmpty, makeTable, rowButton } from "./parts.js";
import { refreshState } from "./state.js";
import { showToast } from "./toasts.js";
import { makeBlock } from "./tokens_page.js";
import { keepForUndo, saveForUndo } from "./undo.js";

const mailboxList = make("div");
const madeToken = make("div");

/** @param {HTMLElement} where */
export function showMailboxList(where) {
  const forms = [
    makeForm("mailbox create", { submit: "Make it", symbol: "add", done: showMade }),
    makeForm("seed", {
      submit: "Add the seed",
      done: ({ mailboxes }) => {
        showToast(`Seeded ${countOf(mailboxes.length, "mailbox", "mailboxes")}.`);
        void attempt(readMailboxes);
      },
    }),
  ];
  where.replaceChildren(
    mailboxList,
    madeToken,
    make("div", { class: "forms" }, ...forms.filter((one) => one !== null)),
  );
  const reset = button("Reset all", () => void attempt(resetAll), {}, "restore");
  if (hasOperation("reset")) find("#actions")?.replaceChildren(reset);
  void attempt(readMailboxes);
}

async function readMailboxes() {
  /** @type {{ mailboxes: MailboxEntry[], total: number }} */
  const { mailboxes, total } = await call("mailbox list", { limit: 1000 });
  const heads = ["User", "Opened by", "Folders", "Tasks", "Attachments", ""];
  const left = total - mailboxes.length;
  mailboxList.replaceChildren(
    mailboxes.length
      ? makeTable("Mailboxes", heads, mailboxes.map(makeMailboxRow))
      : makeEmpty(
          make("p", { text: "There are no mailboxes. The first call of a client makes one." }),
        ),
    left > 0 ? make("p", { class: "muted", text: `… and ${countOf(left, "older one")}.` }) : "",
  );
}

/** @param {MailboxEntry} mailbox */
function makeMailboxRow(mailbox) {
  const { name, upn, owner } = mailbox;
  const link = make("a", { href: `?${new URLSearchParams({ mailbox: name })}`, text: owner });
  const number = (/** @type {number} */ of) => make("td", { class: "number", text: `${of}` });
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, link, make("span", { class: "muted upn", text: upn })),
    make("td", { text: mailbox.opened_by }),
    number(mailbox.folders),
    number(mailbox.tasks),
    number(mailbox.attachments),
    make(
      "td",
      { class: "does" },
      makeOpener(name, upn),
      " ",
      hasOperation("reset")
        ? rowButton("Reset", upn, () => void attempt(() => reset(mailbox)))
        : "",
      " ",
      rowButton("Delete", upn, () => void attempt(() => deleteMailbox(mailbox)), "delete"),
    ),
  );
}

/** Opens My Tasks as a mailbox: by the form that `/mytasks` itself has. @param {string} name @param {string} upn */
export function makeOpener(name, upn) {
  return make(
    "form",
    { method: "post", action: "/mytasks", target: "_blank", class: "inline" },
    make(
      "button",
      {
        name: "mailbox",
        value: name,
        class: "small",
        "aria-label": `My Tasks: ${upn}, in a new tab`,
      },
      icon("link"),
      "My Tasks",
    ),
  );
}

/** @param {MailboxEntry} mailbox */
async function deleteMailbox({ name, upn }) {
  const undo = await keepForUndo(name);
  await call("mailbox delete", { mailbox: name });
  await shownChanged(`Deleted the mailbox of ${upn}.`, undo);
  (find("a", mailboxList) ?? find("#main"))?.focus();
}

/** @param {MailboxEntry} mailbox */
async function reset({ name, upn }) {
  const undo = await keepForUndo(name);
  await call("reset", { mailbox: name });
  await shownChanged(`Reset the mailbox of ${upn}.`, undo);
}

async function resetAll() {
  const undo = await saveForUndo();
  await call("reset");
  await shownChanged("Reset all mailboxes.", undo);
}

/** @param {string} words @param {Awaited<ReturnType<typeof saveForUndo>>} undo */
async function shownChanged(words, undo) {
  await readMailboxes();
  void refreshState();
  showToast(words, {
    label: "Undo",
    run: () =>
      void attempt(async () => {
        await undo.takeBack();
        await readMailboxes();
      }),
    closed: (wasRun) => {
      if (!wasRun) undo.forget();
    },
  });
}

/** @param {MailboxEntry & { token: string }} made */
function showMade(made) {
  madeToken.replaceChildren(
    make("h2", { text: `The mailbox of ${made.upn}` }),
    make("p", { class: "muted", text: "This token opens it. It is not shown again." }),
    makeBlock(made.token, "token"),
  );
  void attempt(readMailboxes);
}
