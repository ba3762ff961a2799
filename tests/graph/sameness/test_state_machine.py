"""Whatever is written by any face, all faces and all copies show the same in the end."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.graph.sameness.machine import on
from tests.sync.service import Service

SHORT = settings(
    max_examples=settings.default.max_examples // 8 if settings.default else 6,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    # A failure is told as it is: to make it smaller takes longer than all other tests together.
    phases=(Phase.explicit, Phase.generate),
)
LONG = settings(
    SHORT,
    max_examples=200,
    stateful_step_count=60,
    derandomize=False,
    print_blob=True,
    phases=tuple(Phase),
)
GUARANTEES = ("graph.same-at-rest", "graph.delta-converges", "graph.delta-survives")


@pytest.mark.inferred(*GUARANTEES)
def test_faces_agree(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=SHORT)


@pytest.mark.crash
@pytest.mark.inferred(*GUARANTEES)
def test_faces_agree_at_length(service: Service) -> None:
    run_state_machine_as_test(on(service), settings=LONG)
