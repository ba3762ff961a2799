// Scripts on demand: by the names they are registered under, after those that they need.

/** @typedef {{ url: string, needs: string[], loading?: Promise<void> }} Sod */

const layouts = new URL(
  ".",
  /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ||
    `${location.origin}/_layouts/15/`,
).href;

/** @type {Map<string, Sod>} */
const sods = new Map();

/**
 * @param {string} name
 * @returns {Sod}
 */
function sodOf(name) {
  const key = toScriptKey(name);
  const sod = sods.get(key) ?? { url: layouts + key, needs: [] };
  sods.set(key, sod);
  return sod;
}

/**
 * @param {string} name
 * @param {string} url
 */
function registerSod(name, url) {
  sodOf(name).url = url;
}

/**
 * @param {string} name
 * @param {string} needed
 */
function registerSodDep(name, needed) {
  sodOf(name).needs.push(toScriptKey(needed));
}

/**
 * Load a script, unless it is there or on its way.
 * @param {string} name
 * @returns {Promise<void>}
 */
function loadScript(name) {
  const key = toScriptKey(name);
  const sod = sodOf(name);
  if (scripts.happened.has(key)) return Promise.resolve();
  sod.loading ??= loadAll(sod.needs).then(() => insertScript(key, sod.url));
  sod.loading.catch(() => {
    sod.loading = undefined; // so that a program can try again
  });
  return sod.loading;
}

/**
 * One after another: a script may need what stands before it.
 * @param {string[]} names
 */
async function loadAll(names) {
  for (const name of names) await loadScript(name);
}

/**
 * @param {string} key
 * @param {string} url
 * @returns {Promise<void>}
 */
function insertScript(key, url) {
  if (scripts.happened.has(key)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = url;
    element.onerror = () => reject(new Error(`The script ${key} cannot be loaded from ${url}.`));
    element.onload = () => {
      // One of ours has said so itself; one of a page's own may not.
      if (!scripts.happened.has(key)) scripts.notify(key);
      resolve();
    };
    document.head.append(element);
  });
}

/**
 * @param {string[]} names
 * @param {() => void} [job]
 * @param {boolean} [_isSynchronous] a browser has no way to do it
 */
function loadMultiple(names, job, _isSynchronous) {
  loadAll(names)
    .then(() => job?.())
    .catch(reportError);
}

/** @param {string} name such as `SP.ClientContext` @returns {any} */
function find(name) {
  return name.split(".").reduce((/** @type {any} */ at, part) => at?.[part], globalThis);
}

/**
 * Load a script, and call a function of it.
 * @param {string} name
 * @param {string} functionName
 * @param {...any} args
 */
function executeSod(name, functionName, ...args) {
  const call = () => {
    const owner = find(functionName.split(".").slice(0, -1).join(".")) ?? globalThis;
    const called = find(functionName);
    if (typeof called !== "function") throw new Error(`${name} has no function ${functionName}.`);
    called.apply(owner, args);
  };
  if (typeof find(functionName) === "function") call();
  else loadMultiple([name], call);
}

/**
 * Do a job when a script has brought a type; at once if it is there. Tells whether it was.
 * @param {string} name
 * @param {string | null} typeName
 * @param {() => void} job
 */
function executeFunc(name, typeName, job) {
  const isThere = typeName ? find(typeName) !== undefined : scripts.happened.has(toScriptKey(name));
  if (isThere) job();
  else loadMultiple([name], job);
  return isThere;
}

registerSodDep("sp.runtime.js", "microsoftajax.js");
registerSodDep("sp.js", "sp.runtime.js");
registerSodDep("sp.workmanagement.js", "sp.js");
registerSodDep("sp.ui.dialog.js", "sp.js");
for (const name of globalThis._spScripts ?? []) scripts.happened.add(name);
