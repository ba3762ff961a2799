// What a view begins with beside its lists.
import { startRefreshing } from "./refresh.js";
import { startTimeline } from "./timeline.js";

export function startViewParts() {
  startTimeline();
  startRefreshing();
}
