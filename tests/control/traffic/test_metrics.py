"""Metrics: what is counted, under names of which there are few."""

from collections.abc import Iterable

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.support.control import perform
from tests.support.wire import Mailbox, Wire


def families(site: Wire) -> dict[str, Metric]:
    """Read what is counted, as a scraper does."""
    response = site.client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    return {family.name: family for family in text_string_to_metric_families(response.text)}


def value(family: Metric, suffix: str = "", **labels: str) -> float:
    """Return a sample by its labels; 0 where there is none."""
    return sum(
        sample.value
        for sample in family.samples
        if sample.name.endswith(suffix) and labels.items() <= sample.labels.items()
    )


TASKS = "/api/{version}/{user}/tasks"


def test_counts_requests_by_route_method_and_status(me: Mailbox) -> None:
    before = families(me.wire)["afterlook_http_requests"]
    me.get("tasks")
    me.get("TASKS/")
    me.get("tasks?$top=x")
    now = families(me.wire)
    after = now["afterlook_http_requests"]
    for status, more in (("200", 2), ("400", 1)):
        labels = {"route": TASKS, "method": "GET", "status": status}
        assert value(after, "_total", **labels) - value(before, "_total", **labels) == more
    durations = now["afterlook_http_request_duration_seconds"]
    count = value(durations, "_count", route=TASKS, method="GET")
    assert value(durations, "_bucket", route=TASKS, method="GET", le="+Inf") == count
    assert count == value(after, "_total", route=TASKS, method="GET")
    assert value(now["afterlook_http_requests_in_flight"]) == 0
    assert value(now["afterlook_mailboxes"]) >= 1
    assert {sample.labels["work"] for sample in now["afterlook_store_waiting"].samples} == {
        "write",
        "scan",
    }
    assert value(now["process_resident_memory_bytes"]) > 0


def test_counts_faults(me: Mailbox) -> None:
    before = families(me.wire)["afterlook_faults_fired"]
    perform(me.wire, "fault add", status=503, delay="1ms", times=2)
    for _ in range(3):
        me.get("tasks")
    now = families(me.wire)
    for kind in ("status", "delay"):
        fired = now["afterlook_faults_fired"]
        assert value(fired, "_total", kind=kind) - value(before, "_total", kind=kind) == 2
    assert value(now["afterlook_faults_set"]) == 1


def _labels(found: Iterable[Metric]) -> set[str]:
    return {label for family in found for each in family.samples for label in each.labels.values()}


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/nowhere/{}",
            "/api/beta/me/tasks('{}')",
            "/api/{}/me/tasks",
            "/sites/{}/_api/web/lists",
        ),
        *("/personal/{}/AllItems.aspx", "/sites/{}/_vti_bin/client.svc/ProcessQuery"),
        "/api/beta/{}",
    ],
)
def test_no_label_is_a_clients(me: Mailbox, address: str) -> None:
    for number in range(2):
        me.get(address.format(f"made-up-{number}"))
        me.send(f"MADEUP{number}", address.format(f"made-up-{number}"))
    assert not any("made" in label.lower() for label in _labels(families(me.wire).values()))
