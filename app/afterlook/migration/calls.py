"""What becomes of the calls that clients made.

Owns how they are put together by what they become, and what of their options and bodies is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from afterlook.migration import options, requests
from afterlook.migration.properties import LOST_MEMBERS
from afterlook.migration.requests import Request
from afterlook.migration.verdicts import Verdict

MAX_KINDS = 500
"""Kinds of calls that are told apart; there are only so many routes, and methods of CSOM."""

_OLD = "outlook"
_OTHERS: Mapping[str, str] = {"csom": "ProcessQuery", "rest": "_api"}
"""The wires of SharePoint, and what is called there where nothing says it better."""

_WITHOUT = Request(
    *("", "", "", Verdict.LOST, "I"),
    "Work Management has no successor: tasks of Exchange are in To Do's lists, those of SharePoint "
    "in the items of their lists (GET /sites/{site}/lists/{list}/items)",
)


class SeenCall(NamedTuple):
    """A call as it was seen; `called` is the template of its route, or the methods of CSOM."""

    wire: str
    method: str
    called: str
    path: str
    query: str = ""
    headers: str = ""
    body: bytes = b""


class Calls:
    """Calls by what they become."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], dict[str, Any]] = {}
        self.seen = self.new = self.unknown = 0

    def add(self, call: SeenCall) -> None:
        """Take one more call."""
        row, address = _find(call)
        if row is None:
            is_new = "/todo/" in f"{call.path.lower()}/"
            self.new += is_new
            self.unknown += not is_new and call.wire in (_OLD, *_OTHERS)
            return
        kind = self._kinds.get((call.method, address))
        if kind is None:
            if len(self._kinds) >= MAX_KINDS:
                self.unknown += 1
                return
            kind = self._kinds[call.method, address] = _describe(call.method, address, row)
        self.seen += 1
        kind["count"] += 1
        if call.wire not in _OTHERS:
            _take_note(kind["options"], options.find(call.query, call.headers))
            if call.method in ("POST", "PATCH"):
                _take_note(kind["members"], _lost_members(call.body))

    def describe(self) -> list[dict[str, Any]]:
        """Return each kind of call, those without an equivalent first, then the most frequent."""

        def rank(kind: dict[str, Any]) -> tuple[bool, int, str, str]:
            return (kind["verdict"] != "lost", -kind["count"], kind["path"], kind["method"])

        kinds = sorted(self._kinds.values(), key=rank)
        noted = ("options", "members")
        return [{**kind, **{name: list(kind[name].values()) for name in noted}} for kind in kinds]

    @property
    def is_lossless(self) -> bool:
        """Whether each call has an equivalent, and sends nothing that is lost."""
        return not any(
            kind["verdict"] == "lost" or kind["members"] for kind in self._kinds.values()
        )


def describe_one(call: SeenCall) -> dict[str, Any] | None:
    """Return what a call of the Outlook API becomes; None for a call of anything else.

    Without its method, its address and how often it came, which the caller knows.
    """
    if call.wire in _OTHERS:
        return None
    seen = Calls()
    seen.add(call)
    found = [_without(kind, "method", "path", "count") for kind in seen.describe()]
    for kind in found:
        for name in ("options", "members"):
            kind[name] = [_without(row, "count") for row in kind[name]]
    return found[0] if found else None


def _without(described: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in described.items() if name not in names}


def _find(call: SeenCall) -> tuple[Request | None, str]:
    if call.wire in _OTHERS:
        return _WITHOUT, call.called or _OTHERS[call.wire]
    row = requests.find(call.method, call.path)
    return row, row.path if row is not None else ""


def _describe(method: str, address: str, row: Request) -> dict[str, Any]:
    return {
        "method": method,
        "path": address,
        "count": 0,
        "to": row.to,
        "verdict": row.verdict.value,
        "note": row.note,
        "options": {},
        "members": {},
    }


def _take_note(noted: dict[str, Any], found: Iterable[Any]) -> None:
    for row in found:
        if row.verdict == Verdict.KEPT:
            continue
        known = noted.setdefault(
            row.name,
            {"name": row.name, "to": row.to, "verdict": row.verdict.value, "note": row.note}
            | {"count": 0},
        )
        known["count"] += 1


def _lost_members(body: bytes) -> list[Any]:
    """Return what a body says that has no place; a null says nothing."""
    try:
        given = orjson.loads(body) if body else None
    except ValueError:
        return []
    if not isinstance(given, dict):
        return []
    said = [name for name, value in given.items() if value not in (None, "", [])]
    return [LOST_MEMBERS[name.lower()] for name in said if name.lower() in LOST_MEMBERS]
