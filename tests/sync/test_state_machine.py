"""Whatever is written, and however replicas stop and go on, they end up with what is there."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.wire import Engine
from tests.sync.machine import Machine
from tests.sync.service import Service

SHORT = settings(
    max_examples=15,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=300, stateful_step_count=60, derandomize=False, print_blob=True)
ENGINES = ("sqlite", "postgresql")
GUARANTEES = ("sync.converges", "sync.survives-restart", "sync.expires")


@pytest.fixture
def service(database: str, engine: Engine) -> Iterator[Service]:
    """Return the application on a new store."""
    running = Service(database, engine)
    yield running
    running.close()


def on(running: Service) -> type[Machine]:
    """Return the machine whose mailboxes are on a service; each engine has examples of its own."""

    class Bound(Machine):
        service = running

    return seed(ENGINES.index(running.wire.engine))(Bound)


@pytest.mark.inferred(*GUARANTEES)
def test_replicas_converge(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=SHORT)


@pytest.mark.crash
@pytest.mark.inferred(*GUARANTEES)
def test_replicas_converge_at_length(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=LONG)


@pytest.mark.inferred("sync.expires")
def test_a_deletion_forgotten_by_a_clock_that_was_wrong_for_once(service: Service) -> None:
    """No token is old, and yet one that has not seen the deletion must not go on."""
    machine = on(service)()
    machine.open_a_mailbox(may_expire=True)
    machine.follow(0, 1, "")
    machine.follow(None, 1, "")
    machine.finish(0)
    machine.delete_task(0)
    machine.finish(1)
    machine.let_much_time_pass(31, tidily=True, and_back=True)
    behind, ahead = machine.followers
    assert ahead.turn(machine) == "round"
    assert behind.turn(machine) == "expired"
    machine.teardown()


@pytest.mark.inferred("sync.converges")
def test_folders_that_a_deleted_group_lets_go(service: Service) -> None:
    """They have moved: a copy that had them all gets them again."""
    machine = on(service)()
    machine.open_a_mailbox(may_expire=False)
    machine.follow(None, 1, "")
    machine.finish(0)
    machine.delete_group(0)
    machine.teardown()
