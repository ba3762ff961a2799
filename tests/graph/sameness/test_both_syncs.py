"""What happens to a mailbox shows in both syncs: by deltaToken, and by Graph's delta queries."""

from collections.abc import Callable

import pytest
from httpx2 import Response

from tests.graph.sameness.faces import BETA
from tests.graph.sameness.parts_writer import put
from tests.graph.todo import follow, removed
from tests.sharepoint.exchange import User
from tests.support.attachments import NOTICE
from tests.support.replicas import Replica, is_tombstone
from tests.support.todo import DEFAULT, LISTS, Entity, Todo

DUE = {"dateTime": "2026-06-01T00:00:00", "timeZone": "UTC"}
LATER = {"dateTime": "2026-06-09T00:00:00", "timeZone": "UTC"}
DAILY = {"pattern": {"type": "daily", "interval": 1}}
TASKS = "taskfolders('tasks')/tasks"
EXPAND = "$expand=checklistItems,linkedResources"
EXTENSION = {"extensionName": "com.example", "aisle": 3}
FILE = {"name": "a", "contentBytes": "YQ=="}

Act = Callable[[Todo, str], object]


class Watched:
    """A task of a mailbox that two clients have copied, one by each sync."""

    def __init__(self, todo: Todo, **members: object) -> None:
        self.todo = todo
        self.task = todo.new_task(
            DEFAULT,
            checklistItems=[{"displayName": "a"}],
            linkedResources=[{"webUrl": "b"}],
            **members,
        )
        self.at = todo.address(self.task)
        todo.create(f"{self.at}/extensions", EXTENSION)
        todo.create(f"{self.at}/attachments", FILE)
        todo.new_task(title="another")
        self.outlook = Replica(todo, TASKS)
        self.outlook.sync()
        _, self.link = follow(todo, f"{DEFAULT}/tasks/delta?{EXPAND}")

    def news(self) -> dict[str, Entity | None]:
        """Return what both clients are told, which must be of the same tasks; None is deleted."""
        old = self.outlook.news()
        entries, self.link = follow(self.todo, self.link)
        assert [one["id"] for one in entries] == old
        found: dict[str, Entity | None] = {}
        for one in entries:
            key = str(one["id"])
            is_dead = "@removed" in one
            assert is_dead == (key not in self.outlook.held)
            assert not is_dead or one == removed(key)
            if not is_dead:
                assert one["@odata.etag"] == self.outlook.held[key]["@odata.etag"]
            found[key] = None if is_dead else one
        return found


def part(at: str, todo: Todo, kind: str) -> str:
    """Return the address of the only part of a kind."""
    [one] = todo.get(f"{at}/{kind}").json()["value"]
    return f"{at}/{kind}/{one['id']}"


def upload(todo: Todo, at: str) -> Response:
    """Attach a file by an upload session."""
    info = {"attachmentInfo": {"attachmentType": "file", "name": "a", "size": 1}}
    session = todo.post(f"{at}/attachments/createUploadSession", info).json()
    return put(todo.wire, session["uploadUrl"], b"a")


TOUCHES: dict[str, Act] = {
    "step": lambda todo, at: todo.post(f"{at}/checklistItems", {"displayName": "b"}),
    "ticked": lambda todo, at: todo.patch(part(at, todo, "checklistItems"), {"isChecked": True}),
    "no step": lambda todo, at: todo.delete(part(at, todo, "checklistItems")),
    "link": lambda todo, at: todo.patch(part(at, todo, "linkedResources"), {"displayName": "c"}),
    "no link": lambda todo, at: todo.delete(part(at, todo, "linkedResources")),
    "extension": lambda todo, at: todo.patch(part(at, todo, "extensions"), {"aisle": 4}),
    "no extension": lambda todo, at: todo.delete(part(at, todo, "extensions")),
    "file": lambda todo, at: todo.post(f"{at}/attachments", FILE),
    "upload": upload,
    "no file": lambda todo, at: todo.delete(part(at, todo, "attachments")),
    "old file": lambda todo, at: todo.post(f"tasks('{at.rpartition('/')[2]}')/attachments", NOTICE),
    "beta": lambda todo, at: todo.patch(
        BETA.one.format("", at.rpartition("/")[2]), {"subject": "x"}
    ),
    "outlook": lambda todo, at: todo.patch(f"tasks('{at.rpartition('/')[2]}')", {"Subject": "x"}),
    "to do": lambda todo, at: todo.patch(at, {"title": "x"}),
}


@pytest.mark.inferred("graph.same-news")
@pytest.mark.in_process
@pytest.mark.parametrize("touch", TOUCHES)
def test_changes(todo: Todo, touch: str) -> None:
    """Whatever changes of a task or hangs on it, it comes again by both, and but once."""
    watched = Watched(todo)

    assert TOUCHES[touch](todo, watched.at).status_code in (200, 201, 204)  # type: ignore[attr-defined]

    news = watched.news()
    assert list(news) == [watched.task["id"]]
    told = news[str(watched.task["id"])]
    there = todo.get(f"{watched.at}?{EXPAND}").json()
    assert told is not None
    assert {name: told[name] for name in there if "context" not in name} == {
        name: value for name, value in there.items() if "context" not in name
    }
    assert watched.news() == {}


DELETES: dict[str, Act] = {
    "to do": lambda todo, at: todo.delete(at),
    "outlook": lambda todo, at: todo.delete(f"tasks('{at.rpartition('/')[2]}')"),
    "beta": lambda todo, at: todo.delete(BETA.one.format("", at.rpartition("/")[2])),
}


@pytest.mark.inferred("graph.same-news")
@pytest.mark.in_process
@pytest.mark.parametrize("delete", DELETES)
def test_deletions(todo: Todo, delete: str) -> None:
    """What any face deletes is a deletion to both."""
    watched = Watched(todo)
    DELETES[delete](todo, watched.at)
    assert watched.news() == {watched.task["id"]: None}
    assert watched.news() == {}


COMPLETES: dict[str, Act] = {
    "to do": lambda todo, at: todo.patch(at, {"status": "completed"}),
    "outlook": lambda todo, at: todo.post(f"tasks('{at.rpartition('/')[2]}')/complete"),
    "put off": lambda todo, at: todo.patch(at, {"dueDateTime": LATER}),
}


@pytest.mark.inferred("graph.same-series")
@pytest.mark.in_process
@pytest.mark.parametrize("complete", COMPLETES)
def test_series(todo: Todo, complete: str) -> None:
    """The id that is known goes on; what leaves the series comes under a new one, parts and all."""
    watched = Watched(todo, dueDateTime=DUE, recurrence=DAILY)

    COMPLETES[complete](todo, watched.at)

    news = watched.news()
    assert len(news) == 2
    going_on = news.pop(str(watched.task["id"]))
    [left] = news.values()
    assert going_on is not None
    assert left is not None
    assert (going_on["status"], "recurrence" in left) == ("notStarted", False)
    assert left["status"] == ("notStarted" if complete == "put off" else "completed")
    assert going_on["dueDateTime"]["dateTime"].startswith("2026-06-02")
    assert left["dueDateTime"]["dateTime"][:10] == (
        "2026-06-09" if complete == "put off" else "2026-06-01"
    )
    for name in ("checklistItems", "linkedResources"):
        assert len(going_on[name]) == len(left[name]) == 1
    assert watched.news() == {}


@pytest.mark.inferred("graph.same-news")
@pytest.mark.in_process
def test_my_tasks(todo: Todo) -> None:
    """What My Tasks writes and deletes comes by both once Exchange sync has been."""
    watched = Watched(todo)
    user = User(todo)
    user.opt_in()
    assert watched.news() == {}
    made = user.create("Listed", "4/26/2016")
    user.job()
    [(key, told)] = watched.news().items()
    assert told is not None
    assert (told["title"], told["body"]["content"]) == ("Listed", "Text")
    assert told["dueDateTime"] == {"dateTime": "2016-04-26T00:00:00.0000000", "timeZone": "UTC"}
    user.write("DeleteTask", made)
    user.job()
    assert watched.news() == {key: None}


@pytest.mark.inferred("graph.same-news")
@pytest.mark.in_process
@pytest.mark.parametrize("deletes", ["outlook", "beta", "to do"])
def test_lists(todo: Todo, deletes: str) -> None:
    """Lists that are made, renamed and deleted by any face, or let go by a group."""
    group = str(todo.create("taskgroups", {"Name": "Group"})["Id"])
    folders = Replica(todo, "taskfolders")
    folders.sync()
    _, link = follow(todo, f"{LISTS}/delta")
    made = str(todo.create(f"taskgroups('{group}')/taskfolders", {"Name": "One"})["Id"])
    address = {
        "outlook": f"taskfolders('{made}')",
        "beta": f"/beta/me/outlook/taskFolders/{made}",
        "to do": f"{LISTS}/{made}",
    }[deletes]
    names = {"outlook": "Name", "beta": "name", "to do": "displayName"}
    for act in (
        lambda: None,
        lambda: todo.patch(address, {names[deletes]: "Two"}),
        lambda: todo.post(f"{LISTS}/{made}/extensions", EXTENSION),
        lambda: todo.delete(f"{LISTS}/{made}/extensions/com.example"),
        lambda: todo.delete(f"taskgroups('{group}')"),
        lambda: todo.delete(address),
    ):
        act()
        old = [one for page in folders.sync() for one in page["value"]]
        new, link = follow(todo, link)
        assert [one["id"] for one in new] == [made]
        assert [is_tombstone(one) for one in old] == ["@removed" in one for one in new]
