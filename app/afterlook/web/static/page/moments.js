// Moments as the page writes them: "09:41 UTC" today, "Nov 4, 09:41 UTC" else; as days.py does.
import { now } from "./data.js";

const SHORT = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });

/** What never was is the first moment there is. @param {Date | null} moment */
export function toMoment(moment) {
  return moment && moment.getFullYear() > 1901 ? moment : null;
}

/** @param {Date} moment */
export function writeMoment(moment) {
  const [day, time] = moment.toISOString().split("T");
  const words = `${time?.slice(0, 5)} UTC`;
  const isToday = day === now().toISOString().slice(0, 10);
  return isToday ? words : `${SHORT.format(moment)}, ${words}`;
}
