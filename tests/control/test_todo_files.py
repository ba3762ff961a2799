"""Lists of To Do as a file: what Graph answers is loaded whole or not at all, and written again."""

import base64
from copy import deepcopy
from typing import Any

import pytest

from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire

ANNOTATED = {"@odata.etag": 'W/"x"', "@odata.type": "#microsoft.graph.todoTask"}
UTC = "UTC"
STAMP = "2020-01-05T09:12:44.1234567Z"
TASK = {
    **ANNOTATED,
    "importance": "high",
    "isReminderOn": True,
    "status": "completed",
    "title": "Water the roses",
    "createdDateTime": "2020-01-05T09:12:44.1234567Z",
    "lastModifiedDateTime": "2020-01-06T09:12:44Z",
    "hasAttachments": True,
    "categories": ["Garden"],
    "id": "AAMkT=",
    "body": {"content": "with rain\r\nwater", "contentType": "text"},
    "completedDateTime": {"dateTime": "2020-01-06T00:00:00.0000000", "timeZone": UTC},
    "dueDateTime": {"dateTime": "2020-01-07T00:00:00.0000000", "timeZone": UTC},
    "startDateTime": {"dateTime": "2020-01-04T00:00:00.0000000", "timeZone": UTC},
    "reminderDateTime": {"dateTime": "2020-01-07T08:30:00.0000000", "timeZone": UTC},
    "checklistItems@odata.context": "https://graph.example/$metadata",
    "checklistItems": [
        {
            "displayName": "Fill the can",
            "createdDateTime": "2020-01-05T09:12:44.0000000Z",
            "checkedDateTime": "2020-01-05T10:00:00.0000000Z",
            "isChecked": True,
            "id": "8f2b1e4e-0000-4000-8000-000000000001",
        },
        {
            "displayName": "Walk",
            "createdDateTime": "2020-01-05T09:12:45.0000000Z",
            "isChecked": False,
            "id": "8f2b1e4e-0000-4000-8000-000000000002",
        },
    ],
    "linkedResources": [
        {"webUrl": f"https://contoso.example/{n}", "applicationName": "Mail", "id": f"{n}"}
        for n in (1, 2)
    ],
    "extensions": [
        {
            "@odata.type": "#microsoft.graph.openTypeExtension",
            "id": "microsoft.graph.openTypeExtension.com.contoso.rose",
            "extensionName": "com.contoso.rose",
            "colours": ["red", "white"],
        }
    ],
    "attachments": {
        "value": [
            {
                "@odata.type": "#microsoft.graph.taskFileAttachment",
                "name": "rose.txt",
                "contentType": "text/plain",
                "size": 4,
                "contentBytes": base64.b64encode(b"rose").decode(),
            }
        ]
    },
}
WEEKLY = {
    "title": "Mow",
    "createdDateTime": STAMP,
    "dueDateTime": {"dateTime": "2020-01-06T00:00:00.0000000", "timeZone": UTC},
    "recurrence": {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "daysOfWeek": ["monday"],
            "month": 0,
            "dayOfMonth": 0,
            "firstDayOfWeek": "sunday",
            "index": "first",
        },
        "range": {
            "type": "noEnd",
            "startDate": "2020-01-06",
            "endDate": "0001-01-01",
            "recurrenceTimeZone": "UTC",
            "numberOfOccurrences": 0,
        },
    },
}
DOCUMENT = {
    "@odata.context": "https://graph.example/v1.0/$metadata#users('x')/todo/lists",
    "value": [
        {
            "displayName": "Aufgaben",
            "wellknownListName": "defaultList",
            "isOwner": True,
            "isShared": False,
            "id": "AAMkD=",
            "tasks": {"value": [{"title": "Call Ana", "createdDateTime": STAMP}]},
        },
        {
            "displayName": "Garden",
            "wellknownListName": "none",
            "extensions": [{"extensionName": "com.contoso.list", "season": "spring"}],
            "tasks": [TASK, WEEKLY],
        },
        {"displayName": "Flagged Emails", "wellknownListName": "flaggedEmails", "tasks": []},
    ],
}
GIVEN = ("id", "@odata.etag", "size")


def _plain(value: Any) -> Any:
    """Return JSON without what each mailbox gives anew."""
    if isinstance(value, dict):
        kept = value.items()
        return {
            name: _plain(each)
            for name, each in kept
            if name not in (*GIVEN, "lastModifiedDateTime")
        }
    return [_plain(each) for each in value] if isinstance(value, list) else value


def test_what_is_loaded_is_read_by_each_face_and_written_again(turned: Wire) -> None:
    done = perform(turned, "import", document=DOCUMENT, mailbox="alice")
    assert done == {"mailboxes": ["alice"], "lists": 2, "tasks": 3, "notes": []}
    mine = Mailbox(turned, perform(turned, "token", user="alice")["access_token"])
    folders = {each["Name"]: each for each in mine.get("taskfolders").json()["value"]}
    assert sorted(folders) == ["Garden", "Tasks"]
    (rose, mow) = mine.get(f"taskfolders/{folders['Garden']['Id']}/tasks").json()["value"]
    assert (rose["Subject"], rose["Status"], rose["Importance"]) == (
        *("Water the roses", "Completed", "High"),
    )
    assert rose["CreatedDateTime"] == "2020-01-05T09:12:44.1234567Z"
    assert rose["LastModifiedDateTime"] == "2020-01-06T09:12:44Z"
    assert rose["CompletedDateTime"]["DateTime"][:10] == "2020-01-06"
    assert mow["Recurrence"]["Pattern"]["Type"] == "Weekly"
    written = look(turned, "export", mailbox="alice", format="graph")
    garden, tasks = written["value"]
    assert (tasks["displayName"], garden["displayName"]) == ("Tasks", "Garden")
    assert garden["extensions"][0]["season"] == "spring"
    assert [each["title"] for each in garden["tasks"]] == ["Water the roses", "Mow"]
    shown = garden["tasks"][0]
    assert [each["displayName"] for each in shown["checklistItems"]] == ["Fill the can", "Walk"]
    assert shown["checklistItems"][0]["checkedDateTime"] == "2020-01-05T10:00:00.0000000Z"
    assert len(shown["linkedResources"]) == 2
    assert shown["extensions"][0]["colours"] == ["red", "white"]
    assert shown["attachments"][0]["contentBytes"] == "cm9zZQ=="
    perform(turned, "import", document=written, mailbox="bob")
    again = look(turned, "export", mailbox="bob", format="graph")
    assert _plain(again) == _plain(written)


def test_a_list_that_is_there_refuses_all_but_for_a_replacement(turned: Wire) -> None:
    perform(turned, "import", document=DOCUMENT, mailbox="alice")
    before = look(turned, "export", mailbox="alice", format="graph")
    again = attempt(turned, "import", document=DOCUMENT, mailbox="alice")
    assert "document: value[1]: " in expect_refusal(again, 409, "Conflict")
    assert look(turned, "export", mailbox="alice", format="graph") == before
    done = perform(turned, "import", document=DOCUMENT, mailbox="alice", replace=True)
    assert done["tasks"] == 3
    after = look(turned, "export", mailbox="alice", format="graph")
    assert _plain(after) == _plain(before)


FAULTS: list[tuple[list[object], object, str]] = [
    (["value", 1, "colour"], "red", "value[1].colour: it is no member that is known here"),
    (["value", 1, "tasks", 0, "subject"], "x", "value[1].tasks[0].subject: it is no member"),
    (["value", 1, "tasks", 0, "importance"], "urgent", "value[1].tasks[0].importance: "),
    (["value", 1, "tasks", 0, "dueDateTime", "timeZone"], "Mars",
     "value[1].tasks[0].dueDateTime: "),
    (["value", 1, "tasks", 0, "createdDateTime"], "soon", "value[1].tasks[0].createdDateTime: "),
    (["value", 1, "tasks", 0, "createdDateTime"], 5, "value[1].tasks[0].createdDateTime: it must"),
    (["value", 1, "tasks", 0, "checklistItems", 1, "isChecked"], "no",
     "tasks[0].checklistItems[1]: "),
    (["value", 1, "tasks", 0, "linkedResources"], {"a": 1}, "linkedResources: it must be a list"),
    (["value", 1, "tasks", 0, "attachments", "value", 0, "contentBytes"], None,
     "tasks[0].attachments.value[0].contentBytes: it is required"),
    (["value", 1, "tasks", 0, "attachments", "value", 0, "@odata.type"], "#microsoft.graph.item",
     "attachments.value[0]: "),
    (["value", 1, "tasks", 0, "attachmentSessions"], [{}], "attachmentSessions: an upload"),
    (["value", 1, "tasks", 1, "@removed"], {"reason": "deleted"},
     "tasks[1].@removed: it is of delta"),
    (["value", 0, "tasks", "@odata.nextLink"], "https://x",
     "value[0].tasks.@odata.nextLink: there"),
    (["@odata.nextLink"], "https://x", "@odata.nextLink: there is more than this page"),
    (["value", 1, "wellknownListName"], "best", "value[1].wellknownListName: it is none"),
    (["value", 1, "wellknownListName"], "defaultList", "more than one list is the default one"),
    (["value", 1, "displayName"], None, "value[1]: "),
    (["value", 1, "tasks"], 5, "value[1].tasks: it must be a list"),
    (["value", 1], [], "value[1]: it must be an object"),
    (["value"], 5, "value: it must be a list"),
    (["other"], 5, "other: it is no member"),
]  # fmt: skip


def test_days_of_other_zones_stay_what_they_are(turned: Wire) -> None:
    """Graph tells midnight of a zone in UTC: a file with it is no date to be cut anew."""
    berlin, hour = "2026-03-28T23:00:00.0000000", "2026-03-28T23:07:00.0000000"
    days = ("dueDateTime", "startDateTime", "completedDateTime")
    tasks = [
        {
            "title": at,
            "status": "completed",
            **{day: {"dateTime": at, "timeZone": UTC} for day in days},
        }
        for at in (berlin, hour)
    ]
    document = {"value": [{"displayName": "Garden", "tasks": tasks}]}
    perform(turned, "import", document=document, mailbox="alice", replace=True)

    garden = look(turned, "export", mailbox="alice", format="graph")["value"][0]
    kept, cut = garden["tasks"]
    assert [kept[day]["dateTime"] for day in days] == [berlin] * 3
    assert [cut[day]["dateTime"] for day in days] == ["2026-03-28T00:00:00.0000000"] * 3
    mine = Mailbox(turned, perform(turned, "token", user="alice")["access_token"])
    seen = mine.get("tasks", Prefer='outlook.timezone="Europe/Berlin"').json()["value"]
    due = {each["Subject"]: each["DueDateTime"]["DateTime"] for each in seen}
    assert due[berlin] == "2026-03-29T00:00:00.0000000"
    written = look(turned, "export", mailbox="alice")
    perform(turned, "import", document=written, replace=True)
    assert look(turned, "export", mailbox="alice") == written


@pytest.mark.once
def test_what_is_not_understood_is_named_line_by_line(turned: Wire) -> None:
    before = look(turned, "mailbox list")
    for path, value, said in FAULTS:
        response = attempt(turned, "import", document=_changed(path, value), mailbox="alice")
        message = expect_refusal(response, 400, "InvalidParameter")
        assert said in message, (path, message)
        assert message.startswith("document: not all of it is understood, and nothing was loaded\n")
    both = _changed(["value", 1, "colour"], "red")
    both["value"][0]["shape"] = "round"
    message = expect_refusal(attempt(turned, "import", document=both), 400, "InvalidParameter")
    assert [line.partition(":")[0] for line in message.splitlines()[1:]] == [
        *("value[0].shape", "value[1].colour")
    ]
    assert look(turned, "mailbox list") == before


@pytest.mark.once
def test_problems_are_bounded(turned: Wire) -> None:
    lists = [{"displayName": f"{n}", "colour": "red"} for n in range(500)]
    message = expect_refusal(
        attempt(turned, "import", document={"lists": lists}), 400, "InvalidParameter"
    )
    assert message.endswith("… and more")
    assert len(message.splitlines()) == 52


@pytest.mark.once
@pytest.mark.parametrize("parameters", [{"format": "xml"}, {"format": "graph"}])
def test_what_cannot_be_exported(turned: Wire, parameters: dict[str, str]) -> None:
    for user in ("alice", "bob"):
        perform(turned, "mailbox create", upn=user)
    response = turned.client.get("/_emulator/api/export", params=parameters)
    expect_refusal(response, 400, "InvalidParameter")


@pytest.mark.once
def test_what_is_worth_a_note(turned: Wire) -> None:
    shared = {"displayName": "Ours", "isShared": True, "tasks": [{"hasAttachments": True}]}
    done = perform(turned, "import", document={"lists": [shared]})
    assert done["notes"] == [
        "lists[0]: it is shared, and becomes the user's own",
        "1 task has attachments, which are not in the file",
    ]
    assert done["mailboxes"] == ["demo"]


@pytest.mark.once
def test_whose_mailbox_its_own_file_is_says_itself(turned: Wire) -> None:
    own = look(turned, "export")
    expect_refusal(
        attempt(turned, "import", document=own, mailbox="alice"), 400, "InvalidParameter"
    )


def _changed(path: list[Any], value: object) -> dict[str, Any]:
    document: Any = deepcopy(DOCUMENT)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return dict(document)
