"""What the scripts do on a page: digests, tokens, loading, notices and dialogs, in Chromium."""

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
    program = run(_script(f"{READ} read(); context.load(session); read();"), is_known=False)
    program.expect("read 0", "read 0")
    assert _digests(program) == 1
    assert len(program.queries()) == 2


@pytest.mark.observed("library.digest")
def test_a_digest_that_is_refused_is_got_anew(run: Run) -> None:
    old = "var _spPageContextInfo = {webServerRelativeUrl: '/sites/try', formDigestTimeoutSeconds: 9};"
    field = "<input type='hidden' name='__REQUESTDIGEST' value='0xOLD,long ago'>"
    program = run(f"{field}{_script(f'{old}{READ} read();')}", is_known=False)
    program.expect("read 0")
    assert [each.headers["x-requestdigest"][:5] for each in program.queries()][0] == "0xOLD"
    assert (len(program.queries()), _digests(program)) == (2, 1)
    kept = program.page.locator("[name=__REQUESTDIGEST]").input_value()
    assert kept == program.queries()[1].headers["x-requestdigest"]


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
        """<script>
        delete SP.ClientContext; _spScripts.delete('sp.js'); // as on a page that has no sp.js yet
        </script>
        <script src='/_layouts/15/sp.workmanagement.js'></script>
        <script>console.log(typeof SP.WorkManagement);</script>
        <script src='/_layouts/15/sp.js'></script>"""
    )
    program.expect("undefined")


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
    program = run(
        """<script src='/_layouts/15/sp.ui.dialog.js'></script><script>
        SP.UI.ModalDialog.commonModalDialogOpen('/health/live', {title: 'Sync <to> Outlook'},
          function (result, value) { console.log('closed ' + result + ' ' + value); });
        var wait = SP.UI.ModalDialog.showWaitScreenWithNoClose('Wait', 'Reading <b>lists</b>');
        </script>"""
    )
    page = program.page
    page.get_by_text("Reading <b>lists</b>").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 2
    page.evaluate("wait.close(SP.UI.DialogResult.OK)")
    page.get_by_role("heading", name="Sync <to> Outlook").wait_for()
    page.evaluate("document.querySelector('iframe').contentWindow.frameElement.commitPopup('done')")
    program.expect("closed 1 done")
    assert page.get_by_role("dialog").count() == 0
