// Days as the page writes them: "Today", "2 days late", "Dec 4"; the same as the server's own.
//
// A day is a text, `2016-04-22`. It is in no zone; the server's day is that of UTC.
import { daysBetween, weekdayOf } from "./calendar.js";
import { now, text } from "./data.js";

const MAX_COUNTED = 30; // days; what is late for longer has a date
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** @returns {Day} today, by the server's clock */
export function today() {
  return now().toISOString().slice(0, 10);
}

/**
 * The day of a task's date, which has no zone; the first of all dates stands for none.
 * @param {Date | null} moment
 * @returns {Day | null}
 */
export function toDay(moment) {
  if (!moment || moment.getFullYear() <= 1901) return null;
  const part = (/** @type {number} */ number) => `${number}`.padStart(2, "0");
  const year = `${moment.getFullYear()}`.padStart(4, "0");
  return `${year}-${part(moment.getMonth() + 1)}-${part(moment.getDate())}`;
}

/** @param {Day} day */
function writeShort(day) {
  const [, month, number] = day.split("-").map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${number}`;
}

/** A day with its weekday and year. @param {Day} day */
export function writeFull(day) {
  return `${WEEKDAYS[weekdayOf(day)]}, ${writeShort(day)}, ${Number(day.slice(0, 4))}`;
}

/**
 * A due date as it is said, and what kind of day it is: `late`, `today`, or neither.
 * @param {Day} day
 * @param {boolean} isCompleted what is completed cannot be late
 * @returns {{ words: string, kind: string }}
 */
export function describeDue(day, isCompleted) {
  const days = daysBetween(today(), day);
  const isLate = days < 0 && !isCompleted;
  const kind = isLate ? "late" : days === 0 ? "today" : "";
  return { words: writeNear(day, days, isLate), kind };
}

/** @param {Day} day @param {number} days from today @param {boolean} isLate */
function writeNear(day, days, isLate) {
  if (days === 0) return text("today");
  if (days === 1) return text("tomorrow");
  if (isLate && days >= -MAX_COUNTED)
    return days === -1 ? text("day_late") : text("days_late", { count: -days });
  if (days > 0 && days < 7) return WEEKDAYS[weekdayOf(day)] ?? "";
  const words =
    Math.abs(days) < 300 ? writeShort(day) : `${writeShort(day)}, ${Number(day.slice(0, 4))}`;
  return isLate ? text("date_late", { date: words }) : words;
}
