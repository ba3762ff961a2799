// Hints that are given once: that a list is long, and where what is important can be seen.

import { find } from "../../../assets/scripts/dom.js";
import { data, text } from "./data.js";
import { lists } from "./lists.js";
import { savePersisted } from "./persisted.js";
import { on } from "./store.js";
import { showToast } from "./toasts.js";

const LONG_LIST = 50; // tasks
const SHOWN_FOR = 15_000; // milliseconds

export function startHints() {
  hintAtLength();
  on("drawn", hintAtLength);
  on("change", ({ task, before }) => {
    if (task.isPinned && !before.isPinned) hintAtImportant();
  });
}

function hintAtLength() {
  const { persisted } = data;
  const isLong = (lists.get("active")?.total ?? 0) > LONG_LIST;
  if (!isLong || persisted.HasShownTaskListTooLongNotification) return;
  void savePersisted({ HasShownTaskListTooLongNotification: true });
  const link = text("highlights");
  showToast({
    words: text("long_list", { link }),
    label: text("show"),
    run: goThere,
    time: SHOWN_FOR,
  });
}

function hintAtImportant() {
  if (data.persisted.HasShownMarkAsImportantCallout) return;
  void savePersisted({ HasShownMarkAsImportantCallout: true });
  const words = text("first_important", { link: text("highlights") });
  if (data.view === "highlights") return;
  showToast({ words, label: text("show"), run: goThere, time: SHOWN_FOR });
}

function goThere() {
  find('.views a[data-view="highlights"]')?.click();
}
