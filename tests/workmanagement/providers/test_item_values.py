"""What a task in a provider list cannot hold."""

from typing import Any

import pytest

from afterlook.workmanagement.providers.lists import ProviderWriteRejected
from tests.support.provider_lists import ProviderFixture

WRONG: list[dict[str, Any]] = [
    {"title": ""},
    {"title": "x" * 256},
    {"body": "x" * 64_000},
    {"start": -1},
    {"due": 10**19},
    {"percent": 1.1},
    {"percent": float("nan")},
    {"status": "Done"},
    {"priority": "High"},
    {"assigned": [0]},
    {"assigned": [2**31]},
    {"assigned": [2] * 101},
    {"predecessors": [-1]},
    {"parent": 2**31},
    {"parent": -1},
]


@pytest.mark.once
@pytest.mark.parametrize("given", WRONG)
def test_wrong_values(providers: ProviderFixture, given: dict[str, Any]) -> None:
    number = providers.make()
    providers.put(number, "Task")
    with pytest.raises(ProviderWriteRejected):
        providers.change(number, 1, **given)
    with pytest.raises(ProviderWriteRejected):
        providers.put(number, **({"title": "Other"} | given))
    assert providers.get(number).items == 1
