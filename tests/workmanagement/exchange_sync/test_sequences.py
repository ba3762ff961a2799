"""Any writes on both sides, with jobs in between: both agree, by the rules, and nothing is lost."""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from afterlook.store.store import Store
from afterlook.workmanagement.dates import to_naive_datetime
from afterlook.workmanagement.exchange_sync import job as sync_job
from afterlook.workmanagement.exchange_sync import synced_fields
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields
from tests.support.exchange_sync import Sides, day
from tests.support.stores import new_mailbox
from tests.support.wire import Engine

LISTED = ("is_completed", "pin", "name", "description", "start", "due")
OUTLOOK = ("status", "importance", "subject", "body", "start", "due")
KINDS = {"list": 3, "post": 3, "write": 20, "patch": 20, "delete": 3, "remove": 3, "job": 12}
STEPS = 150


class Line:
    """A task on both sides: what each looked like when they last agreed, and is now."""

    def __init__(self, key: int | None = None, number: int | None = None) -> None:
        self.key = key
        self.number = number
        self.base: SyncedFields | None = None
        self.written: list[str] = []


class World(Sides):
    """Both sides, and what they must come to."""

    lines: list[Line]

    def fields(self, line: Line) -> tuple[SyncedFields | None, SyncedFields | None]:
        """Return how a line looks on both sides now."""
        row, task = self.listed.get(line.key or 0), self.outlook.get(line.number or 0)
        return (
            None if row is None else synced_fields.from_list_task(row),
            None if task is None else synced_fields.from_outlook_task(task),
        )

    def expected(self, line: Line) -> SyncedFields | None:
        """Return what a line must be after a job, by the rules in `docs/decisions.md`."""
        listed, outlook = self.fields(line)
        if line.base is None:
            return dated(listed or outlook)
        if listed is None or outlook is None:
            survives = "list" if outlook is None else "mailbox"
            return dated(listed or outlook) if survives in line.written else None
        values: dict[str, Any] = {}
        for name in SyncedFields._fields:
            before, ours, theirs = (getattr(one, name) for one in (line.base, listed, outlook))
            if ours == before:
                values[name] = theirs
            elif theirs == before:
                values[name] = ours
            else:
                values[name] = ours if line.written[-1] == "list" else theirs
        return dated(SyncedFields(**values))

    def agreed(self) -> None:
        """Run a job; see that it came to what it must, and that another one changes nothing."""
        expected = [(line, self.expected(line)) for line in self.lines]
        self.job()
        living = sorted((fields for _, fields in expected if fields is not None), key=repr)
        assert self.synced() == (living, living)
        assert sorted(self.pairs.values()) == sorted(self.outlook)
        before = self.everything()
        self.job()
        assert self.everything() == before
        self.known([line for line, fields in expected if fields is not None])

    def known(self, living: list[Line]) -> None:
        """Note under which numbers the lines go on."""
        paired = self.pairs
        keys = {number: key for key, number in paired.items()}
        for line in living:
            if line.key in paired:
                line.number = paired[line.key]
            else:
                assert line.number is not None
                line.key = keys[line.number]
            line.base, _ = self.fields(line)
            line.written = []
        self.lines = living

    def again(self) -> None:
        """Opt out and in again: what is the same is one, all else is copied."""
        self.opt_out()
        listed, outlook = self.synced()
        for fields in outlook:
            if fields in listed:
                listed.remove(fields)
        both = sorted([*outlook, *filter(None, map(dated, listed))], key=repr)
        self.opt_in()
        assert self.synced() == (both, both)
        self.lines = []
        self.known([Line(key, number) for key, number in self.pairs.items()])


def dated(fields: SyncedFields | None) -> SyncedFields | None:
    """Return fields with dates as the mailbox holds them: never a start without a due date."""
    if fields is None or fields.start is None or (fields.due or 0) >= fields.start:
        return fields
    return fields._replace(due=fields.start)


class Given(NamedTuple):
    """Values for a write, of few kinds, so that both sides often mean the same field."""

    listed: str
    outlook: str
    name: str
    text: str
    day: int | None
    truth: bool


def carry_out(world: World, kind: str, chance: random.Random) -> None:
    """Do something to one side."""
    given = Given(
        listed=chance.choice(LISTED),
        outlook=chance.choice(OUTLOOK),
        name=chance.choice("abc"),
        text=chance.choice(["", "x", "y"]),
        day=chance.choice([None, 1, 2, 3]),
        truth=chance.random() < 0.5,
    )
    match kind:
        case "list":
            world.lines.append(Line(key=world.create_list_task(given.name, is_pinned=given.truth)))
        case "post":
            importance = 2 if given.truth else 0
            number = world.post(subject=given.name, importance=importance)
            world.lines.append(Line(number=number))
        case "write" | "delete":
            at(world, chance, 0, lambda line: in_list(world, line, kind, given))
        case "patch" | "remove":
            at(world, chance, 1, lambda line: in_mailbox(world, line, kind, given))
        case "job":
            world.agreed()
        case "again":
            world.agreed()
            world.again()


def at(world: World, chance: random.Random, side: int, work: Callable[[Line], None]) -> None:
    """Do something to one of the lines that are on a side, if any is."""
    if lines := [line for line in world.lines if world.fields(line)[side] is not None]:
        line = chance.choice(lines)
        work(line)
        if world.fields(line) == (None, None):
            world.lines.remove(line)


def in_list(world: World, line: Line, kind: str, given: Given) -> None:
    assert line.key is not None
    if kind == "delete":
        world.delete(line.key)
    elif given.listed != "pin":
        date = None if given.day is None else f"{to_naive_datetime(day(given.day)):%Y-%m-%d} 13:30"
        values: dict[str, str | None] = {
            "name": given.name,
            "description": given.text,
            "is_completed": str(int(given.truth)),
            "start": date,
            "due": date,
        }
        world.write(line.key, **{given.listed: values[given.listed]})
        line.written.append("list")
    elif given.truth or world.listed[line.key].pinned is not None:
        world.pin(line.key, pinned=given.truth)
        line.written.append("list")


def in_mailbox(world: World, line: Line, kind: str, given: Given) -> None:
    assert line.number is not None
    if kind == "remove":
        world.remove(line.number)
        return
    instant = None if given.day is None else day(given.day)
    body = f"<p>{given.text}</p>" if given.truth else given.text
    values: dict[str, dict[str, Any]] = {
        "subject": {"subject": given.name},
        "body": {"body": body, "body_type": int(given.truth)},
        "status": {"status": 2 if given.truth else 1},
        "importance": {"importance": 2 if given.truth else 0},
        "start": {"start": instant},
        "due": {"due": instant},
    }
    world.patch(line.number, **values[given.outlook])
    line.written.append("mailbox")


@pytest.mark.parametrize("turn", range(4))
def test_any_sequence(
    store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    """Each engine has sequences of its own."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 2)
    chance = random.Random(2 * turn + (engine == "postgresql"))
    world = World(store, new_mailbox(store))
    world.lines = []
    world.opt_in()
    for step in range(STEPS):
        kind = chance.choices([*KINDS], [*KINDS.values()])[0]
        carry_out(world, "again" if step % 60 == 59 else kind, chance)
    world.agreed()
