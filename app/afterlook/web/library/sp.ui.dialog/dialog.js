// Dialogs above the page: of a page of their own in a frame, or of an element.

const DialogResult = Object.freeze({ invalid: -1, cancel: 0, OK: 1 });

/**
 * @typedef {object} DialogOptions
 * @property {string} [url]
 * @property {HTMLElement} [html]
 * @property {string} [title]
 * @property {number} [width]
 * @property {number} [height]
 * @property {any} [args]
 * @property {boolean} [showClose]
 * @property {(result: number, value: any) => void} [dialogReturnValueCallback]
 */

/** Those that are open; the last is on top. @type {ModalDialog[]} */
const openDialogs = [];

class ModalDialog {
  /** @param {DialogOptions} options */
  constructor(options) {
    this.options = options;
    this.element = document.createElement("dialog");
    this.element.setAttribute("aria-label", options.title || "Dialog");
    this.home = options.html?.parentNode ?? null;
    if (options.title) this.element.append(makeHeading(options.title));
    if (options.showClose !== false) this.element.append(this.makeCloseButton());
    this.frame = options.url ? this.makeFrame(options.url) : null;
    if (this.frame) this.element.append(this.frame);
    else if (options.html) this.element.append(options.html);
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (options.showClose !== false) this.close(DialogResult.cancel);
    });
    document.body.append(this.element);
    openDialogs.push(this);
    this.element.showModal();
  }

  /** @param {string} url */
  makeFrame(url) {
    const frame = document.createElement("iframe");
    const address = new URL(url, location.href);
    if (!/^https?:$/.test(address.protocol)) throw new Error(`A dialog cannot show ${url}.`);
    frame.title = this.options.title || "Dialog";
    frame.src = address.href;
    frame.width = `${this.options.width ?? 560}`;
    frame.height = `${this.options.height ?? 420}`;
    frame.style.maxWidth = "100%";
    frame.style.border = "0";
    // What the page within calls on `window.frameElement`.
    return Object.assign(frame, {
      dialogArgs: this.options.args,
      commonModalDialogClose: (/** @type {number} */ result, /** @type {any} */ value) =>
        this.close(result, value),
      commitPopup: (/** @type {any} */ value) => this.close(DialogResult.OK, value),
      cancelPopUp: () => this.close(DialogResult.cancel),
    });
  }

  makeCloseButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.style.float = "inline-end";
    button.addEventListener("click", () => this.close(DialogResult.cancel));
    return button;
  }

  /**
   * @param {number} [result]
   * @param {any} [value]
   */
  close(result = DialogResult.cancel, value = null) {
    const place = openDialogs.indexOf(this);
    if (place < 0) return;
    openDialogs.splice(place, 1);
    this.element.close();
    this.element.remove();
    if (this.options.html && this.home) this.home.appendChild(this.options.html);
    this.options.dialogReturnValueCallback?.(result, value);
  }

  get_title() {
    return this.options.title ?? "";
  }

  get_url() {
    return this.options.url ?? "";
  }

  get_html() {
    return this.options.html ?? null;
  }

  get_args() {
    return this.options.args;
  }

  get_frameElement() {
    return this.frame;
  }

  /** @param {DialogOptions} options */
  static showModalDialog(options) {
    return new ModalDialog(options);
  }

  /**
   * @param {string} url
   * @param {DialogOptions | null} [options]
   * @param {(result: number, value: any) => void} [callback]
   * @param {any} [args]
   */
  static commonModalDialogOpen(url, options, callback, args) {
    const given = { ...options, url };
    if (callback) given.dialogReturnValueCallback = callback;
    if (args !== undefined) given.args = args;
    new ModalDialog(given);
  }

  /**
   * Close the dialog that this page is in, or the one on top of it.
   * @param {number} result
   * @param {any} [value]
   */
  static commonModalDialogClose(result, value) {
    const frame = /** @type {any} */ (openDialogs.length === 0 ? window.frameElement : null);
    if (frame?.commonModalDialogClose) frame.commonModalDialogClose(result, value);
    else openDialogs.at(-1)?.close(result, value);
  }

  /**
   * @param {string} title
   * @param {string} [message]
   * @param {number} [height]
   * @param {number} [width]
   */
  static showWaitScreenWithNoClose(title, message = "", height, width) {
    const html = document.createElement("p");
    html.textContent = message;
    html.setAttribute("role", "status");
    return new ModalDialog({ html, title, height, width, showClose: false });
  }
}

/** @param {string} title */
function makeHeading(title) {
  const heading = document.createElement("h2");
  heading.textContent = title;
  return heading;
}

SP.UI = { ...SP.UI, DialogResult, ModalDialog };
