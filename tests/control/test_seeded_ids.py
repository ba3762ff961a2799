"""`--ids seeded`: two servers with one seed and one clock answer alike, byte by byte."""

from pathlib import Path

import pytest

from afterlook import settings
from afterlook.runtime.clock import FrozenClock
from afterlook.settings import InvalidSettingError
from tests.support import wire as wires
from tests.support.control import perform
from tests.support.frozen import instant
from tests.support.wire import Mailbox, Wire

NOON = "2016-04-22T12:00:00Z"


def answers_of(wire: Wire) -> list[tuple[bytes, str]]:
    """Return what a server answers to a few calls, headers included."""
    perform(wire, "seed", seed="demo")
    mine = Mailbox(wire, "secret")
    task = mine.create("tasks", {"Subject": "Shop"})
    answers = [
        mine.patch(f"tasks('{task['Id']}')", {"Subject": "Bake"}),
        mine.get("taskfolders('tasks')/tasks", Prefer="odata.track-changes"),
        mine.post("taskgroups", {"Name": "Leisure"}),
        mine.get("tasks('malformed')"),
        Mailbox(wire, None).get("tasks"),
    ]
    return [(answer.content, str(sorted(answer.headers.items()))) for answer in answers]


def test_two_servers_answer_alike(tmp_path: Path) -> None:
    answered = []
    for number, ids in enumerate(["seeded:42", "seeded:42", "seeded:43", "random"]):
        database = f"sqlite:///{tmp_path / str(number)}.db"
        with wires.in_process(database, "sqlite", FrozenClock(instant(NOON)), ids=ids) as wire:
            answered.append(answers_of(wire))
    assert answered[0] == answered[1]
    assert len({answers[0][0] for answers in answered}) == 3


def test_a_store_that_is_opened_again_goes_on(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    for _ in range(2):
        with wires.in_process(database, "sqlite", ids="seeded:42") as wire:
            perform(wire, "mailbox create")
            perform(wire, "seed", seed={"Mailboxes": [{"Token": "secret", "Owner": "Me"}]})


def test_a_reset_begins_the_ids_of_requests_anew(tmp_path: Path) -> None:
    with wires.in_process(f"sqlite:///{tmp_path / 'a.db'}", "sqlite", ids="seeded:1") as wire:
        seen = []
        for polls in (1, 3):
            for _ in range(polls):
                wire.client.get("/readyz")
            perform(wire, "reset")
            seen.append(wire.client.get("/readyz").headers["request-id"])
        assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"ids": "seeded:42", "workers": 2}, "--ids seeded needs --workers 1"),
        ({"ids": "42"}, "--ids (AFTERLOOK_IDS) cannot be '42': give random, or seeded"),
    ],
)
def test_what_cannot_be_set(flags: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidSettingError, match=said.replace("(", r"\(").replace(")", r"\)")):
        settings.load(**flags)
