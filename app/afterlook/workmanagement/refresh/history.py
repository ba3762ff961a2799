"""The refreshes that a mailbox has had, and how the latest of them went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import refreshes
from afterlook.store.workmanagement.rows import WorkRefreshRow
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.refresh.report import RefreshState, decode_statuses, last_successes


class ProviderError(NamedTuple):
    """A provider that could not be read; `succeeded` is when it last could."""

    provider: Provider
    succeeded: Instant | None
    correlation: str


class Health(NamedTuple):
    """How the latest finished refresh went; `at` is None where there was none."""

    at: Instant | None
    succeeded: bool
    new_tasks: int
    errors: Sequence[ProviderError] = ()


def get_refresh(session: ReadSession, key: int) -> WorkRefreshRow | None:
    """Return a refresh."""
    return refreshes.get(session, key)


def has_error(refresh: WorkRefreshRow) -> bool:
    """Tell whether a refresh, or a provider's part in one, has failed."""
    if refresh.state == RefreshState.FAILED:
        return True
    return any(status.failed for status in decode_statuses(refresh.providers))


def list_refreshes(session: ReadSession, since: Instant) -> list[WorkRefreshRow]:
    """List the refreshes that began at an instant or later, the latest first."""
    return refreshes.list_since(session, since)


def get_health(session: ReadSession) -> Health:
    """Return how the latest finished refresh went. Where there was none, none succeeded."""
    latest = refreshes.get_latest_finished(session)
    if latest is None:
        return Health(at=None, succeeded=False, new_tasks=0)
    errors = _errors(session, latest)
    return Health(
        at=latest.finished,
        succeeded=latest.state != RefreshState.FAILED and not errors,
        new_tasks=latest.new_tasks,
        errors=errors,
    )


def _errors(session: ReadSession, latest: WorkRefreshRow) -> list[ProviderError]:
    failed = {status.provider for status in decode_statuses(latest.providers) if status.failed}
    if not failed:
        return []
    kept = refreshes.list_since(session, Instant(0))
    succeeded = last_successes(decode_statuses(row.providers) for row in kept)
    return [
        ProviderError(Provider(provider), succeeded.get(provider), latest.correlation)
        for provider in sorted(failed)
    ]
