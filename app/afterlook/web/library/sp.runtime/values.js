// Values that have no literal in JavaScript: GUIDs, bytes, and what kind of moment a Date is.

const GUID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\{[0-9a-f-]{36}\})$/i;
const EMPTY_GUID = "00000000-0000-0000-0000-000000000000";

class Guid {
  /** @param {string} text with or without braces; what is no GUID is the empty one */
  constructor(text) {
    this.text = Guid.isValid(text) ? text.replace(/[{}]/g, "").toLowerCase() : EMPTY_GUID;
  }

  /** @param {unknown} text */
  static isValid(text) {
    return typeof text === "string" && GUID.test(text);
  }

  static get_empty() {
    return new Guid(EMPTY_GUID);
  }

  static newGuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const parts = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digits) ?? [];
    return new Guid(`${parts[1]}-${parts[2]}-4${parts[3]}-a${parts[4]}-${parts[5]}`);
  }

  /** @param {string} [format] `B` adds braces, `P` parentheses, `N` leaves the hyphens out */
  toString(format) {
    switch (format?.toUpperCase()) {
      case "B":
        return `{${this.text}}`;
      case "P":
        return `(${this.text})`;
      case "N":
        return this.text.replaceAll("-", "");
      default:
        return this.text;
    }
  }

  /** @param {Guid} other */
  equals(other) {
    return other instanceof Guid && other.text === this.text;
  }

  ToSerialized() {
    return this.text;
  }
}

class Base64EncodedByteArray {
  /** @param {string} [text] in Base64 */
  constructor(text = "") {
    this.bytes = Array.from(atob(text), (each) => each.charCodeAt(0));
  }

  get_length() {
    return this.bytes.length;
  }

  toBase64String() {
    return btoa(this.bytes.map((byte) => String.fromCharCode(byte)).join(""));
  }

  /** @param {number} byte */
  append(byte) {
    this.bytes.push(byte & 0xff);
  }

  /** @param {number} index */
  getByteAt(index) {
    return this.bytes[index];
  }

  /**
   * @param {number} index
   * @param {number} byte
   */
  setByteAt(index, byte) {
    this.bytes[index] = byte & 0xff;
  }
}

/** In a moment of kind `unspecified`, the fields count by whatever clock the reader has. */
const DateTimeKind = Object.freeze({ unspecified: 0, utc: 1, local: 2 });

/** @type {WeakMap<Date, number>} */
const dateKinds = new WeakMap();

/**
 * @param {Date} moment
 * @param {number} kind
 */
function withKind(moment, kind) {
  dateKinds.set(moment, kind);
  return moment;
}

class DataConvert {
  /**
   * @param {Date} moment
   * @param {number} kind
   */
  static specifyDateTimeKind(moment, kind) {
    withKind(moment, kind);
  }

  /** @param {Date} moment */
  static getDateTimeKind(moment) {
    return dateKinds.get(moment) ?? DateTimeKind.local;
  }

  /** @param {[number, number, number, number?, number?, number?, number?]} fields month from 0 */
  static createUnspecifiedDateTime(...fields) {
    return withKind(Reflect.construct(Date, fields), DateTimeKind.unspecified);
  }

  /** @param {number} milliseconds since 1970 */
  static createUtcDateTime(milliseconds) {
    return withKind(new Date(milliseconds), DateTimeKind.utc);
  }

  /** @param {number} milliseconds since 1970 */
  static createLocalDateTime(milliseconds) {
    return withKind(new Date(milliseconds), DateTimeKind.local);
  }
}

/** Tells a Date from others, in whichever frame it was made. @param {unknown} value */
function isDate(value) {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** @param {Date} moment */
function formatDate(moment) {
  const kind = DataConvert.getDateTimeKind(moment);
  if (kind === DateTimeKind.utc) return moment.toISOString();
  const offset = -moment.getTimezoneOffset();
  const wall = new Date(0);
  wall.setUTCFullYear(moment.getFullYear(), moment.getMonth(), moment.getDate());
  wall.setUTCHours(
    moment.getHours(),
    moment.getMinutes(),
    moment.getSeconds(),
    moment.getMilliseconds(),
  );
  const text = wall.toISOString().slice(0, -1);
  if (kind === DateTimeKind.unspecified) return text;
  const minutes = Math.abs(offset);
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => `${part}`.padStart(2, "0"));
  return `${text}${offset < 0 ? "-" : "+"}${digits.join(":")}`;
}
