"""Share of completion, status and check mark, in step."""

from typing import Any

import pytest

from tests.support.provider_lists import ProviderFixture

PROGRESS: list[tuple[dict[str, Any], dict[str, Any], float, str]] = [
    ({}, {}, 0.0, "Not Started"),
    ({}, {"checkmark": True}, 1.0, "Completed"),
    ({}, {"percent": 0.5}, 0.5, "In Progress"),
    ({}, {"percent": 1}, 1.0, "Completed"),
    ({}, {"status": "Completed"}, 1.0, "Completed"),
    ({}, {"status": "Deferred"}, 0.0, "Deferred"),
    ({}, {"status": "Not Started", "percent": 0.1}, 0.1, "In Progress"),
    ({}, {"status": "Completed", "percent": 0.1}, 0.1, "In Progress"),
    ({}, {"checkmark": False, "percent": 1.0}, 0.0, "Not Started"),
    ({"percent": 0.5}, {"status": "Waiting on someone else"}, 0.5, "Waiting on someone else"),
    ({"percent": 0.5}, {"status": "Not Started"}, 0.0, "Not Started"),
    ({"percent": 0.5}, {"checkmark": False}, 0.5, "In Progress"),
    ({"checkmark": True}, {"checkmark": False}, 0.0, "Not Started"),
    ({"checkmark": True}, {"status": "In Progress"}, 0.0, "In Progress"),
    ({"checkmark": True}, {"title": "Other"}, 1.0, "Completed"),
]


@pytest.mark.parametrize(("before", "given", "percent", "status"), PROGRESS)
def test_progress(
    providers: ProviderFixture,
    before: dict[str, Any],
    given: dict[str, Any],
    percent: float,
    status: str,
) -> None:
    number = providers.make()
    providers.put(number, "Task", **before)
    changed = providers.change(number, 1, **given)

    assert (changed.percent, changed.status, changed.version) == (percent, status, 2)
