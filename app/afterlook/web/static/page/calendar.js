// Days as texts, `2016-04-22`, and counting with them. They are in no zone.

/** @param {Day} day */
function momentOf(day) {
  return new Date(`${day}T00:00:00Z`);
}

/** @param {Day} day @param {number} count */
export function addDays(day, count) {
  const moment = momentOf(day);
  moment.setUTCDate(moment.getUTCDate() + count);
  return moment.toISOString().slice(0, 10);
}

/** The weekday of a day, from 0, which is Sunday. @param {Day} day */
export function weekdayOf(day) {
  return momentOf(day).getUTCDay();
}

/** How many days it is from one to another. @param {Day} from @param {Day} to */
export function daysBetween(from, to) {
  return Math.round((momentOf(to).getTime() - momentOf(from).getTime()) / 86_400_000);
}

/** The next Monday after a day. @param {Day} day */
export function nextWeek(day) {
  return addDays(day, (8 - weekdayOf(day)) % 7 || 7);
}

/**
 * The day of these numbers, or nothing where there is none, such as on February 30.
 * @param {number} year
 * @param {number} month from 1
 * @param {number} number
 * @returns {Day | null}
 */
export function dayOf(year, month, number) {
  const moment = new Date(Date.UTC(year, month - 1, number));
  const isThere = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === number;
  return isThere && year >= 1753 && year <= 8900 ? moment.toISOString().slice(0, 10) : null;
}
