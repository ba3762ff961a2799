"""How far a task in a provider list is: share of completion, status and check mark, in step."""

from __future__ import annotations

from afterlook.store.workmanagement.rows import ProviderItemRow

STATUSES = ("Not Started", "In Progress", "Completed", "Deferred", "Waiting on someone else")
PRIORITIES = ("(1) High", "(2) Normal", "(3) Low")

_NOT_STARTED, _IN_PROGRESS, _COMPLETED = STATUSES[:3]
_ALL = 1.0


def is_complete(item: ProviderItemRow) -> bool:
    """Tell whether nothing is left to do."""
    return item.percent >= _ALL


def derive_progress(
    item: ProviderItemRow, *, checkmark: bool | None, percent: float | None, status: str | None
) -> tuple[float, str]:
    """Return share and status as they are after a write.

    Where several are written that contradict one another, the check mark counts before the share,
    and the share before the status.
    """
    share = _derive_share(item, checkmark=checkmark, percent=percent, status=status)
    return share, _derive_status(share, status or item.status)


def _derive_share(
    item: ProviderItemRow, *, checkmark: bool | None, percent: float | None, status: str | None
) -> float:
    reopened = 0.0 if is_complete(item) else item.percent
    if checkmark is not None:
        return _ALL if checkmark else reopened
    if percent is not None:
        return float(percent)
    match status:
        case None:
            return item.percent
        case "Completed":
            return _ALL
        case "Not Started":
            return 0.0
    return reopened


def _derive_status(share: float, wanted: str) -> str:
    if share >= _ALL:
        return _COMPLETED
    if wanted == _COMPLETED or (wanted == _NOT_STARTED and share > 0):
        return _IN_PROGRESS if share > 0 else _NOT_STARTED
    return wanted
