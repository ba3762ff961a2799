// Dates as they are sent, on a machine whose zone is half an hour off, west of Greenwich.

process.env.TZ = "America/St_Johns";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { openPage } = require("./support/page.js");

const SENT = [
  ["new Date(2013, 0, 2, 3, 4, 5, 6)", "2013-01-02T03:04:05.006-03:30"],
  ["new Date(2013, 6, 2)", "2013-07-02T00:00:00.000-02:30"],
  ["SP.DataConvert.createUtcDateTime(0)", "1970-01-01T00:00:00.000Z"],
  ["SP.DataConvert.createUnspecifiedDateTime(2013, 0, 2)", "2013-01-02T00:00:00.000"],
  [
    "new SP.ClientContext('/').parseObjectFromJsonString('\"\\\\/Date(2011,10,23)\\\\/\"')",
    "2011-11-23T00:00:00.000",
  ],
];

for (const [made, expected] of SENT) {
  test(`${made} is ${expected}`, async () => {
    const page = openPage();
    const context = new page.SP.ClientContext("/");
    const session = new page.OM.UserOrderedSessionManager(context).createSession();
    session.getRefreshHistory(page.evaluate(made));
    await page.execute(context);
    assert.match(
      page.server.bodies[0],
      new RegExp(`<Parameter Type="DateTime">${expected}</Parameter>`),
    );
  });
}
