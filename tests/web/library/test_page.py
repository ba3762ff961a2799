"""What the scripts do on a page: digests, tokens, loading, notices and dialogs, in Chromium."""

import re

import pytest

from tests.web.library.program import Person, Program, Run

READ = """
var context = SP.ClientContext.get_current();
var session = new SP.WorkManagement.OM.UserOrderedSessionManager(context).createSession();
var tasks = session.readTasks(new SP.WorkManagement.OM.TaskQuery(context));
context.load(tasks);
function read() {
  context.executeQueryAsync(
    function () { console.log('read ' + tasks.get_count()); },
    function (sender, args) { console.log(args.get_errorCode() + ' ' + args.get_message()); }
  );
}
"""


def _script(code: str) -> str:
    return f"<script src='/_layouts/15/sp.workmanagement.js'></script><script>{code}</script>"


def _digests(program: Program) -> int:
    return sum(each.url.endswith("/_api/contextinfo") for each in program.requests)


@pytest.mark.observed("library.digest")
def test_a_page_without_a_digest_gets_one_once(run: Run) -> None:
    again = "context.load(session); context.executeQueryAsync(function () { console.log('2'); });"
    program = run(_script(f"{READ} read(); {again}"), is_known=False)
    program.expect("read 0")
    program.expect("2")
    assert _digests(program) == 1
    assert len(program.queries()) == 2


@pytest.mark.observed("library.digest")
def test_a_digest_that_is_refused_is_got_anew(run: Run) -> None:
    web = "{webServerRelativeUrl: '/sites/try', formDigestTimeoutSeconds: 9}"
    old = f"var _spPageContextInfo = {web};"
    field = "<input type='hidden' name='__REQUESTDIGEST' value='0xOLD,long ago'>"
    program = run(f"{field}{_script(f'{old}{READ} read();')}", is_known=False)
    program.expect("read 0")
    first, second = (each.headers["x-requestdigest"] for each in program.queries())
    assert first == "0xOLD,long ago"
    assert program.page.locator("[name=__REQUESTDIGEST]").input_value() == second
    assert _digests(program) == 1


@pytest.mark.observed("library.digest")
def test_without_a_digest_nothing_is_done(run: Run) -> None:
    off = "context.set_formDigestHandlingEnabled(false);"
    program = run(_script(f"{READ}{off} read();"), is_known=False)
    program.expect("-2146232832 The security validation for this page is invalid.")
    assert _digests(program) == 0


@pytest.mark.inferred("library.token")
def test_a_program_adds_a_token(run: Run, person: Person) -> None:
    person.create("Buy bulbs")
    token = f"""
      context.add_executingWebRequest(function (sender, args) {{
        args.get_webRequest().get_headers()['Authorization'] = '{person.authorization}';
      }});"""
    program = run(_script(f"{READ}{token} read();"), is_known=False)
    program.expect("read 1")
    assert _digests(program) == 0


@pytest.mark.inferred("csom.site")
def test_the_site_of_a_page(run: Run) -> None:
    program = run(
        _script(
            """
            var context = SP.ClientContext.get_current();
            var site = context.get_site(), root = site.get_rootWeb();
            context.load(site);
            context.load(root, 'Title', 'ServerRelativeUrl');
            context.executeQueryAsync(function () {
              console.log(typeof site.get_id().toString() + ' ' + site.get_id());
              console.log(site.get_serverRelativeUrl() + ' ' + site.get_url());
              console.log(root.get_title() + ' ' + root.get_serverRelativeUrl());
            }, function (sender, args) { console.log(args.get_message()); });
            """
        )
    )
    program.expect("string ", "/sites/try http://127.0.0.1", "Afterlook /sites/try")
    assert re.fullmatch("string [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", program.console[0])


@pytest.mark.observed("library.loading")
def test_a_script_loads_once_whoever_asks(run: Run) -> None:
    program = run(
        """<script>
        SP.SOD.loadMultiple(['SP.WorkManagement.js'], function () { console.log('first'); });
        SP.SOD.executeFunc('sp.workmanagement.js', 'SP.WorkManagement.OM.Task',
          function () { console.log('second'); });
        </script>"""
    )
    program.expect("first", "second")
    loaded = [each.url for each in program.requests if "workmanagement" in each.url.lower()]
    assert len(loaded) == 1


@pytest.mark.observed("library.loading")
def test_a_script_that_comes_too_early_waits(run: Run) -> None:
    program = run(
        """<script src='/_layouts/15/sp.workmanagement.js'></script>
        <script>console.log('early: ' + typeof SP.WorkManagement);</script>
        <script src='/_layouts/15/sp.js'></script>
        <script src='/_layouts/15/sp.runtime.js'></script>
        <script>console.log('then: ' + typeof SP.WorkManagement);</script>""",
        scripts=("init.js",),
    )
    program.expect("early: undefined", "then: object")


@pytest.mark.inferred("library.notices")
def test_notices_show_html_as_text(run: Run) -> None:
    program = run(
        _script("""
        var id = SP.UI.Status.addStatus('Sync', '<b>off</b><img src=x onerror="bad()">');
        SP.UI.Status.setStatusPriColor(id, 'red');
        SP.UI.Notify.addNotification('Saved &amp; sent <script>bad()<\\/script>', true);
        """)
    )
    page = program.page
    assert page.get_by_role("status").all_inner_texts() == ["Sync off", "Saved & sent bad()"]
    assert page.locator("img").count() == 0
    assert sum("shown as text" in line for line in program.console) == 2


@pytest.mark.inferred("library.notices")
def test_a_dialog_shows_a_page_and_gives_its_result_back(run: Run) -> None:
    program = run("<script src='/_layouts/15/sp.ui.dialog.js'></script>")
    page = program.page
    page.route("**/inner.aspx", lambda route: route.fulfill(body="<p>inside</p>"))
    page.evaluate(
        """() => {
          SP.UI.ModalDialog.commonModalDialogOpen('inner.aspx', {title: 'Sync <to> Outlook'},
            (result, value) => console.log('closed ' + result + ' ' + value));
          window.wait = SP.UI.ModalDialog.showWaitScreenWithNoClose('Wait', 'Reading <b>lists</b>');
        }"""
    )
    page.get_by_text("Reading <b>lists</b>").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 2
    page.evaluate("wait.close(SP.UI.DialogResult.OK)")
    page.get_by_role("heading", name="Sync <to> Outlook").wait_for()
    page.frame_locator("iframe").get_by_text("inside").wait_for()
    page.frames[1].evaluate("void setTimeout(() => window.frameElement.commitPopup('done'))")
    program.expect("closed 1 done")
    assert page.get_by_role("dialog").count() == 0


EVERY_METHOD = """async () => {
  const OM = SP.WorkManagement.OM;
  const make = (context) => {
    const users = new OM.UserOrderedSessionManager(context);
    const sortable = new OM.SortableSessionManager(context);
    return [
      users.createSession(), users.createLocationOrientedSession(),
      sortable.createSession(), sortable.createLocationOrientedSession(),
      users, sortable, new OM.UserSettingsManager(context),
    ];
  };
  const namesOf = (type) =>
    type === SP.ClientObject.prototype ? []
      : [...Object.getOwnPropertyNames(type), ...namesOf(Object.getPrototypeOf(type))];
  const own = (object) => namesOf(Object.getPrototypeOf(object))
    .filter((name) => !['constructor', 'propertyType'].includes(name));
  const answers = [];
  for (const [place, example] of make(new SP.ClientContext('/')).entries()) {
    for (const name of own(example)) {
      const context = new SP.ClientContext('/');
      const result = make(context)[place][name]();
      if (result instanceof SP.ClientObject) context.load(result);
      const error = await new Promise((resolve) => context.executeQueryAsync(
        () => resolve(''),
        (_, args) => resolve(`${args.get_errorTypeName()}: ${args.get_message()}`)
      ));
      answers.push([`${place} ${name}`, error]);
    }
  }
  return answers;
}"""


@pytest.mark.observed("library.samples")
def test_every_method_reaches_the_server(run: Run) -> None:
    program = run(_script(""))
    answers = program.page.evaluate(EVERY_METHOD)
    assert len(answers) > 90
    # Nulls are refused where a query or settings are meant; nothing is unknown, or miscounted.
    refused = {error.partition(":")[0] for _, error in answers if error}
    assert refused <= {"System.ArgumentNullException", "Microsoft.SharePoint.SPException"}, answers
