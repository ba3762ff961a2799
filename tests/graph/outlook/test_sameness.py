"""Both faces show one mailbox: docs/reference/graph.md §2."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph.outlook.faces import ask, in_graph, made, read, without_addresses
from tests.support.extended import COLOR, PALETTE, expansion, properties
from tests.support.outlook import FULL, PACIFIC, WEEKLY, key, prefer, values
from tests.support.wire import Mailbox, Wire

QUERIES = [
    "tasks",
    "tasks?$select=subject,dueDateTime",
    "tasks?$select=id&$orderby=dueDateTime/dateTime desc,subject",
    "tasks?$top=1&$skip=1&$count=true",
    "tasks?$filter=status eq 'notStarted'",
    "tasks?$filter=importance eq 'high' or contains(subject,'very')",
    "tasks?$filter=dueDateTime/dateTime ge '2016-01-01' and owner eq 'Administrator'",
    "tasks?$filter=startswith(subject,'E') and not hasAttachments",
    "tasks?$filter=categories/any(c: c eq 'Red')&$select=categories",
    "tasks?$expand=attachments",
    "tasks?$expand=attachments($select=name,permission;$orderby=name desc;$count=true)",
    "tasks/$count",
    "tasks/$count?$filter=sensitivity eq 'private'",
    "tasks('{task}')?$expand=attachments($filter=isInline eq true)",
    "tasks('{task}')/attachments?$orderby=size&$select=providerType,size",
    "tasks('{task}')/attachments/$count",
    "tasks('{task}')/subject",
    "tasks('{task}')/recurrence/pattern/daysOfWeek",
    "tasks('{task}')/importance/$value",
    "tasks('{task}')/body",
    "taskFolders",
    "taskFolders?$filter=isDefaultFolder&$select=name",
    "taskFolders/tasks",
    "taskFolders('tasks')/tasks?$select=parentFolderId",
    "taskFolders/tasks/tasks/$count",
    "taskFolders/tasks/name",
    "taskGroups?$orderby=name",
    "taskGroups/$count",
    "taskGroups('{group}')/taskFolders",
    "taskGroups('{group}')/taskFolders('{folder}')/tasks",
]
KINDS: list[dict[str, object]] = [
    {
        "@odata.type": "FileAttachment",
        "Name": "a.txt",
        "ContentBytes": "aGFsbG8=",
        "IsInline": True,
    },
    {
        "@odata.type": "ReferenceAttachment",
        "Name": "b",
        "SourceUrl": "https://contoso.example/b",
        "ProviderType": "OneDriveBusiness",
        "Permission": "AnonymousView",
    },
    {
        "@odata.type": "ItemAttachment",
        "Name": "c",
        "Item": {"@odata.type": "Microsoft.OutlookServices.Contact", "GivenName": "C"},
    },
]


class Shown(dict[str, str]):
    """The ids of what a mailbox holds, and the mailbox."""

    me: Mailbox


@pytest.fixture(scope="module")
def shown(wire: Wire) -> Shown:
    """Return a mailbox with something of everything, made by the Outlook API; only to be read."""
    me = Mailbox(wire, uuid4().hex)
    group = key(me.create("taskgroups", {"Name": "Leisure"}))
    folder = key(me.create(f"taskgroups('{group}')/taskfolders", {"Name": "Cooking"}))
    me.create(f"taskfolders('{folder}')/tasks", {"Subject": "Shop", "Importance": "Low"})
    whole = {name: value for name, value in FULL.items() if name != "CompletedDateTime"}
    task = key(me.create("tasks", whole | {"Status": "Deferred"}))
    me.create("tasks", {"Subject": "Zero"})
    for kind in KINDS:
        type_ = f"#Microsoft.OutlookServices.{kind['@odata.type']}"
        me.create(f"tasks('{task}')/attachments", kind | {"@odata.type": type_})
    shown = Shown(group=group, folder=folder, task=task)
    shown.me = me
    return shown


@pytest.mark.spec("graph-outlook.same", "graph-outlook.enumerations", "graph-outlook.properties")
@pytest.mark.once
@pytest.mark.parametrize("query", QUERIES)
def test_reads(shown: Shown, query: str) -> None:
    """Every option and address finds the same on both faces."""
    address = query.format(**shown)
    old, new = shown.me.get(address), ask(shown.me, "GET", address)
    assert (old.status_code, new.status_code) == (200, 200), new.text
    if "json" not in old.headers["Content-Type"]:
        member = address.endswith("$value")
        assert new.text == (old.text[:1].lower() + old.text[1:] if member else old.text)
        return
    name = address.rpartition("/")[2]
    expected = in_graph(old.json())
    if "value" in expected and not isinstance(old.json()["value"], str) and name == "daysOfWeek":
        expected["value"] = [day.lower() for day in expected["value"]]
    assert without_addresses(new.json()) == expected
    old_link, new_link = (each.json().get("@odata.nextLink", "") for each in (old, new))
    assert old_link.partition("?")[2] == new_link.partition("?")[2]


@pytest.mark.spec("graph-outlook.same")
@pytest.mark.once
def test_zones(shown: Shown) -> None:
    """The preferred zone counts alike, in filters and in what is shown."""
    for query in ("tasks", "tasks?$filter=dueDateTime/dateTime ge '2016-04-25T22:00:00'"):
        old = shown.me.get(query, Prefer=prefer(PACIFIC)).json()
        new = ask(shown.me, "GET", query, Prefer=prefer(PACIFIC)).json()
        assert without_addresses(new) == in_graph(old)


@pytest.mark.spec("graph-outlook.same", "graph-outlook.completed")
@pytest.mark.in_process
def test_series(me: Mailbox) -> None:
    """A series is completed by one face, and goes on by the other."""
    due = {"dateTime": "2016-04-25T00:00:00", "timeZone": "UTC"}
    task = made(me, "tasks", {"dueDateTime": due, "recurrence": in_graph(WEEKLY)})
    at = f"tasks/{task['id']}"
    [done, following] = ask(me, "POST", f"{at}/complete").json()["value"]
    assert (done["status"], following["status"]) == ("completed", "notStarted")
    assert following["recurrence"]["pattern"]["type"] == "weekly"
    assert following["dueDateTime"]["dateTime"] > task["dueDateTime"]["dateTime"]
    assert [in_graph(each) for each in values(me.get("tasks?$filter=Status eq 'Completed'"))] == [
        without_addresses(done)
    ]
    old = f"tasks('{done['id']}')"
    assert ask(me, "PATCH", old, {"status": "notStarted"}).json()["completedDateTime"] is None
    assert me.get(old).json()["CompletedDateTime"] is None
    moved = {"dueDateTime": {"dateTime": "2016-05-03T00:00:00", "timeZone": "UTC"}}
    ask(me, "PATCH", f"tasks/{following['id']}", moved)
    assert without_addresses(read(me, "tasks")) == in_graph(me.get("tasks").json())


@pytest.mark.spec("graph-outlook.extended")
@pytest.mark.in_process
@pytest.mark.parametrize(("kind", "named"), [("tasks", "subject"), ("taskFolders", "name")])
def test_extended(me: Mailbox, kind: str, named: str) -> None:
    """They are written, shown and looked for by their ids."""
    things = in_graph(properties({COLOR: "Green", PALETTE: ["a", "b"]}))
    assert [list(one) for many in things.values() for one in many] == [["id", "value"]] * 2
    made(me, kind, {named: "plain"})
    entity = made(me, kind, {named: "x", **things})
    at = f"{kind}/{entity['id']}"
    many = "multiValueExtendedProperties"
    for name, of in ((COLOR, "singleValueExtendedProperties"), (PALETTE, many)):
        shown = read(me, f"{at}?$expand={of}($filter=id eq '{name}')")
        assert shown[of] == things[of]
        assert f"{of}@odata.context" in shown
        old = me.get(f"{kind.lower()}('{entity['id']}')?$expand={expansion(name, of=of)}")
        assert without_addresses(shown) == in_graph(old.json())
    condition = f"singleValueExtendedProperties/any(p: p/id eq '{COLOR}' and p/value eq 'green')"
    found = read(me, f"{kind}?$filter={condition}")["value"]
    assert [each["id"] for each in found] == [entity["id"]]
    gone = {"singleValueExtendedProperties": [{"id": COLOR, "value": None}]}
    assert ask(me, "PATCH", at, gone).status_code == 200
    assert read(me, f"{kind}?$filter={condition}")["value"] == []


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
DAYS = st.sampled_from(["2016-04-25T09:00:00", "2020-02-29T23:59:59.9999999", "1999-12-31"])
ZONES = st.sampled_from(["UTC", PACIFIC, "Europe/Vienna", "Tokyo Standard Time"])
DATES = st.none() | st.fixed_dictionaries({"DateTime": DAYS, "TimeZone": ZONES})
TASKS = st.fixed_dictionaries(
    {},
    optional={
        "Subject": st.none() | TEXTS,
        "Body": st.fixed_dictionaries(
            {"ContentType": st.sampled_from(["Text", "HTML"]), "Content": TEXTS}
        ),
        "Categories": st.lists(TEXTS, max_size=3),
        "DueDateTime": DATES,
        "ReminderDateTime": DATES,
        "IsReminderOn": st.booleans(),
        "Importance": st.sampled_from(["Low", "Normal", "High"]),
        "Sensitivity": st.sampled_from(["Normal", "Personal", "Private", "Confidential"]),
        "Status": st.sampled_from(["NotStarted", "InProgress", "Completed", "WaitingOnOthers"]),
        "Recurrence": st.none() | st.just(WEEKLY),
    },
)
_OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.inferred("graph-outlook.same")
@_OFTEN
@given(body=TASKS, change=TASKS, is_new=st.booleans())
def test_whatever_is_written(
    alone: Mailbox, body: dict[str, Any], change: dict[str, Any], *, is_new: bool
) -> None:
    """What one face writes, the other reads, and refuses what the other refuses."""

    def write(method: str, address: str, content: dict[str, Any], *, by_graph: bool) -> Any:
        if by_graph:
            return ask(alone, method, address, in_graph(content))
        return alone.send(method, address, content)

    pair = [write("POST", "tasks", body, by_graph=by_graph) for by_graph in (True, False)]
    assert pair[0].status_code == pair[1].status_code
    if pair[0].status_code != 201:
        assert pair[0].json()["error"]["code"] == pair[1].json()["error"]["code"]
        return
    at = f"tasks('{pair[0].json()['id']}')"
    assert without_addresses(pair[0].json()) == in_graph(alone.get(at).json())
    answer = write("PATCH", at, change, by_graph=is_new)
    assert answer.status_code in (200, 400), answer.text
    assert without_addresses(read(alone, at)) == in_graph(alone.get(at).json())
