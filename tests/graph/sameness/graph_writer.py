"""Writes by both faces of Graph to the mailbox of the sync machine."""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.graph.sameness.mapping import Json
from tests.graph.sameness.replica import tasks_of
from tests.support.wire import Mailbox
from tests.sync.machine import FOLDER, INDEX, Machine, pick

ROOTS = st.sampled_from(["/v1.0", "/beta"])
BETA = "/beta/me/outlook"
DAY = {"dateTime": "2016-06-07T00:00:00", "timeZone": "UTC"}
LATER = {"dateTime": "2016-06-17T00:00:00", "timeZone": "UTC"}
DAILY = {
    "pattern": {"type": "daily", "interval": 1},
    "range": {"type": "numbered", "startDate": "2016-06-07", "numberOfOccurrences": 3},
}
HTML = {"content": "<p>one</p><p>two</p>", "contentType": "html"}
SERIES: Json = {"dueDateTime": DAY, "recurrence": DAILY}
GRAPH_BODIES = st.sampled_from(
    [
        {"dueDateTime": DAY},
        {"dueDateTime": LATER, "startDateTime": DAY},
        {"dueDateTime": None, "startDateTime": None, "recurrence": None},
        SERIES,
        {"status": "completed"},
        {"status": "notStarted"},
        {"importance": "high", "body": HTML},
        {"categories": ["Red"], "isReminderOn": True, "reminderDateTime": LATER},
        {},
    ]
)
KINDS: dict[str, Json] = {
    "checklistItems": {"displayName": "step"},
    "linkedResources": {"displayName": "link", "webUrl": "https://a.example"},
    "extensions": {"extensionName": "com.example", "aisle": 3},
}
STEP = KINDS["checklistItems"]
WAYS = st.sampled_from(["todo", "beta", "batch"])


class GraphWriter(Machine):
    """The mailbox of `Machine`, which Graph writes too.

    `hung` counts the parts of each task by kind; a part that is changed stays one.
    """

    is_synced = False

    def __init__(self) -> None:
        super().__init__()
        self.hung: dict[str, Counter[str]] = {}

    @rule(folder=FOLDER, body=GRAPH_BODIES, root=ROOTS, parts=st.booleans(), batched=st.booleans())
    def create_by_to_do(
        self, folder: int, body: Json, root: str, parts: bool, batched: bool
    ) -> None:
        """Create a task, with parts at once or without, alone or in a batch."""
        key = pick(list(self.folders), folder)
        given = {"title": "made", **body}
        if parts:
            given |= {name: [one] for name, one in KINDS.items()}
        if batched:
            made = self._batch(root, "POST", f"/me/todo/lists/{key}/tasks", given)
        else:
            made = self.write().create(tasks_of(root, key), given)
        self.hung[made["id"]] = Counter({name: int(parts) for name in KINDS})
        self._look(key)

    @rule(folder=FOLDER, body=GRAPH_BODIES)
    def create_by_beta(self, folder: int, body: Json) -> None:
        """Create a task by the older of Graph's faces."""
        key = pick(list(self.folders), folder)
        self.write().create(f"{BETA}/taskFolders/{key}/tasks", {"subject": "made", **body})
        self._look(key)

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX, body=GRAPH_BODIES, root=ROOTS, way=WAYS)
    def patch_by_graph(self, task: int, body: Json, root: str, way: str) -> None:
        """Write properties of a task."""
        home, key = self._at(task)
        self._patch(home, key, body, root, way)

    @rule(what=st.sampled_from(["done", "put off"]), root=ROOTS, way=WAYS)
    def go_on(self, what: str, root: str, way: str) -> None:
        """Complete an occurrence of a series, or put it off: the other one gets a new id."""
        made = self.write().create(tasks_of(root, self.default), {"title": "series", **SERIES})
        key = str(made["id"])
        self._look(self.default)
        before = set(self.folders[self.default])
        self.write().create(f"{tasks_of(root, self.default)}/{key}/checklistItems", STEP)
        self.hung[key]["checklistItems"] += 1
        body = {"status": "completed"} if what == "done" else {"dueDateTime": LATER}
        self._patch(self.default, key, body, root, way)
        assert len(set(self.folders[self.default]) - before) == 1
        assert key in self.folders[self.default]

    def _patch(self, home: str, key: str, body: Json, root: str, way: str) -> None:
        if way == "batch":
            made = self._batch(root, "PATCH", f"/me/todo/lists/{home}/tasks/{key}", body)
            assert made["id"] == key
        else:
            one = f"{tasks_of(root, home)}/{key}" if way == "todo" else f"{BETA}/tasks/{key}"
            response = self.write().patch(one, body)
            assert response.status_code == 200, response.text
        self._look(home, like=key)

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX, root=ROOTS)
    def send_back(self, task: int, root: str) -> None:
        """Write a whole task as it was read, as some clients do."""
        home, key = self._at(task)
        one = f"{tasks_of(root, home)}/{key}"
        whole = self.write().get(one).json()
        assert self.write().patch(one, whole).status_code == 200
        self._look(home, like=key)

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX, beta=st.booleans())
    def delete_by_graph(self, task: int, beta: bool) -> None:
        """Delete a task."""
        home, key = self._at(task)
        self._delete(f"{BETA}/tasks/{key}" if beta else f"{tasks_of('/v1.0', home)}/{key}")
        self.folders[home].remove(key)

    @rule(root=ROOTS)
    def create_list(self, root: str) -> None:
        """Create a list."""
        made = self.write().create(f"{root}/me/todo/lists", {"displayName": self._name()})
        self.folders[str(made["id"])] = []

    @precondition(lambda self: len(self.folders) > 1)
    @rule(folder=INDEX, deletes=st.booleans(), beta=st.booleans())
    def write_list(self, folder: int, deletes: bool, beta: bool) -> None:
        """Rename or delete a list."""
        key = pick(self._deletable, folder)
        one = f"{BETA}/taskFolders/{key}" if beta else f"/v1.0/me/todo/lists/{key}"
        if not deletes:
            body = {"name" if beta else "displayName": self._name()}
            assert self.write().patch(one, body).status_code == 200
            return
        self._delete(one)
        self.deletions += [self.service.clock.instant] * len(self.folders.pop(key))

    # --

    def _at(self, index: int) -> tuple[str, str]:
        key = self._task(index)
        return next(home for home, tasks in self.folders.items() if key in tasks), key

    def _look(self, home: str, like: str | None = None) -> None:
        """Note which tasks a folder has now; new ones have the parts of the one they are `like`."""
        found = self.write().get(f"taskfolders('{home}')/tasks?$top=1000&$select=Id").json()
        now = [str(one["Id"]) for one in found["value"]]
        gone = set(self.folders[home]) - set(now)
        assert not gone or (home == self.default and self.is_synced)
        assert like is None or like in now
        self.deletions += [self.service.clock.instant] * len(gone)
        self.folders[home] = now
        for key in now:
            if key not in self.hung:
                self.hung[key] = Counter(self.hung[like] if like else self._parts(home, key))

    def _version(self, home: str, key: str) -> str:
        one = Mailbox(self.service.wire, self.token).get(f"{tasks_of('/beta', home)}/{key}")
        return str(one.json()["@odata.etag"])

    def _parts(self, home: str, key: str) -> dict[str, int]:
        one = f"{tasks_of('/v1.0', home)}/{key}?$expand=extensions"
        shown = Mailbox(self.service.wire, self.token).get(one).json()
        return {name: len(shown.get(name, ())) for name in KINDS}

    def _batch(self, root: str, method: str, url: str, body: Json) -> Json:
        told = {"Content-Type": "application/json"}
        request = {"id": "1", "method": method, "url": url, "headers": told, "body": body}
        answer = self.write().post(f"{root}/$batch", {"requests": [request]}).json()
        [one] = answer["responses"]
        assert one["status"] in (200, 201), one
        return dict(one["body"])
