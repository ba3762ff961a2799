// The context of a page, its web and its site collection.

class ClientContext extends SP.ClientRuntimeContext {
  /** @param {string} [url] of a web; without, it is the page's */
  constructor(url) {
    super(url ?? webOfPage());
  }

  get_web() {
    return getCurrentRequestContext(this).get_web();
  }

  get_site() {
    return getCurrentRequestContext(this).get_site();
  }

  get_serverVersion() {
    return this.get_serverLibraryVersion();
  }
}

let current = /** @type {ClientContext | undefined} */ (undefined);

// No static method and no arrow function: programs call `new SP.ClientContext.get_current()`, and
// neither can be called with `new`.
function getCurrentContext() {
  current ??= new ClientContext();
  return current;
}

/** The address of the web that the page is in, as the page says, or by its own address. */
function webOfPage() {
  const known = globalThis._spPageContextInfo?.webServerRelativeUrl;
  if (known) return known;
  const [before = ""] = location.pathname.split(/\/_(?:layouts|vti_bin|api)(?:\/|$)/i);
  const web = before === location.pathname ? before.replace(/\/[^/]*$/, "") : before;
  return web || "/";
}

class RequestContext extends SP.ClientObject {
  get_web() {
    return this.getObject("Web", Web);
  }

  get_site() {
    return this.getObject("Site", Site);
  }

  /** @param {ClientRuntimeContext} context */
  static getCurrent(context) {
    return getCurrentRequestContext(context);
  }
}

const REQUEST_CONTEXT = "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}";

/**
 * @param {ClientRuntimeContext} context
 * @returns {RequestContext}
 */
function getCurrentRequestContext(context) {
  const known = context.get_staticObjects();
  const key = `${REQUEST_CONTEXT}$Current`;
  const path = () => new SP.ObjectPathStaticProperty(context, REQUEST_CONTEXT, "Current");
  known[key] ??= new RequestContext(context, path());
  return /** @type {RequestContext} */ (known[key]);
}

class Web extends SP.ClientObject {
  get_title() {
    return this.getValue("Title");
  }

  get_url() {
    return this.getValue("Url");
  }

  get_serverRelativeUrl() {
    return this.getValue("ServerRelativeUrl");
  }

  get_lists() {
    throw new Error(
      "SP.ListCollection is not part of this library, which knows SP.WorkManagement.OM: " +
        "lists of tasks are at _api/web/lists.",
    );
  }
}

class Site extends SP.ClientObject {
  get_id() {
    return this.getValue("Id");
  }

  get_url() {
    return this.getValue("Url");
  }

  get_serverRelativeUrl() {
    return this.getValue("ServerRelativeUrl");
  }

  get_rootWeb() {
    return this.getObject("RootWeb", Web);
  }
}

Object.assign(ClientContext, { get_current: getCurrentContext });
Object.assign(SP, { ClientContext, RequestContext, Site, Web });
