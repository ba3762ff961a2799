"""`$expand=Attachments`: on one task, on lists, on synchronisation, with the other options."""

import pytest

from afterlook.outlook.attachment_rendering import MAX_EXPANDED
from tests.outlook.attaching import attach, listed, new_task
from tests.support.attachments import ALL, NOTICE, file
from tests.support.extended import COLOR, SINGLE, expansion, properties
from tests.support.mailboxes import Filled
from tests.support.outlook import Json, expect_refusal, values, walk
from tests.support.wire import Mailbox

MEMBER, CONTEXT = "Attachments", "Attachments@odata.context"


@pytest.mark.inferred("later.expand", "later.expand-lists")
def test_one_shows_what_the_collection_shows(me: Mailbox) -> None:
    """Of every kind, and all of them: an expansion has no pages."""
    task = new_task(me, Subject="x")
    for body in (*ALL, *(file(str(number)) for number in range(10))):
        attach(me, task, body)
    plain, found = me.get(task).json(), me.get(f"{task}?$expand=Attachments").json()

    assert list(found) == [*plain, CONTEXT, MEMBER]
    assert found[MEMBER] == listed(me, task, top="50")
    assert len(found[MEMBER]) == 13
    assert found[CONTEXT] == me.get(f"{task}/attachments").json()["@odata.context"]


@pytest.mark.inferred("later.expand")
@pytest.mark.in_process
@pytest.mark.parametrize("spelt", ["Attachments", "attachments", "ATTACHMENTS", " Attachments "])
def test_without_any(me: Mailbox, spelt: str) -> None:
    """An empty list, in the one spelling."""
    found = me.get(f"{new_task(me)}?$expand={spelt}").json()

    assert found[MEMBER] == []
    assert CONTEXT in found


@pytest.mark.inferred("later.expand-lists")
def test_lists(me: Mailbox) -> None:
    """Each task has its own."""
    tasks = [new_task(me, Subject=str(number)) for number in range(3)]
    for number, task in enumerate(tasks):
        for each in range(number):
            attach(me, task, file(f"{number}/{each}", bytes([number, each])))
    found = values(me.get("tasks?$expand=Attachments"))

    assert [each[MEMBER] for each in found] == [listed(me, task) for task in tasks]
    assert [list(each)[-2:] for each in found] == [[CONTEXT, MEMBER]] * 3


@pytest.mark.inferred("later.expand-pages")
def test_bounded_pages(alone: Mailbox) -> None:
    """A hundred tasks at most, whatever a client would take; the links lead to all of them."""
    made = {str(alone.create("tasks", {})["Id"]) for _ in range(MAX_EXPANDED + 1)}
    folder = alone.get("taskfolders('tasks')").json()["Id"]
    plain = alone.get("tasks?$expand=Attachments&$top=1000").json()
    address = f"taskfolders('{folder}')/tasks?$expand=Attachments"
    synced = alone.get(address, Prefer="odata.track-changes, odata.maxpagesize=1000").json()

    for first, link in ((plain, "@odata.nextLink"), (synced, "@odata.deltaLink")):
        rest = alone.get(first[link], Prefer="odata.track-changes").json()
        assert [len(first["value"]), len(rest["value"])] == [MAX_EXPANDED, 1]
        assert {task["Id"] for task in (*first["value"], *rest["value"])} == made


@pytest.mark.inferred("later.expand-lists")
def test_lists_of_a_folder(filled: Filled) -> None:
    """And one task below a folder; the context says where it was asked for."""
    me, folder = filled.me, filled.at("taskfolders('{folder}')")
    attach(me, filled.at("tasks('{task}')"), NOTICE)
    [listed_] = values(me.get(f"{folder}/tasks?$expand=Attachments"))
    one = me.get(filled.at("taskfolders('{folder}')/tasks('{task}')?$expand=Attachments")).json()

    assert listed_[MEMBER] == one[MEMBER]
    assert [each["Name"] for each in one[MEMBER]] == [NOTICE["Name"]]
    assert "#Me/TaskFolders('" in one[CONTEXT]
    assert one[CONTEXT] == listed_[CONTEXT]


@pytest.mark.inferred("later.expand-lists")
def test_synchronisation(me: Mailbox) -> None:
    """The option is kept in the links."""
    task = new_task(me, Subject="x")
    attach(me, task, NOTICE)
    track = {"Prefer": "odata.track-changes"}
    first = me.get("taskfolders('tasks')/tasks?$expand=Attachments", **track).json()

    assert [each["Name"] for each in first["value"][0][MEMBER]] == [NOTICE["Name"]]
    assert first["value"][0][MEMBER][0]["ContentBytes"] == NOTICE["ContentBytes"]
    attach(me, task, file("second"))
    found: list[Json] = []
    link = first["@odata.deltaLink"]
    while link is not None:
        answer = me.get(link, **track).json()
        found += answer["value"]
        link = answer.get("@odata.nextLink")
    assert [each["Name"] for each in found[-1][MEMBER]] == [NOTICE["Name"], "second"]


@pytest.mark.inferred("later.expand-lists")
def test_pages(me: Mailbox) -> None:
    """The links repeat it."""
    for number in range(5):
        attach(me, new_task(me, Subject=str(number)), file(str(number)))
    query = "$expand=Attachments($select=Name)&$top=2&$orderby=Subject desc&$select=Subject"
    pages = walk(me, f"tasks?{query}&$filter=HasAttachments eq true&$count=true")

    assert [len(page) for page in pages] == [2, 2, 1]
    for number, task in enumerate(task for page in pages for task in page):
        assert task["Subject"] == str(4 - number)
        assert [each["Name"] for each in task[MEMBER]] == [task["Subject"]]
        assert list(task) == ["@odata.id", "@odata.etag", "Id", "Subject", CONTEXT, MEMBER]


@pytest.mark.inferred("later.expand-lists")
@pytest.mark.parametrize("inner", ["$select=Name,IsInline", "select= name , ISINLINE "])
def test_select_inside(me: Mailbox, inner: str) -> None:
    """Those properties come; Id and annotations always do."""
    task = new_task(me)
    for body in ALL:
        attach(me, task, body)
    found = me.get(f"{task}?$expand=Attachments({inner})").json()[MEMBER]

    expected = ["@odata.type", "@odata.id", "Id", "Name", "IsInline"]
    assert [list(each) for each in found] == [expected] * 3
    assert "ContentBytes" not in me.get(f"tasks?$expand=Attachments({inner})").text


@pytest.mark.inferred("later.expand-lists")
def test_star_inside(me: Mailbox) -> None:
    """Is everything."""
    task = new_task(me)
    attach(me, task, NOTICE)

    assert me.get(f"{task}?$expand=Attachments($select=*)").json()[MEMBER] == listed(me, task)


@pytest.mark.inferred("later.expand-lists", "extended.with-options")
@pytest.mark.parametrize("order", ["{0},{1}", "{1},{0}"])
def test_with_extended_properties(me: Mailbox, order: str) -> None:
    """Both come, in the order in which they were asked for."""
    task = new_task(me, Subject="x", **properties({COLOR: "Green"}))
    attach(me, task, NOTICE)
    query = order.format("Attachments($select=Name)", expansion(COLOR))

    for found in (
        me.get(f"{task}?$expand={query}").json(),
        values(me.get(f"tasks?$expand={query}"))[0],
    ):
        assert found[SINGLE] == [{"PropertyId": COLOR, "Value": "Green"}]
        assert [each["Name"] for each in found[MEMBER]] == [NOTICE["Name"]]
        members = [name for name in found if name in (MEMBER, SINGLE)]
        assert members == ([MEMBER, SINGLE] if order[1] == "0" else [SINGLE, MEMBER])


@pytest.mark.inferred("later.expand-refused")
@pytest.mark.once
@pytest.mark.parametrize(
    "expand",
    [
        *("Attachments($levels=2)", "Attachments($top=x)", "Attachments()", ""),
        *("Attachments($expand=Item)", "Attachments/$count", "Attachments/Item", "Attachment", "*"),
        *("Attachments($select=)", "Attachments,", "Attachments($select=Name;$select=Id)"),
        "Attachments,Attachments",
    ],
)
def test_refused(me: Mailbox, expand: str) -> None:
    """By name, on one and on lists."""
    task = new_task(me)
    attach(me, task, NOTICE)

    for address in (task, "tasks", "taskfolders('tasks')/tasks"):
        response = me.get(f"{address}?$expand={expand}")
        expect_refusal(response, 400, "ErrorInvalidUrlQuery")


@pytest.mark.inferred("later.expand-refused", "option.unknown-property")
@pytest.mark.once
def test_unknown_inside(me: Mailbox) -> None:
    """As in `$select` anywhere."""
    response = me.get(f"{new_task(me)}?$expand=Attachments($select=Flag)")

    expect_refusal(response, 400, "RequestBroker-ParseUri", "'Flag'")


@pytest.mark.inferred("later.expand-refused")
@pytest.mark.once
def test_of_what_has_none(filled: Filled) -> None:
    """Folders and groups."""
    for address in ("taskfolders", "taskgroups", filled.at("taskfolders('{folder}')")):
        expect_refusal(filled.me.get(f"{address}?$expand=Attachments"), 400, "ErrorInvalidUrlQuery")
