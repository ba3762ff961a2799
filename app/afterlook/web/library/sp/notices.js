// Short messages on the page: notifications that go by themselves, and statuses that stay.
//
// Programs hand HTML in. It is shown as the text that it says: a title of somebody's task may be
// in it, and no program can be trusted to have escaped that.

const SHOWN = 5000; // milliseconds

/** What has a colour here, by the names that programs give. @type {Record<string, string>} */
const COLOURS = { red: "#b3261e", yellow: "#8a5a00", green: "#0b665a", blue: "#0b57c4" };

let nextNotice = 0;

/** @param {string} html */
function toText(html) {
  const parsed = new DOMParser().parseFromString(`${html ?? ""}`, "text/html");
  if (parsed.body.childElementCount > 0) {
    console.warn("HTML in a notification or a status is shown as text:", html);
  }
  return parsed.body.textContent ?? "";
}

/**
 * Return where notices of a kind stand; it is there before there is one, so that it is read out.
 * @param {string} id
 */
function region(id) {
  const known = document.getElementById(id);
  if (known) return known;
  const element = document.createElement("div");
  element.id = id;
  element.setAttribute("role", "status");
  if (id === "pageStatusBar") document.body.prepend(element);
  else document.body.append(element);
  if (id === "notificationArea") {
    Object.assign(element.style, {
      position: "fixed",
      insetBlockEnd: "16px",
      insetInlineEnd: "16px",
    });
  }
  return element;
}

/**
 * @param {string} area
 * @param {string} text
 */
function makeNotice(area, text) {
  const element = document.createElement("div");
  element.id = `${area}_${++nextNotice}`;
  element.textContent = text;
  Object.assign(element.style, {
    padding: "8px 12px",
    margin: "4px",
    background: "#24292e",
    color: "#fff",
  });
  return element;
}

/** @param {string} id */
function removeNotice(id) {
  document.getElementById(id)?.remove();
}

const Notify = {
  /**
   * @param {string} html
   * @param {boolean} [isSticky] whether it stays until it is removed
   */
  addNotification(html, isSticky = false) {
    const element = makeNotice("notificationArea", toText(html));
    region("notificationArea").append(element);
    if (!isSticky) setTimeout(removeNotice, SHOWN, element.id);
    return element.id;
  },

  removeNotification: removeNotice,
};

const Status = {
  /**
   * @param {string} title
   * @param {string} [html]
   * @param {boolean} [isFirst]
   */
  addStatus(title, html = "", isFirst = false) {
    const element = makeNotice("pageStatusBar", "");
    const strong = document.createElement("strong");
    strong.textContent = toText(title);
    const text = document.createElement("span");
    text.textContent = ` ${toText(html)}`;
    element.append(strong, text);
    const bar = region("pageStatusBar");
    if (isFirst) bar.prepend(element);
    else bar.append(element);
    return element.id;
  },

  /**
   * @param {string} id
   * @param {string} title
   * @param {string} html
   */
  appendStatus(id, title, html) {
    const element = document.getElementById(id);
    if (element) element.append(` ${toText(title)} ${toText(html)}`);
    return id;
  },

  /**
   * @param {string} id
   * @param {string} html
   */
  updateStatus(id, html) {
    const text = document.querySelector(`#${CSS.escape(id)} > span`);
    if (text) text.textContent = ` ${toText(html)}`;
  },

  /**
   * @param {string} id
   * @param {string} colour red, yellow, green or blue
   */
  setStatusPriColor(id, colour) {
    const element = document.getElementById(id);
    const known = COLOURS[colour.toLowerCase()];
    if (element && known) element.style.background = known;
  },

  removeStatus: removeNotice,

  removeAllStatus() {
    region("pageStatusBar").replaceChildren();
  },
};

SP.UI = { ...SP.UI, Notify, Status };
