"""A mailbox written by every face at random, and copied by both kinds of delta."""

from base64 import b64encode
from collections import Counter
from typing import Any

from httpx2 import Response
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.graph.sameness.comparison import compare_faces
from tests.graph.sameness.mapping import Json
from tests.graph.sameness.replica import GraphReplica, tasks_of
from tests.sharepoint.exchange import COMPLETED, DUE, NAME, User
from tests.support.attachments import NOTICE, PICTURE, file
from tests.support.wire import Mailbox, Wire
from tests.sync.follower import Follower
from tests.sync.machine import BODIES, FOLDER, INDEX, SIZES, Machine, pick

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
CHANGES: dict[str, Json] = {
    "checklistItems": {"isChecked": True},
    "linkedResources": {"externalId": "7"},
    "extensions": {"aisle": 4},
}
STEP = KINDS["checklistItems"]
WAYS = st.sampled_from(["todo", "beta", "batch"])
EXPANDED = "$expand=checklistItems,linkedResources"


class Faces(Machine):
    """The mailbox of `Machine`, which Graph and My Tasks write too.

    `hung` counts the parts of each task by kind; a part that is changed stays one.
    """

    hung: dict[str, Counter[str]]
    is_synced = False

    @initialize(may_expire=st.booleans(), is_synced=st.booleans())
    def open_a_mailbox(self, may_expire: bool, is_synced: bool = False) -> None:
        """Begin with a little of everything, copies too, and with Exchange sync or without."""
        super().open_a_mailbox(may_expire)
        self.create_by_to_do(0, SERIES, "/v1.0", parts=True, batched=False)
        self.track(None, 1, "/v1.0", "")
        self.track(0, 2, "/beta", EXPANDED)
        self.follow(0, 2, "")
        self.is_synced = is_synced
        if is_synced:
            assert self.user.opt_in() == 1

    @property
    def user(self) -> User:
        """The owner at My Tasks."""
        return User(self.write())

    # -- writes by Graph

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
            made = self.write().created(tasks_of(root, key), given)
        self.hung[made["id"]] = Counter({name: int(parts) for name in KINDS})
        self._look(key)

    @rule(folder=FOLDER, body=GRAPH_BODIES)
    def create_by_beta(self, folder: int, body: Json) -> None:
        """Create a task by the older of Graph's faces."""
        key = pick(list(self.folders), folder)
        self.write().created(f"{BETA}/taskFolders/{key}/tasks", {"subject": "made", **body})
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
        made = self.write().created(tasks_of(root, self.default), {"title": "series", **SERIES})
        key = str(made["id"])
        self._look(self.default)
        before = set(self.folders[self.default])
        self.write().created(f"{tasks_of(root, self.default)}/{key}/checklistItems", STEP)
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
        made = self.write().created(f"{root}/me/todo/lists", {"displayName": self._name()})
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

    # -- parts, and files

    @precondition(lambda self: any(self.folders.values()))
    @rule(
        task=INDEX,
        kind=st.sampled_from([*KINDS]),
        what=st.sampled_from(["POST", "POST", "PATCH", "DELETE"]),
        root=ROOTS,
    )
    def write_part(self, task: int, kind: str, what: str, root: str) -> None:
        """Create, change or delete a part of a task, which is then of another version."""
        home, key = self._at(task)
        one = f"{tasks_of(root, home)}/{key}"
        before = self._version(home, key)
        parts = self.write().get(f"{one}/{kind}").json()["value"]
        assert len(parts) == self.hung[key][kind]
        if not parts or (what == "POST" and kind != "extensions"):
            self.write().created(f"{one}/{kind}", KINDS[kind])
            self.hung[key][kind] += 1
        elif what == "DELETE":
            assert self.write().delete(f"{one}/{kind}/{parts[0]['id']}").status_code == 204
            self.hung[key][kind] -= 1
        else:
            changed = self.write().patch(f"{one}/{kind}/{parts[0]['id']}", CHANGES[kind])
            assert changed.status_code == 200, changed.text
        assert self._version(home, key) != before

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX, way=st.sampled_from(["file", "reference", "todo", "upload", "delete"]))
    def attach(self, task: int, way: str) -> None:
        """Attach something by any face, at once or in pieces, or delete what is attached."""
        home, key = self._at(task)
        old, new = f"tasks('{key}')/attachments", f"{tasks_of('/v1.0', home)}/{key}/attachments"
        version = self._version(home, key)
        if way == "delete":
            for one in self.write().get(new).json()["value"]:
                assert self.write().delete(f"{new}/{one['id']}").status_code == 204
        elif way == "upload":
            info = {"attachmentType": "file", "name": "a", "size": 3}
            session = self.write().post(f"{new}/createUploadSession", {"attachmentInfo": info})
            assert put(self.service.wire, session.json()["uploadUrl"], b"abc").status_code == 201
        elif way == "todo":
            self.write().created(new, {"name": "a", "contentBytes": b64encode(b"abc").decode()})
        else:
            self.write().created(old, PICTURE if way == "reference" else file(NOTICE["Name"]))
        assert way == "delete" or self._version(home, key) != version

    # -- writes by Outlook REST that may make tasks, or lose them

    @rule(folder=FOLDER, body=BODIES)
    def create_task(self, folder: int, body: dict[str, Any]) -> None:
        """Create a task, of which nothing hangs."""
        super().create_task(folder, body)
        self._look(pick(list(self.folders), folder))

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX)
    def complete_task(self, task: int) -> None:
        """Complete a task; of a series, the done one gets a new id."""
        home, key = self._at(task)
        done = self.write().post(f"tasks('{key}')/complete").json()["value"]
        assert key in {one["Id"] for one in done}
        self._look(home, like=key)
        assert {one["Id"] for one in done} <= set(self.folders[home])

    # -- My Tasks

    @precondition(lambda self: self.is_synced)
    @rule(due=st.sampled_from([None, "6/7/2016"]), pinned=st.booleans(), syncs=st.booleans())
    def create_on_my_tasks(self, due: str | None, pinned: bool, syncs: bool) -> None:
        """Create a task on the list of My Tasks."""
        self.user.create(self._name(), due, pinned=pinned)
        if syncs:
            self.synchronise()

    @precondition(lambda self: self.is_synced)
    @rule(row=INDEX, field=st.sampled_from([NAME, DUE, COMPLETED, 0]), syncs=st.booleans())
    def write_on_my_tasks(self, row: int, field: int, syncs: bool) -> None:
        """Write or delete a task on the list of My Tasks."""
        rows = self.user.rows()
        if not rows:
            return
        key = pick(rows, row)["Id"]
        if field:
            values = {NAME: self._name(), DUE: "6/17/2016", COMPLETED: "1"}
            self.user.update(key, field, values[field])
        else:
            self.user.write("DeleteTask", key)
        if syncs:
            self.synchronise()

    @precondition(lambda self: self.is_synced)
    @rule()
    def synchronise(self) -> None:
        """Run Exchange sync, which may make and delete tasks of the default list."""
        self.user.job()
        self._look(self.default)

    # -- those who copy

    @precondition(lambda self: len(self.followers) < 7)
    @rule(
        folder=st.none() | FOLDER,
        size=SIZES,
        root=ROOTS,
        options=st.sampled_from([EXPANDED, EXPANDED, "", "$select=title"]),
    )
    def track(self, folder: int | None, size: int, root: str, options: str) -> None:
        """Begin a copy of the lists, or of a list's tasks, by delta queries."""
        if folder is None:
            replica = GraphReplica(f"{root}/me/todo/lists", size)
            self.followers.append(Follower(replica, None))
            return
        key = pick(list(self.folders), folder)
        self.followers.append(Follower(GraphReplica(tasks_of(root, key), size, options), key))

    @rule()
    def finish_all(self) -> None:
        """Have every copy go on to the end of a round."""
        for follower in list(self.followers):
            follower.finish(self)

    def teardown(self) -> None:
        """At rest all copies are even with the server, and all faces with each other."""
        if self.folders:
            if self.is_synced:
                self.synchronise()
            super().teardown()
            compare_faces(self)

    # --

    def __init__(self) -> None:
        super().__init__()
        self.hung = {}

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


def put(wire: Wire, url: str, content: bytes) -> Response:
    """Upload a whole file to a session, by its URL alone."""
    span = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
    return wire.client.put(f"{url}/content", content=content, headers=span)
