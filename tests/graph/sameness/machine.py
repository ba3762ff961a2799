"""A mailbox written by every face at random, and copied by both kinds of delta."""

from typing import Any

from hypothesis import seed
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.graph.sameness.comparison import compare_faces
from tests.graph.sameness.graph_writer import ROOTS, SERIES
from tests.graph.sameness.parts_writer import PartsWriter
from tests.graph.sameness.replica import GraphReplica, tasks_of
from tests.sharepoint.exchange import COMPLETED, DUE, NAME, User
from tests.sync.follower import Follower
from tests.sync.machine import BODIES, FOLDER, INDEX, SIZES, pick
from tests.sync.service import Service

ENGINES = ("sqlite", "postgresql")
EXPANDED = "$expand=checklistItems,linkedResources"


class Faces(PartsWriter):
    """The mailbox of `Machine`, which Graph and My Tasks write too."""

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


def on(running: Service) -> type[Faces]:
    """Return the machine whose mailboxes are on a service; each engine has examples of its own."""

    class Bound(Faces):
        service = running

    return seed(ENGINES.index(running.wire.engine))(Bound)
