"""The report as it is shown: in a terminal of 80 columns, and as a page."""

from typing import Any

from afterlook.migration import page, report, text
from afterlook.migration.calls import MAX_KINDS, Calls, SeenCall
from afterlook.migration.losses import Found

LONG = "A rather long subject that goes on and on, so that no terminal has a line for it all"
NASTY = "<script>alert(1)</script>\x1b[31m\nred"


def _report(*calls: SeenCall, **counts: int) -> dict[str, Any]:
    found = Found(2)
    found.counts |= {"mailboxes": 1, "groups": 1, "folders": 2, "tasks": 12_000, **counts}
    seen = Calls()
    for call in calls:
        seen.add(call)
    return report.write(found, seen if calls else None)


def _example(name: str, within: str = "Tasks") -> dict[str, str]:
    return {"mailbox": "demo", "name": name, "within": within}


def test_nothing_lost() -> None:
    assert text.write(_report()).splitlines() == [
        "MOVING TO MICROSOFT GRAPH TO DO",
        "1 mailbox, 2 folders, 12,000 tasks, no journal",
        "",
        "What would be lost of the data",
        "",
        "  Nothing.",
        "",
        "Nothing would be lost.",
    ]


def test_what_only_takes_work_is_no_loss() -> None:
    written = text.write(_report(untitled=1))
    assert "        1 task  no Subject -> a title has to be given" in written
    assert written.endswith("Nothing would be lost.")


def test_losses_with_examples() -> None:
    shown = _report(html=12_000)
    shown["losses"][0]["examples"] = [_example(LONG, "A" * 90), _example(NASTY), _example("")]
    lines = text.write(shown).splitlines()
    at = lines.index("  12,000 tasks  HTML with markup in the body -> plain text")
    assert lines[at + 1].startswith("                - A rather long subject")
    assert lines[at + 1].endswith("AAAA…)")
    assert lines[at + 2] == "                - <script>alert(1)</script> [31m red (Tasks)"
    assert lines[at + 3] == "                - (no subject) (Tasks)"
    assert lines[at + 4] == "                … and 11,997 more"
    assert max(map(len, lines)) == 80


def test_calls() -> None:
    body = b'{"Subject": "a", "Sensitivity": "Private", "Owner": null}'
    shown = _report(
        SeenCall("outlook", "POST", "", "/api/v2.0/me/tasks", body=body),
        SeenCall("outlook", "GET", "", "/api/v2.0/me/tasks", "$select=Id&$top=5"),
        SeenCall("outlook", "GET", "", "/api/v2.0/me/taskgroups"),
        SeenCall("csom", "POST", "EditAndCommitTask", "/_vti_bin/client.svc/processquery"),
        SeenCall("other", "GET", "", "/v1.0/me/todo/lists"),
        SeenCall("outlook", "GET", "", "/api/v2.0/me/nowhere"),
        SeenCall("page", "GET", "", "/mytasks"),
    )
    assert (shown["seen"], shown["new"], shown["unknown"]) == (4, 1, 1)
    lines = text.write(shown).splitlines()
    assert "        1 x  GET /taskgroups" in lines
    assert "        1 x  POST EditAndCommitTask" in lines
    assert "              ! Sensitivity is sent, and would be lost" in lines
    assert not any("Owner" in line or "$top" in line for line in lines)
    assert any(line.startswith("              * $select: ") for line in lines)
    assert lines[-1].startswith("Something would be lost.")
    assert max(map(len, lines)) <= 80


def test_calls_of_other_faces() -> None:
    body = b'{"subject": "a", "sensitivity": "private"}'
    shown = _report(
        SeenCall("graph", "POST", "", "/beta/me/outlook/tasks", body=body),
        SeenCall("graph", "GET", "", "/v1.0/me/todo/lists", "$select=id"),
        SeenCall("rest", "GET", "/{web}/_api/{resource}", "/_api/web/lists", "$select=Title"),
    )
    rest, posted = shown["calls"]
    assert (rest["verdict"], rest["options"]) == ("lost", [])
    assert [each["name"] for each in posted["members"]] == ["Sensitivity"]
    assert (shown["seen"], shown["new"], shown["unknown"]) == (2, 1, 0)


def test_bodies_that_say_nothing() -> None:
    for body in (b"", b"[]", b"null", b'{"Sensitivity"', b"\xff", b'{"Sensitivity": null}'):
        shown = _report(SeenCall("outlook", "PATCH", "", "/api/v2.0/me/tasks/x", body=body))
        assert shown["calls"][0]["members"] == []
        assert shown["lossless"] is True


def test_kinds_of_calls_are_bounded() -> None:
    shown = _report(
        *(SeenCall("csom", "POST", str(number), "/") for number in range(MAX_KINDS + 2))
    )
    assert (len(shown["calls"]), shown["unknown"]) == (MAX_KINDS, 2)


def test_a_page_needs_nothing_beside_it_and_runs_nothing() -> None:
    shown = _report(SeenCall("outlook", "GET", "", "/api/v2.0/me/taskgroups"), html=2, untitled=1)
    shown["losses"][0]["examples"] = [_example(NASTY)]
    written = page.write(shown)
    assert "&lt;script&gt;alert(1)" in written
    assert "<script" not in written
    assert "src=" not in written
    assert "href=" not in written
    assert "1 mailbox, 2 folders, 12,000 tasks, 1 call" in written
    assert "and 1 more" in written
    assert "no equivalent" in written
    assert "What has to be seen to" in written
    assert "Nothing would be lost" in page.write(_report())
