// What the My Tasks page is measured with: runs in it before its own scripts.

/** The tasks of the main thread that took longer than 50 ms, in milliseconds. */
window.longTasks = [];
new PerformanceObserver((entries) => {
  window.longTasks.push(...entries.getEntries().map((entry) => entry.duration));
}).observe({ type: "longtask", buffered: true });

/** Milliseconds from the next event of a type to the first paint for which `isShown`. */
window.measure = (type, isShown) =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`not shown after a ${type}: ${isShown}`)), 20_000);
    const begin = ({ timeStamp }) => {
      const look = () => {
        if (!isShown()) return requestAnimationFrame(look);
        // What is posted in a frame comes after its paint.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - timeStamp);
        port2.postMessage(0);
      };
      requestAnimationFrame(look);
    };
    addEventListener(type, begin, { capture: true, once: true });
  });

/** Ask for all tasks, with what a row needs of each. */
window.readTasks = () => {
  const context = SP.ClientContext.get_current();
  const { TaskQuery, UserOrderedSessionManager } = SP.WorkManagement.OM;
  const session = new UserOrderedSessionManager(context).createSession();
  context.loadQuery(
    session.readTasks(new TaskQuery(context)),
    "Include(Id, Name, DueDate, IsCompleted, PinAge, IsPersonal, IsReadOnly, LocationId)",
  );
  context.executeQueryAsync();
};

/** Draw a row for each task, a slice after the other. */
window.drawAll = async () => {
  // To look for rows by a selector takes longer than to draw some.
  const { tBodies } = document.querySelector("table.tasks");
  const count = () => Array.from(tBodies).reduce((sum, { rows }) => sum + rows.length, 0);
  for (let more; (more = document.querySelector(".show-more")); ) {
    const before = count();
    more.click();
    // A user's next click comes in a task of its own.
    do await new Promise((resolve) => setTimeout(resolve, 20));
    while (count() === before && more.isConnected);
  }
};

/** Where the middle of an element is, which comes into view. */
window.placeOf = (selector) => {
  const element = document.querySelector(selector);
  element.scrollIntoView({ block: "nearest" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
};
