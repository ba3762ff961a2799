// What the page says of itself, and addresses of pages.

const LAYOUTS = "_layouts/15/";

/** What `_spPageContextInfo` holds, by getters. */
class PageContextInfo {}

const PAGE_MEMBERS = [
  "siteServerRelativeUrl",
  "webServerRelativeUrl",
  "webAbsoluteUrl",
  "serverRequestPath",
  "siteAbsoluteUrl",
  "webTitle",
  "tenantAppVersion",
  "isAppWeb",
  "webLogoUrl",
  "webLanguage",
  "currentLanguage",
  "pageItemId",
  "pageListId",
  "webPermMasks",
  "currentCultureName",
  "currentUICultureName",
  "clientServerTimeDelta",
  "userLoginName",
  "webTemplate",
  "pagePersonalizationScope",
];

for (const member of PAGE_MEMBERS) {
  const value = () => globalThis._spPageContextInfo?.[member];
  Object.defineProperty(PageContextInfo, `get_${member}`, { value });
}

class ScriptHelpers extends SP.ScriptUtility {
  /**
   * @param {string} page such as `settings.aspx`
   * @param {string} [web] server-relative address; without, it is the page's
   */
  static getLayoutsPageUrl(page, web = globalThis._spPageContextInfo?.webServerRelativeUrl ?? "/") {
    return ScriptHelpers.urlCombine(ScriptHelpers.urlCombine(web, LAYOUTS), page);
  }

  /** @param {string | null | undefined} text */
  static isNullOrUndefinedOrEmpty(text) {
    return ScriptHelpers.isNullOrEmptyString(text);
  }

  static newGuid() {
    return SP.Guid.newGuid();
  }

  /**
   * @param {string} first
   * @param {string} second
   */
  static urlCombine(first, second) {
    return `${first.replace(/\/+$/, "")}/${second.replace(/^\/+/, "")}`;
  }

  /** @param {string} url @returns {Record<string, string>} */
  static getUrlQueryPairs(url) {
    return Object.fromEntries(new URL(url, "http://localhost/").searchParams);
  }

  static getDocumentQueryPairs() {
    return ScriptHelpers.getUrlQueryPairs(location.href);
  }
}

class Utility {
  static get_layoutsLatestVersionRelativeUrl() {
    return LAYOUTS;
  }

  static get_layoutsLatestVersionUrl() {
    return `/${LAYOUTS}`;
  }

  /** @param {string} page */
  static getLayoutsPageUrl(page) {
    return ScriptHelpers.getLayoutsPageUrl(page);
  }
}

SP.Utilities = { ...SP.Utilities, Utility };
Object.assign(SP, { PageContextInfo, ScriptHelpers });
