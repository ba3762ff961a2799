"""Counts of what passed, in the text format of Prometheus.

Owns the names, and that labels are few: a route by its template, never a path. Counting costs a
dictionary's look-up; families are made of the counts when somebody asks for them.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from prometheus_client.core import (
    CollectorRegistry,
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.routing import Route

from afterlook import __version__
from afterlook.control.traffic.routes import UNKNOWN
from afterlook.store import mailboxes

if TYPE_CHECKING:
    from prometheus_client import Metric
    from starlette.requests import Request

    from afterlook.control.traffic.exchanges import Exchange
    from afterlook.control.traffic.faults.faults import Faults
    from afterlook.store.store import Store

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = len(BUCKETS) + 1


class Metrics:
    """The counts of one process."""

    def __init__(self, store: Store, faults: Faults) -> None:
        self.in_flight = 0
        self._store = store
        self._faults = faults
        # Of each route, method and status: a count for each bucket, one for what takes longer, and
        # all seconds.
        self._taken: dict[tuple[str | None, str, int | None], list[float]] = {}
        self.mailboxes = 0
        self.registry = CollectorRegistry(auto_describe=False)
        self.registry.register(_Counts(self))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.route = Route("/metrics", self._answer, methods=["GET"], include_in_schema=False)

    def count(self, exchange: Exchange, seconds: float) -> None:
        """Count a request that is over."""
        key = (exchange.operation, exchange.method, exchange.status)
        taken = self._taken.get(key)
        if taken is None:
            method = exchange.method if exchange.method in _METHODS else "other"
            key = (exchange.operation, method, exchange.status)
            taken = self._taken.setdefault(key, [0.0] * (_SECONDS + 1))
        taken[bisect_left(BUCKETS, seconds)] += 1
        taken[_SECONDS] += seconds

    async def _answer(self, _: Request) -> Response:
        self.mailboxes = await self._store.read_by_key(mailboxes.count)
        text = generate_latest(self.registry)
        return Response(
            text, headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST}
        )

    def families(self) -> Iterator[Metric]:
        """Yield everything that is counted here."""
        yield self._info()
        requests = CounterMetricFamily(
            "afterlook_http_requests",
            "Requests that were answered; status 0: the connection ended without an answer.",
            labels=["route", "method", "status"],
        )
        durations = HistogramMetricFamily(
            "afterlook_http_request_duration_seconds",
            "How long requests took.",
            labels=["route", "method"],
        )
        together: dict[tuple[str, str], list[float]] = {}
        for (route, method, status), taken in tuple(self._taken.items()):
            key = (route or UNKNOWN, method)
            requests.add_metric([*key, str(status or 0)], sum(taken[:_SECONDS]))
            sums = together.setdefault(key, [0.0] * len(taken))
            together[key] = [a + b for a, b in zip(sums, taken, strict=True)]
        for key, taken in together.items():
            durations.add_metric(list(key), _cumulated(taken), taken[_SECONDS])
        yield requests
        yield durations
        yield _gauge("afterlook_http_requests_in_flight", "Requests under way.", self.in_flight)
        yield _gauge("afterlook_mailboxes", "Mailboxes that there are.", self.mailboxes)
        waiting = GaugeMetricFamily(
            "afterlook_store_waiting", "Pieces of work that wait for a turn.", labels=["work"]
        )
        for work, count in self._store.count_waiting().items():
            waiting.add_metric([work], count)
        yield waiting
        yield _gauge("afterlook_faults_set", "Faults that are set.", len(self._faults))
        yield _by_kind(self._faults.total_fired)

    def _info(self) -> Metric:
        info = GaugeMetricFamily(
            "afterlook_info",
            "The version, and the process that answers.",
            labels=["version", "pid"],
        )
        info.add_metric([__version__, str(os.getpid())], 1)
        return info


class _Counts(Collector):
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        """Yield the families, as the registry wants it."""
        return self._metrics.families()


def _cumulated(taken: list[float]) -> list[tuple[str, float]]:
    total, buckets = 0.0, []
    for bound, count in zip((*map(str, BUCKETS), "+Inf"), taken[:_SECONDS], strict=True):
        total += count
        buckets.append((bound, total))
    return buckets


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value=value)


def _by_kind(fired: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily("afterlook_faults_fired", "Faults that fired.", labels=["kind"])
    for kind, count in tuple(fired.items()):
        family.add_metric([kind], count)
    return family
