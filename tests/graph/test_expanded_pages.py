"""Pages of lists and tasks that end with the texts of what is expanded on them."""

from collections.abc import Awaitable, Callable

import pytest

from afterlook.store import pages
from afterlook.store.client import ClientStore
from tests.support.todo import DEFAULT, LISTS, Entity, Todo

EXPAND = "$expand=extensions"


def walk(todo: Todo, link: str) -> list[list[Entity]]:
    """Follow a listing from page to page; return what is on each."""
    found = []
    for _ in range(20):
        answer = todo.get(link)
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["value"])
        if "@odata.nextLink" not in answer.json():
            return found
        link = answer.json()["@odata.nextLink"]
    raise AssertionError("the listing has no end")


@pytest.mark.inferred("graph.expanded-pages")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("every", "order"),
    [
        (LISTS, ""),
        (LISTS, "&$orderby=displayName desc"),
        (f"{DEFAULT}/tasks", ""),
        (f"{DEFAULT}/tasks", "&$orderby=createdDateTime"),
    ],
)
def test_walked(todo: Todo, every: str, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page ends before its extensions are too long; none is lost, none comes twice."""
    for number in range(5):
        long = {"extensionName": "com.example.long", "text": "x" * 400}
        given = {"displayName": f"{number}", "title": f"{number}", "extensions": [long]}
        todo.create(every, given)
    whole = todo.get(f"{every}?{EXPAND}{order}").json()["value"]
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", 1000)

    shown = walk(todo, f"{every}?{EXPAND}{order}")

    assert [each for page in shown for each in page] == whole
    assert max(sum(len(each["extensions"]) for each in page) for page in shown) == 2
    counted = todo.get(f"{every}?{EXPAND}{order}&$count=true").json()
    assert counted["@odata.count"] == len(whole)
    assert len(walk(todo, f"{every}?{EXPAND}{order}&$top=1")) == len(whole)


@pytest.mark.inferred("graph.expanded-pages")
@pytest.mark.in_process
def test_one_always_comes(todo: Todo, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much one has, it is shown, in a list and alone."""
    long = [{"extensionName": f"com.example.{one}", "text": "x" * 400} for one in "abc"]
    made = [
        todo.create(LISTS, {"displayName": name, "extensions": long})["id"] for name in ("1", "2")
    ]
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", 100)
    shown = [page for page in walk(todo, f"{LISTS}?{EXPAND}") if page[0]["id"] in made]
    assert [[len(each["extensions"]) for each in page] for page in shown] == [[3], [3]]
    assert len(todo.get(f"{LISTS}/{made[0]}?{EXPAND}").json()["extensions"]) == 3


@pytest.mark.inferred("graph.expanded-pages")
@pytest.mark.in_process
@pytest.mark.parametrize("every", [LISTS, f"{DEFAULT}/tasks"])
def test_read_as_a_scan(todo: Todo, every: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All extensions of a page are read, if only for their length: that holds up nobody."""
    scans = []

    def scan(store: ClientStore, work: Callable[..., object]) -> Awaitable[object]:
        scans.append(work)
        return run(store, work)

    run = ClientStore.scan
    monkeypatch.setattr(ClientStore, "scan", scan)
    for query, many in (("", 0), (f"?{EXPAND}", 1)):
        assert todo.get(f"{every}{query}").status_code == 200
        assert len(scans) == many
