"""The report on a move to Microsoft Graph To Do, of mailboxes and a journal with all it tells."""

from typing import Any

from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire

COLOUR = "String {11111111-2222-3333-4444-555555555555} Name Colour"
EXTENDED = {"SingleValueExtendedProperties": [{"PropertyId": COLOUR, "Value": "Red"}]}
FILE = {"@odata.type": "#Microsoft.OutlookServices.FileAttachment", "ContentBytes": "AAAA"}
REFERENCE = {
    "@odata.type": "#Microsoft.OutlookServices.ReferenceAttachment",
    "SourceUrl": "https://contoso.example/plan",
}
ITEM = {
    "@odata.type": "#Microsoft.OutlookServices.ItemAttachment",
    "Item": {"@odata.type": "#Microsoft.OutlookServices.Message", "Subject": "Hello"},
}


def test_a_mailbox_that_loses_nothing(turned: Wire) -> None:
    mine = Mailbox(turned, "plain")
    day = {"DateTime": "2026-12-07T00:00:00", "TimeZone": "UTC"}
    html = {"ContentType": "HTML", "Content": "<html><body><P>One</P><br/>two</body></html>"}
    task = mine.create("tasks", {"Subject": "Plain", "DueDateTime": day, "Body": html})
    mine.create(f"tasks/{task['Id']}/attachments", {**FILE, "Name": "a.txt"})
    mine.create("taskfolders", {"Name": "Garden"})
    shown = look(turned, "migrate-report")
    assert shown["lossless"] is True
    assert _counts(shown) == {}
    assert (shown["mailboxes"], shown["groups"], shown["folders"], shown["tasks"]) == (1, 1, 2, 1)


def test_each_loss_is_counted_and_named(turned: Wire) -> None:
    mine = Mailbox(turned, "mine")
    group = mine.create("taskgroups", {"Name": "Home"})
    folder = mine.create(f"taskgroups/{group['Id']}/taskfolders", {"Name": "Garden", **EXTENDED})
    day = {"DateTime": "2026-12-07T00:00:00", "TimeZone": "Pacific Standard Time"}
    written: dict[str, dict[str, object]] = {
        "html": {"Body": {"ContentType": "HTML", "Content": "<p>so <b>bold</b></p>"}},
        "text": {"Body": {"ContentType": "Text", "Content": "<p>so <b>bold</b></p>"}},
        "zones": {"ReminderDateTime": day},
        "sensitivity": {"Sensitivity": "Private"},
        "extended": {**EXTENDED},
    }
    for subject, given in written.items():
        mine.create(f"taskfolders/{folder['Id']}/tasks", {"Subject": subject, **given})
    mine.create("tasks", {"Body": {"ContentType": "Text", "Content": "no subject"}})
    attached: dict[str, dict[str, object]] = {
        "items": {**ITEM},
        "references": {**REFERENCE},
        "inline": {**FILE, "IsInline": True},
    }
    for subject, attachment in attached.items():
        task = mine.create("tasks", {"Subject": subject})
        for _ in range(2):
            mine.create(f"tasks/{task['Id']}/attachments", {**attachment, "Name": "a"})
    shown = look(turned, "migrate-report")
    assert shown["lossless"] is False
    once = ("html", "zones", "sensitivity", "extended", "items", "references", "inline")
    more = ("grouped", "folder_extended", "other_groups", "untitled")
    assert _counts(shown) == dict.fromkeys((*once, *more), 1)
    named = {loss["key"]: loss["examples"] for loss in shown["losses"]}
    mailbox = look(turned, "mailbox list")["mailboxes"][0]["name"]
    for key in once:
        within = "Tasks" if key in attached else "Garden"
        assert named[key] == [{"mailbox": mailbox, "name": key, "within": within}]
    assert named["grouped"] == [{"mailbox": mailbox, "name": "Garden", "within": "Home"}]
    assert named["untitled"] == [{"mailbox": mailbox, "name": "", "within": "Tasks"}]


def test_counts_go_over_all_mailboxes_or_one(turned: Wire) -> None:
    for name in ("alice", "bob"):
        token = perform(turned, "mailbox create", upn=name)["token"]
        for number in range(2):
            task = {"Subject": f"{name} {number}", "Sensitivity": "Private"}
            Mailbox(turned, token).create("tasks", task)
    both = look(turned, "migrate-report", examples=3)
    assert _counts(both) == {"sensitivity": 4}
    assert [each["name"] for each in _loss(both, "sensitivity")["examples"]] == [
        *("bob 0", "bob 1", "alice 0")
    ]
    one = look(turned, "migrate-report", mailbox="alice", examples=0)
    assert (one["mailboxes"], _counts(one)) == (1, {"sensitivity": 2})
    assert _loss(one, "sensitivity")["examples"] == []
    nobody = turned.client.get("/_emulator/api/migrate-report", params={"mailbox": "nobody"})
    assert "there is no mailbox 'nobody'" in expect_refusal(nobody, 404, "NotFound")
    assert attempt(turned, "migrate-report").status_code == 405


def test_what_the_journal_holds(turned: Wire) -> None:
    mine = Mailbox(turned, "mine")
    perform(turned, "journal clear")
    task = mine.create("tasks", {"Subject": "a", "Sensitivity": "Normal", "AssignedTo": None})
    for _ in range(2):
        mine.get("tasks?$select=Subject", Prefer='outlook.timezone="UTC"')
    mine.patch(f"tasks/{task['Id']}", {"ParentFolderId": "x"})
    mine.get("taskgroups")
    mine.get("nowhere")
    parts = [{"id": "1", "method": "GET", "url": "taskfolders"}]
    mine.post("$batch", {"requests": parts})
    turned.client.get("/_api/web/lists")
    shown = look(turned, "migrate-report")
    calls = {(each["method"], each["path"]): each for each in shown["calls"]}
    assert {key: each["count"] for key, each in calls.items()} == {
        ("GET", "/taskgroups"): 1,
        ("GET", "/{web}/_api/{resource}"): 1,
        ("GET", "/tasks"): 2,
        ("GET", "/taskfolders"): 1,
        ("PATCH", "/tasks/{id}"): 1,
        ("POST", "/$batch"): 1,
        ("POST", "/tasks"): 1,
    }
    assert [each["verdict"] for each in shown["calls"]][:2] == ["lost", "lost"]
    assert calls["GET", "/taskgroups"]["to"] == ""
    assert calls["GET", "/tasks"]["to"] == "GET /me/todo/lists/{list}/tasks"
    assert {each["name"]: each["count"] for each in calls["GET", "/tasks"]["options"]} == {
        "$select": 2,
        "Prefer: outlook.timezone": 2,
    }
    assert [each["name"] for each in calls["PATCH", "/tasks/{id}"]["members"]] == ["ParentFolderId"]
    assert (shown["seen"], shown["new"], shown["unknown"]) == (8, 0, 1)
    assert shown["lossless"] is False


def _loss(shown: dict[str, Any], key: str) -> dict[str, Any]:
    (loss,) = [each for each in shown["losses"] if each["key"] == key]
    return dict(loss)


def _counts(shown: dict[str, Any]) -> dict[str, int]:
    return {each["key"]: each["count"] for each in shown["losses"] if each["count"]}
