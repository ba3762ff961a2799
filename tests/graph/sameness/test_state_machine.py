"""Whatever is written by any face, all faces and all copies show the same in the end."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.graph.sameness.machine import Faces
from tests.support.wire import Engine
from tests.sync.service import Service

SHORT = settings(
    max_examples=settings.default.max_examples // 8 if settings.default else 6,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=200, stateful_step_count=60, derandomize=False, print_blob=True)
ENGINES = ("sqlite", "postgresql")
GUARANTEES = ("graph.same-at-rest", "graph.delta-converges", "graph.delta-survives")


@pytest.fixture
def service(database: str, engine: Engine) -> Iterator[Service]:
    """Return the application on a new store."""
    running = Service(database, engine)
    yield running
    running.close()


def on(running: Service) -> type[Faces]:
    """Return the machine whose mailboxes are on a service; each engine has examples of its own."""

    class Bound(Faces):
        service = running

    return seed(ENGINES.index(running.wire.engine))(Bound)


@pytest.mark.inferred(*GUARANTEES)
def test_faces_agree(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=SHORT)


@pytest.mark.crash
@pytest.mark.inferred(*GUARANTEES)
def test_faces_agree_at_length(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=LONG)
