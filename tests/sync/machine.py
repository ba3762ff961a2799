"""Everything that can happen to a mailbox and to those who copy it, in any order."""

from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from tests.support.extended import COLOR, expansion, properties, query
from tests.support.wire import Mailbox
from tests.sync.follower import Follower
from tests.sync.replica import Replica
from tests.sync.service import NOW, Service

ROOT = "/api/beta/me"
INDEX = st.integers(0, 30)
FOLDER = st.sampled_from([0, 0, 0, 1, 2, 3, 5])  # much in few, so that copies take several pages
WORDS = st.sampled_from(["milk", "bread", "Ünïcode", ""])
BODIES = st.one_of(
    st.builds(lambda word: {"Subject": word}, WORDS),
    st.builds(lambda word: properties({COLOR: word}), WORDS),
    st.sampled_from([{"Status": "InProgress"}, {"Importance": "High"}, {}]),
)
OPTIONS = st.sampled_from(
    ["", "", "", "$select=Id,ChangeKey", query("", expand=expansion(COLOR))[1:]]
)
SIZES = st.sampled_from([1, 1, 2, 3, 5, 50])


T = TypeVar("T")


class Machine(RuleBasedStateMachine):
    """A mailbox on a service, written by one client and copied by several others.

    What it holds is known by ids alone: `folders` with their tasks, and `groups`.
    """

    service: ClassVar[Service]

    def __init__(self) -> None:
        super().__init__()
        self.folders: dict[str, list[str]] = {}
        self.groups: list[str] = []
        self.followers: list[Follower] = []
        self.deletions: list[Instant] = []
        self.peak = NOW
        self.names = self.writes = 0

    @initialize(may_expire=st.booleans())
    def open_a_mailbox(self, may_expire: bool) -> None:
        """Begin with a little of everything.

        A full sync mends what a round has missed: in half of the mailboxes none ever expires.
        """
        self.may_expire = may_expire
        self.service.clock.instant = NOW
        self.token = uuid4().hex
        [default] = self.write().get("taskfolders").json()["value"]
        self.default = str(default["Id"])
        self.folders[self.default] = []
        for _ in range(3):
            self.create_task(0, {})
        self.create_group()
        self.create_folder(0, 2)

    def write(self) -> Mailbox:
        """Return the writing client, and remember that it wrote."""
        self.writes += 1
        return Mailbox(self.service.wire, self.token)

    # -- writes

    @rule(folder=FOLDER, body=BODIES)
    def create_task(self, folder: int, body: dict[str, Any]) -> None:
        """Create a task in a folder."""
        key = pick(list(self.folders), folder)
        made = self.write().create(f"taskfolders('{key}')/tasks", body)
        self.folders[key].append(str(made["Id"]))

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX, body=BODIES)
    def patch_task(self, task: int, body: dict[str, Any]) -> None:
        """Write properties of a task, extended ones too, or nothing."""
        assert self.write().patch(f"tasks('{self._task(task)}')", body).status_code == 200

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX)
    def complete_task(self, task: int) -> None:
        """Complete a task."""
        assert self.write().post(f"tasks('{self._task(task)}')/complete").status_code == 200

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX)
    def delete_task(self, task: int) -> None:
        """Delete a task."""
        key = self._task(task)
        self._delete(f"tasks('{key}')")
        next(tasks for tasks in self.folders.values() if key in tasks).remove(key)

    @rule(group=st.none() | INDEX, tasks=st.integers(0, 3))
    def create_folder(self, group: int | None, tasks: int) -> None:
        """Create a folder, in one of the groups or in the default one, and tasks in it."""
        home = ""
        if group is not None and self.groups:
            home = f"taskgroups('{pick(self.groups, group)}')/"
        made = self.write().create(f"{home}taskfolders", {"Name": self._name()})
        self.folders[str(made["Id"])] = []
        for _ in range(tasks):
            self.create_task(len(self.folders) - 1, {})

    @precondition(lambda self: len(self.folders) > 1)
    @rule(folder=INDEX, with_name=st.booleans())
    def patch_folder(self, folder: int, with_name: bool) -> None:
        """Rename a folder, or write an extended property of it."""
        body = {"Name": self._name()} if with_name else properties({COLOR: self._name()})
        address = f"taskfolders('{pick(self._deletable, folder)}')"
        assert self.write().patch(address, body).status_code == 200

    @precondition(lambda self: len(self.folders) > 1)
    @rule(folder=INDEX)
    def delete_folder(self, folder: int) -> None:
        """Delete a folder and the tasks in it."""
        key = pick(self._deletable, folder)
        self._delete(f"taskfolders('{key}')")
        self.deletions += [self.service.clock.instant] * len(self.folders.pop(key))

    @rule()
    def create_group(self) -> None:
        """Create a group."""
        self.groups.append(str(self.write().create("taskgroups", {"Name": "group"})["Id"]))

    @precondition(lambda self: self.groups)
    @rule(group=INDEX)
    def delete_group(self, group: int) -> None:
        """Delete a group, whose folders move."""
        key = pick(self.groups, group)
        self._delete(f"taskgroups('{key}')")
        self.groups.remove(key)

    # -- time, and the server

    @rule()
    def restart(self) -> None:
        """Start another application on the same store."""
        self.service.restart()

    @rule(seconds=st.sampled_from([1, 3600, -1, -3600, -86_400 * 40]))
    def turn_the_clock(self, seconds: int) -> None:
        """Let time pass, or turn it back."""
        self._pass(seconds * TICKS_PER_SECOND)

    @precondition(lambda self: self.may_expire)
    @rule(days=st.sampled_from([20, 31, 31]), tidily=st.booleans(), and_back=st.booleans())
    def let_much_time_pass(self, days: int, tidily: bool, and_back: bool) -> None:
        """Let so many days pass, and forget what is too old; or a clock that was wrong for once."""
        self._pass(days * TICKS_PER_DAY)
        if tidily:
            self.service.forget()
        if and_back:
            self._pass(-days * TICKS_PER_DAY)

    # -- the copying clients

    @precondition(lambda self: len(self.followers) < 5)
    @rule(folder=st.none() | FOLDER, size=SIZES, options=OPTIONS)
    def follow(self, folder: int | None, size: int, options: str) -> None:
        """Begin a copy of the folders, or of a folder's tasks."""
        key = None if folder is None else pick(list(self.folders), folder)
        of = f"{ROOT}/taskfolders" + ("" if key is None else f"('{key}')/tasks")
        self.followers.append(Follower(Replica(of, size, options), key))

    @precondition(lambda self: self.followers)
    @rule(follower=INDEX, size=st.none() | SIZES)
    def turn(self, follower: int, size: int | None) -> None:
        """Go on by a page."""
        self._one(follower).turn(self, size)

    @precondition(lambda self: self.followers)
    @rule(follower=INDEX)
    def finish(self, follower: int) -> None:
        """Go on to the end of a round."""
        self._one(follower).finish(self)

    @precondition(lambda self: self.followers)
    @rule(follower=INDEX, keeps_entities=st.booleans())
    def repeat(self, follower: int, keeps_entities: bool) -> None:
        """Send the latest request again: its answer was lost, or the link in it."""
        self._one(follower).repeat(self, keeps_entities=keeps_entities)

    @precondition(lambda self: self.followers)
    @rule(follower=INDEX, to=INDEX)
    def fall_back(self, follower: int, to: int) -> None:
        """Go back to any earlier state."""
        self._one(follower).fall_back(to)

    def teardown(self) -> None:
        """In the end all are even with the server."""
        for follower in list(self.followers):
            follower.finish(self)
        super().teardown()

    # --

    @property
    def _deletable(self) -> list[str]:
        return [key for key in self.folders if key != self.default]

    def _one(self, index: int) -> Follower:
        return pick(self.followers, index)

    def _task(self, index: int) -> str:
        return pick([task for tasks in self.folders.values() for task in tasks], index)

    def _name(self) -> str:
        self.names += 1
        return f"name {self.names}"

    def _delete(self, address: str) -> None:
        assert self.write().delete(address).status_code == 204
        self.deletions.append(self.service.clock.instant)

    def _pass(self, ticks: int) -> None:
        clock = self.service.clock
        clock.instant = Instant(clock.instant + ticks)
        self.peak = max(self.peak, clock.instant)


def pick(among: list[T], index: int) -> T:
    return among[index % len(among)]
