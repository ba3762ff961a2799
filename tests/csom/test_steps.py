"""The steps of one request, and of what it may do on the event loop."""

import pytest

from afterlook.csom.budget import Budget, TooLongForEventLoop
from afterlook.csom.errors import TooManyResources


@pytest.mark.parametrize(("budget", "steps"), [(Budget(), 1_000_000), (Budget(10), 10)])
def test_the_last_step(budget: Budget, steps: int) -> None:
    """All may be spent; the next is refused, and counted."""
    budget.charge(steps - 1)
    budget.charge(1)
    assert budget.cost == steps
    with pytest.raises(TooManyResources):
        budget.charge(1)
    assert budget.cost == steps + 1


def test_the_last_step_on_the_event_loop() -> None:
    """What goes on longer begins anew elsewhere, and has cost nothing until then."""
    budget = Budget()
    budget.charge(5)
    with budget.limit_for_event_loop():
        budget.charge(2_000)
    assert budget.cost == 2_005
    with pytest.raises(TooLongForEventLoop), budget.limit_for_event_loop():
        budget.charge(2_001)
    assert budget.cost == 2_005
    with pytest.raises(TooLongForEventLoop), budget.limit_for_event_loop():
        budget.charge(1_000_000 - 2_005)


def test_after_the_event_loop() -> None:
    """The share ends with the block, however it ends."""
    budget = Budget(5_000)
    with pytest.raises(TooLongForEventLoop), budget.limit_for_event_loop():
        budget.charge(2_001)
    budget.charge(5_000)
    assert budget.cost == 5_000

    budget = Budget(5_000)
    with budget.limit_for_event_loop():
        budget.charge(1)
    budget.charge(4_999)
    assert budget.cost == 5_000


def test_less_than_a_share_is_left() -> None:
    """Then the last step is the last: to begin anew would not help."""
    budget = Budget(10)
    with budget.limit_for_event_loop():
        budget.charge(10)
    with pytest.raises(TooManyResources), budget.limit_for_event_loop():
        budget.charge(1)
