"""Export and import: what comes back is what went, byte by byte, on either engine."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from afterlook.control.archive.entities import MAILBOX, Entity
from afterlook.control.operation import API
from afterlook.store import contents
from afterlook.store.extensions import ID_PREFIX
from tests.support import wire as wires
from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire

COLOUR = "String {11111111-2222-3333-4444-555555555555} Name Colour"
SHOWN = f"$expand=SingleValueExtendedProperties($filter=PropertyId eq '{COLOUR}')"
WIRES = [
    f"tasks?{SHOWN}&$top=100",
    "tasks?$expand=Attachments&$orderby=Subject desc&$filter=Importance eq 'Normal'",
    f"taskfolders?{SHOWN}",
    "taskgroups",
    "/_api/web/lists",
    "/sites/garden/_api/web/lists",
    "/sites/garden/_api/web/lists/getbytitle('Plants')/items",
]
SIZES = "IntegerArray {11111111-2222-3333-4444-555555555555} Name Sizes"
WEEKLY = {
    "Pattern": {"Type": "Weekly", "Interval": 1, "DaysOfWeek": ["Monday"]},
    "Range": {"Type": "NoEnd", "StartDate": "2026-12-07"},
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DATES = st.sampled_from(
    [
        None,
        {"DateTime": "2026-12-07T10:00:00", "TimeZone": "Pacific Standard Time"},
        {"DateTime": "2016-03-27T00:00:00", "TimeZone": "UTC"},
    ]
)
TASKS = st.fixed_dictionaries(
    {"Subject": TEXTS},
    optional={
        "Body": st.fixed_dictionaries(
            {"ContentType": st.sampled_from(["Text", "HTML"]), "Content": TEXTS}
        ),
        "Categories": st.lists(TEXTS, max_size=3),
        "DueDateTime": DATES,
        "ReminderDateTime": DATES,
        "Importance": st.sampled_from(["Low", "Normal", "High"]),
        "Status": st.sampled_from(["NotStarted", "Completed", "Deferred"]),
        "Recurrence": st.just(WEEKLY),
        "SingleValueExtendedProperties": st.just([{"PropertyId": COLOUR, "Value": "Red"}]),
        "MultiValueExtendedProperties": st.just([{"PropertyId": SIZES, "Value": ["1", "2"]}]),
    },
)
FILE = {"@odata.type": "#Microsoft.OutlookServices.FileAttachment", "Name": "a.txt"}
STEPS = st.lists(
    st.tuples(st.sampled_from(["create", "patch", "attach", "complete", "delete"]), TASKS),
    max_size=8,
)


def seed_of(token: str) -> dict[str, Any]:
    """Return a seed with what the Outlook wire does not make."""
    items = [{"Title": "Roses", "PercentComplete": 0.25}, {"Title": "Herbs", "ParentIDId": 1}]
    site = {"Url": "/sites/garden", "Lists": [{"Title": "Plants", "Items": items}]}
    own = [{"Name": "Dig", "DueInDays": 1, "IsImportant": True}, {"Name": "Weed"}]
    folder: dict[str, Any] = {
        "Name": "Volunteer",
        "SingleValueExtendedProperties": [{"PropertyId": COLOUR, "Value": "Blue"}],
    }
    parts = {
        "Subject": "Shop",
        "ChecklistItems": [{"DisplayName": "Milk", "IsChecked": True}, {"DisplayName": "ß"}],
        "LinkedResources": [{"WebUrl": "https://shop.example/1", "ExternalId": "1"}],
        "Extensions": [{"ExtensionName": "com.example.Shop", "aisle": 4.5, "tags": ["ä", ""]}],
    }
    folder["Tasks"] = [parts]
    groups = [{"Name": "Leisure", "TaskFolders": [folder]}]
    return {"Mailboxes": [{"Token": token, "TaskGroups": groups, "Sites": [site], "MyTasks": own}]}


def play(mine: Mailbox, steps: list[tuple[str, dict[str, Any]]]) -> None:
    """Do by the wire what the steps say; what it refuses is left out."""
    for number, (step, task) in enumerate(steps):
        ids = [each["Id"] for each in mine.get("tasks?$top=100").json()["value"]]
        here = f"tasks('{ids[number % len(ids)]}')" if ids else ""
        match step:
            case "create":
                mine.post("tasks", task)
            case "patch" if here:
                mine.patch(here, task)
            case "attach" if here:
                mine.post(f"{here}/attachments", {**FILE, "ContentBytes": "bWlsaw=="})
            case "complete" if here:
                mine.post(f"{here}/complete")
            case "delete" if here:
                mine.delete(here)


def export(wire: Wire, **parameters: str) -> bytes:
    """Return what is exported."""
    response = wire.client.get(f"{API}/export", params=parameters)
    assert response.status_code == 200, response.text
    return response.content


def seen(mailbox: Mailbox) -> list[tuple[int, object]]:
    """Return what each wire shows of a mailbox."""
    answers = [mailbox.get(address, Accept="application/json") for address in WIRES]
    return [(answer.status_code, answer.json()) for answer in answers]


@given(steps=STEPS)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_comes_back_is_what_went(
    turned: Wire, elsewhere: Wire, steps: list[tuple[str, dict[str, Any]]]
) -> None:
    """From this engine to SQLite and back again, where it replaces what it was made of."""
    for wire in (turned, elsewhere):
        perform(wire, "reset")
    perform(turned, "seed", seed=seed_of("secret"))
    play(Mailbox(turned, "secret"), steps)
    exported, shown = export(turned), seen(Mailbox(turned, "secret"))
    assert [status for status, _ in shown] == [200] * len(WIRES)
    perform(elsewhere, "import", document=orjson.loads(exported))
    assert export(elsewhere) == exported
    assert seen(Mailbox(elsewhere, "secret")) == shown
    perform(turned, "import", document=orjson.loads(export(elsewhere)), replace=True)
    assert export(turned) == exported
    assert seen(Mailbox(turned, "secret")) == shown
    # Both go on: nothing that is written next meets a number that is taken.
    for wire in (turned, elsewhere):
        Mailbox(wire, "secret").create("tasks", {"Subject": "next"})
        perform(wire, "seed", seed={"Mailboxes": [{"Token": "secret", "MyTasks": [{"Name": "a"}]}]})


@pytest.fixture
def elsewhere(tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """Return another service, on SQLite."""
    with wires.in_process(f"sqlite:///{tmp_path / 'elsewhere.db'}", "sqlite") as running:
        yield running


TASK = "Mailboxes[0].TaskFolders[0].Tasks[0]"


@pytest.mark.once
def test_what_is_not_so_is_named_and_nothing_is_imported(turned: Wire) -> None:
    perform(turned, "seed", seed=seed_of("secret"))
    mine = Mailbox(turned, "secret")
    task = mine.create("tasks", {"Subject": "Shop", "Recurrence": WEEKLY})
    mine.create(f"tasks('{task['Id']}')/attachments", {**FILE, "ContentBytes": "bWlsaw=="})
    document = orjson.loads(export(turned))
    perform(turned, "reset")
    cases: list[tuple[list[Any], Any, str]] = [
        (["Version"], 2, "document: Format: it must be afterlook-mailboxes, Version 1"),
        (["Mailboxes"], {}, "document: Mailboxes: it must be a list"),
        (["Mailboxes", 0, "Colour"], 1, "Mailboxes[0].Colour: it is no member here"),
        (["Mailboxes", 0, "Upn"], "A B", "Mailboxes[0].Upn: it must match"),
        (["Mailboxes", 0, "Oid"], "1", "Mailboxes[0].Oid: it must be a GUID"),
        (["Mailboxes", 0, "Change"], 3, "Mailboxes[0].Change: it must be at least"),
        (["Mailboxes", 0, "Changes"], [], "Mailboxes[0].Changes: it does not tell of number 273"),
        (["Mailboxes", 0, "Contents"], [], "that of the attachment a.txt is not there whole"),
        (["Mailboxes", 0, "Settings"], [], "Mailboxes[0].Settings: there must be one"),
        ([*_TASK, "DueDateTime"], "soon", f"{TASK}.DueDateTime: it must be an instant"),
        ([*_TASK, "Status"], "Asleep", f"{TASK}.Status: it takes NotStarted"),
        ([*_TASK, "Subject"], 5, f"{TASK}.Subject: it must be a text"),
        ([*_TASK, "Number"], True, f"{TASK}.Number: it must be a whole number"),
        ([*_TASK, "Written"], {"start": [1]}, f"{TASK}.Written: it is not what it must be"),
        ([*_TASK, "Recurrence"], [], f"{TASK}.Recurrence: it is not what it must be"),
        (["Mailboxes", 0, "TaskFolders", 0, "Group"], 5, "TaskFolders[0].Group: there is no such"),
        (["Mailboxes", 0, "TaskFolders", 0, "IsDefault"], False, "TaskFolders: number 274"),
        (["Mailboxes", 0, "TaskFolders", 1, "Number"], 272, "272 is that of Flagged Emails"),
        (["Mailboxes", 0, "TaskFolders", 1, "Name"], "TASKS", "TaskFolders: there are two of"),
        (["Mailboxes", 0, "MyTasks", 0, "Location"], 7, "MyTasks[0].Location: there is no such"),
        (["Mailboxes", 0, "Settings", 0, "NextTask"], 1, "NextTask: it must be above 2"),
        (["Mailboxes", 0, "Settings", 0, "UserSettings"], "[]", "UserSettings: it is not"),
        (["Mailboxes", 0, "Lists", 0, "NextItem"], 1, "Lists: NextItem must be above 1"),
        (["Mailboxes", 0, "Lists", 0, "Web"], "garden", "Lists[0]: Web is no address"),
        ([*_PARTED, "ChecklistItems", 0, "Guid"], "1", "ChecklistItems[0].Guid: it must be a GUID"),
        ([*_PARTED, "ChecklistItems", 1, "Number"], 2**40, "Change: it must be at least"),
        ([*_PARTED, "LinkedResources", 0, "WebUrl"], "x" * 5000, "WebUrl: it must be a text"),
        ([*_PARTED, "Extensions", 0, "Content"], {"a": {}}, "Extensions[0]: The member 'a'"),
        ([*_PARTED, "Extensions", 0, "Content"], [], "Extensions[0].Content: it is not what"),
        ([*_PARTED, "Extensions", 0, "Name"], f"{ID_PREFIX}a", "Extensions[0]: Name is an id"),
        ([*_PARTED, "Extensions"], [{"Name": "a", "Content": {}}] * 2, "there are two of"),
        (
            [*_PARTED, "Extensions"],
            [{"Name": f"a{number}", "Content": {}} for number in range(51)],
            "rows of open_extension, of 50 at most",
        ),
    ]
    for path, value, said in cases:
        broken = deepcopy(document)
        *way, last = path
        within: Any = broken
        for step in way:
            within = within[step]
        within[last] = value
        refusal = expect_refusal(
            attempt(turned, "import", document=broken), 400, "InvalidParameter"
        )
        assert said in refusal, path
    twice = {**document, "Mailboxes": document["Mailboxes"] * 2}
    said = expect_refusal(attempt(turned, "import", document=twice), 400, "InvalidParameter")
    assert "Mailboxes[1]: it is the same as Mailboxes[0]" in said
    assert look(turned, "mailbox list")["total"] == 0


_TASK: list[Any] = ["Mailboxes", 0, "TaskFolders", 0, "Tasks", 0]
_PARTED: list[Any] = ["Mailboxes", 0, "TaskFolders", 1, "Tasks", 0]


@pytest.mark.once
def test_an_export_from_before_there_were_parts(turned: Wire) -> None:
    """It has no lists of them, and is read as it was."""
    perform(turned, "seed", seed=seed_of("secret"))
    document = orjson.loads(export(turned))
    for folder in document["Mailboxes"][0]["TaskFolders"]:
        for each in (folder, *folder["Tasks"]):
            for name in ("ChecklistItems", "LinkedResources", "Extensions"):
                each.pop(name, None)
    perform(turned, "import", document=document, replace=True)
    (folder,) = [
        each
        for each in orjson.loads(export(turned))["Mailboxes"][0]["TaskFolders"]
        if each["Name"] == "Volunteer"
    ]
    assert [task["ChecklistItems"] for task in folder["Tasks"]] == [[]]


@pytest.mark.once
def test_what_is_there_is_replaced_only_where_it_is_said(turned: Wire) -> None:
    mine = Mailbox(turned, "secret")
    mine.create("tasks", {"Subject": "Shop"})
    Mailbox(turned, "other").create("tasks", {"Subject": "Dig"})
    upn = look(turned, "mailbox list", limit=1000)["mailboxes"][1]["upn"]
    document = orjson.loads(export(turned, mailbox=upn))
    assert len(document["Mailboxes"]) == 1
    mine.create("tasks", {"Subject": "Bake"})
    assert "already" in expect_refusal(
        attempt(turned, "import", document=document), 409, "Conflict"
    )
    assert len(mine.get("tasks").json()["value"]) == 2
    perform(turned, "import", document=document, replace=True)
    assert [task["Subject"] for task in mine.get("tasks").json()["value"]] == ["Shop"]
    assert look(turned, "mailbox list")["total"] == 2


DERIVED: dict[str, set[str]] = {"extended_property": {"number"}, "task": {"parts"}}
"""Columns that follow from what else there is."""


def test_every_column_has_a_member() -> None:
    """A column that is added to a table is exported, or this says so."""
    seen: set[str] = set()

    def look_into(entity: Entity, place: str) -> None:
        kept = contents.COLUMNS.get(entity.table, contents.MAILBOX_COLUMNS)
        columns = [column for column, _ in entity.members.values()]
        derived = DERIVED.get(entity.table, set())
        assert sorted({*columns, place} - {"mailbox"} | derived) == sorted(kept), entity.table
        seen.add(entity.table)
        for _, inner, column in entity.within:
            look_into(inner, column)

    look_into(MAILBOX, "mailbox")
    assert seen == {*contents.TABLES, "mailbox"}
    tables = SQLModel.metadata.tables.items()
    kept = {*contents.TABLES, *contents.PASSING}
    assert {name for name, each in tables if "mailbox" in each.c} == kept
