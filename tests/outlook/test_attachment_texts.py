"""The texts of attachments: bounded each, together, in copies, and in answers."""

from urllib.parse import quote

import pytest

from afterlook.mailbox import capacity
from afterlook.outlook.bodies.attachments import MAX_TEXT
from afterlook.store import pages
from tests.outlook.attaching import attach, new_task
from tests.support.attachments import file, link
from tests.support.outlook import Json, everything, expect_refusal, key
from tests.support.replicas import is_tombstone, track
from tests.support.wire import Mailbox

TOO_LARGE = (413, "ErrorMessageSizeExceeded")
INVALID = (400, "ErrorInvalidRequest")
ROOM = 4_000
URL = "https://a.example/" + "y" * 982
TEXTS = [
    *((file, name) for name in ("ContentType", "ContentId", "ContentLocation")),
    *((link, name) for name in ("ContentType", "SourceUrl", "ThumbnailUrl", "PreviewUrl")),
]

OPTIONS = (
    *("", "($orderby=Name)", "($top=7;$count=true)", "($select=Name)"),
    "($filter=startswith(Name,'x'))",
)


@pytest.fixture
def narrow(me: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """Return a mailbox whose pages hold little text."""
    if me.wire.mode == "live":
        pytest.skip("the bound is set in this process")
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", ROOM)
    return me


@pytest.mark.inferred("attached.texts", "error.unchanged")
@pytest.mark.in_process
@pytest.mark.parametrize(("body", "name"), TEXTS)
def test_one_text(me: Mailbox, body: object, name: str) -> None:
    assert callable(body)
    task = new_task(me)
    most = attach(me, task, body("x", **{name: "é" * MAX_TEXT}))
    before = everything(me)

    response = me.post(f"{task}/attachments", body("x", **{name: "y" * (MAX_TEXT + 1)}))

    expect_refusal(response, *INVALID, f"'{name}'", str(MAX_TEXT))
    assert everything(me) == before
    assert most[name] == "é" * MAX_TEXT


@pytest.mark.inferred("attached.texts", "error.unchanged")
def test_all_texts(me: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there counts with what comes; a copy of tasks' attachments counts them all."""
    if me.wire.mode == "live":
        pytest.skip("the bound is set in this process")
    monkeypatch.setattr(capacity, "MAX_TEXT", 2_500)
    task, other = new_task(me), new_task(me)
    given = [attach(me, one, link(SourceUrl=URL)) for one in (task, task, other)]
    before = everything(me)

    expect_refusal(me.post(f"{task}/attachments", link(SourceUrl=URL)), *TOO_LARGE)
    copies = [{"Id": one["Id"]} for one in given]
    expect_refusal(me.post("tasks", {"Attachments": copies}), *TOO_LARGE)

    assert everything(me) == before
    assert me.post("tasks", {"Attachments": copies[1:]}).status_code == 201


@pytest.mark.inferred("attached.once", "error.unchanged")
def test_twice_in_a_body(me: Mailbox) -> None:
    task = new_task(me)
    one, other = attach(me, task, link()), attach(me, task, file())
    before = everything(me)

    for given in ([one, one], [{"Id": one["Id"]}, other, one]):
        expect_refusal(me.post("tasks", {"Attachments": given}), *INVALID, "once")
        expect_refusal(me.patch(task, {"Attachments": given}), *INVALID, "once")

    assert everything(me) == before


@pytest.mark.inferred("page.ends-with-texts")
@pytest.mark.in_process
@pytest.mark.parametrize("options", OPTIONS)
def test_one_task(narrow: Mailbox, options: str) -> None:
    """All or none: there is no link to the others."""
    task = new_task(narrow)
    for number in range(3):
        attach(narrow, task, link(f"x{number}", SourceUrl=URL))
    found = narrow.get(f"{task}?$expand=Attachments{options}").json()["Attachments"]
    assert sorted(one["Name"] for one in found) == ["x0", "x1", "x2"]

    for number in range(3, 7):
        attach(narrow, task, link(f"x{number}", SourceUrl=URL))

    expect_refusal(narrow.get(f"{task}?$expand=Attachments{options}"), *TOO_LARGE)
    assert len(narrow.get(f"{task}?$expand=Attachments($top=2)").json()["Attachments"]) == 2


def filled(me: Mailbox) -> set[str]:
    """Make tasks with texts attached; return the names of the attachments."""
    names = set()
    for number, count in enumerate([1, 2, 0, 3, 1, 1]):
        task = f"tasks('{key(me.create('tasks', {'Subject': str(number)}))}')"
        for each in range(count):
            names.add(attach(me, task, link(f"{number}.{each}", SourceUrl=URL))["Name"])
    return names


def texts_of(page: list[Json]) -> int:
    return sum(len(one["SourceUrl"]) for task in page for one in task.get("Attachments", []))


@pytest.mark.inferred("page.ends-with-texts")
@pytest.mark.parametrize("options", ["", "($orderby=Name)"])
@pytest.mark.parametrize("address", ["tasks", "taskfolders('Tasks')/tasks"])
def test_pages(narrow: Mailbox, address: str, options: str) -> None:
    names, found = filled(narrow), []
    link_: str | None = f"{address}?$top=50&$expand={quote(f'Attachments{options}')}"
    while link_:
        page = narrow.get(link_).json()
        assert texts_of(page["value"]) <= ROOM
        found += [one["Name"] for task in page["value"] for one in task["Attachments"]]
        link_ = page.get("@odata.nextLink")

    assert len(found) == len(names)
    assert set(found) == names


@pytest.mark.inferred("page.ends-with-texts")
def test_synchronisations(narrow: Mailbox) -> None:
    """In a first enumeration, and of what changed since."""
    address = "taskfolders('tasks')/tasks?$expand=Attachments"
    first = narrow.get(address, Prefer=track()).json()
    seen = first["@odata.deltaLink"]
    names = filled(narrow)

    for start in (address, seen):
        found, page = [], narrow.get(start, Prefer=track()).json()
        for _ in range(12):
            living = [one for one in page["value"] if not is_tombstone(one)]
            assert texts_of(living) <= ROOM
            found += [one["Name"] for task in living for one in task["Attachments"]]
            page = narrow.get(
                page.get("@odata.nextLink") or page["@odata.deltaLink"], Prefer=track()
            ).json()
        assert len(found) == len(names)
        assert set(found) == names
