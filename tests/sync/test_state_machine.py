"""Whatever is written, and however replicas stop and go on, they end up with what is there."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.wire import Engine
from tests.sync.machine import Machine
from tests.sync.service import Service

SHORT = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(
    SHORT, max_examples=500, stateful_step_count=60, derandomize=False, print_blob=True
)
GUARANTEES = ("sync.converges", "sync.survives-restart", "sync.expires")


@pytest.fixture
def service(database: str, engine: Engine) -> Iterator[Service]:
    """Return the application on a new store."""
    running = Service(database, engine)
    yield running
    running.close()


def on(running: Service) -> type[Machine]:
    """Return the machine whose mailboxes are on a service."""

    class Bound(Machine):
        service = running

    return Bound


@pytest.mark.inferred(*GUARANTEES)
def test_replicas_converge(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=SHORT)


@pytest.mark.crash
@pytest.mark.inferred(*GUARANTEES)
def test_replicas_converge_at_length(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=LONG)
