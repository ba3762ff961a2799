// Pages of the server's, read as documents: for a dialog, or for the parts of one that is shown.

/** Read a page; null where there is none. Rejects where there is no answer. @param {string} address */
export async function readPage(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** What the server wrote into a page for scripts. @param {Document} page @returns {PageData} */
export function dataOf(page) {
  return JSON.parse(page.getElementById("page-data")?.textContent ?? "{}");
}
