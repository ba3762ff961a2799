"""Writers to a server that is killed again and again, who keep account of what it told them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from tests.sync.client import Client, Refused
from tests.sync.replica import Json, position

NAMES = {"tasks": "Subject", "taskfolders": "Name"}
There = Mapping[str, Mapping[str, Json]]
"""All that a mailbox holds: by kind, then by id."""


@dataclass(frozen=True)
class Owned:
    """An entity as the latest answer told of it, and the folder of the writer's that it is in."""

    kind: str
    name: str
    position: int
    home: str | None = None


class Doubt(NamedTuple):
    """A request without an answer: it may have been carried out."""

    method: str
    kind: str
    key: str | None
    name: str | None = None
    home: str | None = None


class Account:
    """A writer whose things are its own, through all lives of the server.

    `tell` is called after each answer. No position may be at or below `floor`.
    """

    def __init__(self, name: str, seed: int, tell: Callable[[], None]) -> None:
        self._name, self._random, self._tell = name, Random(f"{seed} {name}"), tell
        self._count = self.floor = 0
        self._doubt: Doubt | None = None
        self.owned: dict[str, Owned] = {}
        self.gone: set[str] = set()
        self.positions: list[int] = []

    def live(self, client: Client) -> None:
        """Write until the server is gone."""
        actions = [self._create] * 4 + [self._rename] * 3 + [self._complete] + [self._delete] * 2
        try:
            while True:
                self._random.choice(actions)(client)
        except Refused:
            pass

    def settle(self, there: There) -> None:
        """Expect everything that was acknowledged, and nothing but what may have been done."""
        doubt, self._doubt = self._doubt, None
        for key, owned in list(self.owned.items()):
            entity = there[owned.kind].get(key)
            is_doubted = doubt is not None and key == doubt.key
            if entity is None:
                assert doubt is not None, f"{key} is lost"
                assert doubt.method == "DELETE", f"{key} is lost"
                assert doubt.key in (key, owned.home), f"{key} is lost"
                assert doubt.key not in there[doubt.kind], "half of a folder is gone"
                self._lose(key)
                continue
            number = position(entity)
            assert number is not None
            if (entity[NAMES[owned.kind]], number) != (owned.name, owned.position):
                assert is_doubted, f"{key} is not as it was told: {owned}, {entity}"
                assert number > owned.position
                assert entity[NAMES[owned.kind]] in (owned.name, doubt and doubt.name)
                self._own(key, replace(owned, name=entity[NAMES[owned.kind]], position=number))
        if doubt is not None and doubt.method == "POST" and doubt.key is None:
            self._adopt(there, doubt)
        assert not self.gone & (there["tasks"].keys() | there["taskfolders"].keys())

    def _adopt(self, there: There, doubt: Doubt) -> None:
        name = NAMES[doubt.kind]
        found = [each for each in there[doubt.kind].values() if each[name] == doubt.name]
        assert len(found) <= 1
        for each in found:
            number = position(each)
            assert number is not None
            self._own(each["Id"], Owned(doubt.kind, each[name], number, doubt.home))

    def _create(self, client: Client) -> None:
        """Create a task by default or in a folder of its own, or such a folder."""
        home = self._random.choice([None, None, *self._mine("taskfolders")[-3:]])
        kind = "taskfolders" if home is None and self._random.random() < 0.2 else "tasks"
        address = kind if home is None else f"taskfolders('{home}')/tasks"
        doubt = Doubt("POST", kind, None, self._label(), home)
        made = self._send(client, 201, address, doubt)
        number = self._number(made)
        self._own(made["Id"], Owned(kind, str(doubt.name), number, home))

    def _rename(self, client: Client) -> None:
        kind = self._random.choice(["tasks", "tasks", "taskfolders"])
        if mine := self._mine(kind):
            key = self._random.choice(mine[-10:])
            doubt = Doubt("PATCH", kind, key, self._label())
            changed = self._send(client, 200, f"{kind}('{key}')", doubt)
            number = self._number(changed)
            self._own(key, replace(self.owned[key], name=str(doubt.name), position=number))

    def _complete(self, client: Client) -> None:
        if mine := self._mine("tasks"):
            key = self._random.choice(mine[-10:])
            doubt = Doubt("POST", "tasks", key)
            [done] = self._send(client, 200, f"tasks('{key}')/complete", doubt)["value"]
            self._own(key, replace(self.owned[key], position=self._number(done)))

    def _delete(self, client: Client) -> None:
        kind = self._random.choice(["tasks", "tasks", "tasks", "taskfolders"])
        if mine := self._mine(kind):
            key = self._random.choice(mine)
            self._send(client, 204, f"{kind}('{key}')", Doubt("DELETE", kind, key))
            for each in [key, *(at for at, owned in self.owned.items() if owned.home == key)]:
                self._lose(each)

    def _send(self, client: Client, status: int, address: str, doubt: Doubt) -> Json:
        """Send a request, in doubt about it until it is answered."""
        self._doubt = doubt
        body = None if doubt.name is None else {NAMES[doubt.kind]: doubt.name}
        answer = client.send(doubt.method, address, body)
        assert answer.status == status, (doubt, answer)
        self._doubt = None
        self._tell()
        return answer.body

    def _number(self, entity: Json) -> int:
        number = position(entity)
        assert number is not None
        assert number > self.floor, f"{entity['Id']} has a position that was there before the crash"
        self.positions.append(number)
        return number

    def _own(self, key: str, owned: Owned) -> None:
        self.owned[key] = owned

    def _lose(self, key: str) -> None:
        del self.owned[key]
        self.gone.add(key)

    def _mine(self, kind: str) -> list[str]:
        return [key for key, owned in self.owned.items() if owned.kind == kind]

    def _label(self) -> str:
        self._count += 1
        return f"{self._name}/{self._count}"
