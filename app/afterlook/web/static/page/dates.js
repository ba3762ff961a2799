// Dates that a name ends with: "Buy bulbs tomorrow", "Call Ann on Friday", "Pay rent by Dec 1".
//
// Only at the end, and only whole words. What is meant most often is taken; who means it
// otherwise says so, and the words stay in the name.
import { addDays, dayOf, daysBetween, nextWeek, weekdayOf } from "./calendar.js";

const WEEKDAY_NAMES = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const MONTH_NAMES =
  "january february march april may june july august september october november december".split(
    " ",
  );

const BEFORE = "(?:(?:due )?(?<before>on|by|due|until) )?";
const WEEKDAY = "(?<weekday>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?<whole>day)?";
const MONTH = `(?<month>${MONTH_NAMES.map((name) => `${name.slice(0, 3)}(?:${name.slice(3) || "$"})?`).join("|")})\\.?`;
const YEAR = String.raw`(?:,? (?<year>\d{4}))?`;

/** @typedef {(parts: Record<string, string>, today: Day) => Day | null} Read null: it is no date */

/** @type {[string, Read][]} */
const MEANINGS = [
  ["today", (_, today) => today],
  ["tomorrow", (_, today) => addDays(today, 1)],
  ["next week", (_, today) => nextWeek(today)],
  [String.raw`in (?<count>\d{1,3}|an?|one|two|three) (?<unit>day|week)s?`, readDistance],
  [`(?<next>next )?${WEEKDAY}`, readWeekday],
  [String.raw`${MONTH} (?<number>\d{1,2})(?:st|nd|rd|th)?${YEAR}`, readDate],
  [String.raw`(?<number>\d{1,2})(?:st|nd|rd|th|\.)? ${MONTH}${YEAR}`, readDate],
  [String.raw`(?<year>\d{4})-(?<digits>\d\d)-(?<number>\d\d)`, readDate],
  [String.raw`(?<digits>\d{1,2})/(?<number>\d{1,2})(?:/(?<year>\d{4}))?`, readSlashes],
];

/** @type {[RegExp, Read][]} */
const PHRASES = MEANINGS.map(([pattern, read]) => [
  new RegExp(`^(?<name>.*?\\S) ${BEFORE}(?:${pattern})[.!]?$`, "is"),
  read,
]);

/**
 * Find the date that a text ends with.
 * @param {string} text
 * @param {Day} today
 * @returns {{ name: string, due: Day, phrase: string } | null} the rest, the day, and the words
 */
export function findDate(text, today) {
  const clean = text.trim();
  for (const [pattern, read] of PHRASES) {
    const parts = pattern.exec(clean)?.groups;
    const due = parts ? read(parts, today) : null;
    const name = parts?.name ?? "";
    if (due) return { name, due, phrase: clean.slice(name.length).trim() };
  }
  return null;
}

/** @type {Record<string, number>} */
const NUMBERS = { a: 1, an: 1, one: 1, two: 2, three: 3 };

/** @param {Record<string, string>} parts @param {Day} today */
function readDistance({ count = "", unit = "" }, today) {
  const number = NUMBERS[count.toLowerCase()] ?? Number(count);
  return addDays(today, number * (unit.toLowerCase() === "week" ? 7 : 1));
}

/** @param {Record<string, string>} parts @param {Day} today */
function readWeekday({ weekday = "", whole, next, before }, today) {
  const start = weekday.toLowerCase().slice(0, 3);
  // Words of their own: "sat", "sun"; and what no day is called: "wednes", "satur".
  if (!whole && ((/^s/.test(start) && !before && !next) || /^(?:wednes|satur)$/i.test(weekday)))
    return null;
  if (whole && !WEEKDAY_NAMES.includes(`${weekday}day`.toLowerCase())) return null;
  const wanted = WEEKDAY_NAMES.findIndex((name) => name.startsWith(start));
  if (next) return addDays(nextWeek(today), (wanted + 6) % 7);
  return addDays(today, (wanted - weekdayOf(today) + 7) % 7 || 7);
}

/** @param {Record<string, string>} parts @param {Day} today */
function readDate({ year, month, digits, number }, today) {
  const start = month?.toLowerCase().slice(0, 3);
  const place = start
    ? MONTH_NAMES.findIndex((name) => name.startsWith(start)) + 1
    : Number(digits);
  if (year) return dayOf(Number(year), place, Number(number));
  const thisYear = Number(today.slice(0, 4));
  const day = dayOf(thisYear, place, Number(number));
  // Without a year it is the next one that comes, be it February 29.
  if (day && daysBetween(today, day) >= 0) return day;
  for (let later = 1; later <= 8; later++) {
    const found = dayOf(thisYear + later, place, Number(number));
    if (found) return found;
  }
  return null;
}

/** "1/2" alone may be a half, and is a date after "by". @param {Record<string, string>} parts @param {Day} today */
function readSlashes(parts, today) {
  return parts.before || parts.year ? readDate(parts, today) : null;
}
