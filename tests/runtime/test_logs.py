"""One line for each kind of failure and second, and one that says how many more there were."""

import logging
from threading import Event

import pytest

from afterlook.runtime.logs import RepeatFilter


def test_kinds(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("afterlook.test-repeats")
    repeats = RepeatFilter(seconds=0.2)
    log.addFilter(repeats)
    try:
        for number in range(1000):
            log.error("could not do %s", number)
            log.error("another kind")
        for _ in range(200):
            if len(caplog.records) >= 4:
                break
            Event().wait(0.05)
    finally:
        log.removeFilter(repeats)

    said = [record.getMessage() for record in caplog.records]
    assert said[:2] == ["could not do 0", "another kind"]
    assert sum("more of this kind" in line for line in said) >= 2
    counted = [int(line.partition("(")[2].split()[0]) for line in said if "(" in line]
    assert sum(counted) + len(said) - len(counted) == 2000
