// Jobs that wait for something by its name: a script that is loaded, an event, the page's body.

class Waiting {
  constructor() {
    this.jobs = /** @type {Map<string, ((...args: any[]) => void)[]>} */ (new Map());
    this.happened = /** @type {Set<string>} */ (new Set());
  }

  /**
   * @param {string} name
   * @param {(...args: any[]) => void} job
   */
  add(name, job) {
    this.jobs.set(name, [...(this.jobs.get(name) ?? []), job]);
  }

  /**
   * Do a job now if it need not wait; tell whether it did not.
   * @param {string} name
   * @param {(...args: any[]) => void} job
   */
  doOrAdd(name, job) {
    const isNow = this.happened.has(name);
    if (isNow) job();
    else this.add(name, job);
    return isNow;
  }

  /**
   * Do what has waited; one that throws keeps no other from its turn.
   * @param {string} name
   * @param {any[]} [args]
   */
  notify(name, args = []) {
    this.happened.add(name);
    const jobs = this.jobs.get(name) ?? [];
    this.jobs.delete(name);
    for (const job of jobs) {
      try {
        job(...args);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

/** Scripts by their names, in which case does not count. */
const scripts = new Waiting();
const events = new Waiting();

/** @param {string} name such as `SP.js`, or an address that ends in it */
function toScriptKey(name) {
  return name
    .toLowerCase()
    .replace(/[?#].*$/, "")
    .replace(/^.*\//, "")
    .replace(/\.debug\.js$/, ".js");
}

/**
 * @param {() => void} job
 * @param {string} name
 */
function executeOrDelayUntilScriptLoaded(job, name) {
  return scripts.doOrAdd(toScriptKey(name), job);
}

/** @param {string} name */
function notifyScriptLoaded(name) {
  scripts.notify(toScriptKey(name));
}

/**
 * @param {(...args: any[]) => void} job
 * @param {string} name
 */
function executeOrDelayUntilEventNotified(job, name) {
  return events.doOrAdd(name, job);
}

/**
 * @param {(...args: any[]) => void} job
 * @param {string} name
 */
function delayUntilEventNotified(job, name) {
  events.add(name, job);
}

/**
 * @param {string} name
 * @param {any[]} [args]
 */
function notifyEvent(name, args) {
  events.notify(name, args);
}
