// Taking back what changes mailboxes: by a snapshot of all, or an export of one, made before.
import { call, callForText } from "./api.js";
import { refreshState } from "./state.js";

let undoCount = 0;

/** Keep everything as it is now, until it is taken back or forgotten. */
export async function saveForUndo() {
  undoCount += 1;
  const name = `undo-${Date.now().toString(36)}-${undoCount}`;
  await call("snapshot save", { name });
  const forget = () => {
    // One that is left behind is seen among the snapshots, and harms nobody.
    call("snapshot delete", { name }, { keepalive: true }).catch(() => {});
  };
  return {
    forget,
    async takeBack() {
      await call("snapshot restore", { name });
      forget();
      void refreshState();
    },
  };
}

/** Keep one mailbox as it is now, whatever happens to others meanwhile. @param {string} mailbox */
export async function keepForUndo(mailbox) {
  const text = await callForText("export", { mailbox });
  return {
    forget: () => {},
    async takeBack() {
      await call("import", {}, { body: `{"document":${text},"replace":true}` });
      void refreshState();
    },
  };
}
