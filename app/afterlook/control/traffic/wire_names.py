"""Which wire an address is of, and in which words each refuses.

Owns the names of wires, and what is none of a client's business with a service: nothing is kept,
counted or disturbed of it.
"""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from string import Formatter
from typing import TYPE_CHECKING

from afterlook.control.operation import CONTROL_ROOT
from afterlook.csom import errors as csom
from afterlook.errors import (
    BadRequest,
    MailboxBusy,
    NotFound,
    ServiceError,
    StoreUnavailable,
    TookTooLong,
    Unauthorized,
)
from afterlook.http.addresses import GRAPH_VERSIONS

if TYPE_CHECKING:
    from afterlook.control.traffic.faults.plans import Plan

_UNSEEN = frozenset({"/", "/metrics", "/livez", "/readyz"})
_FILES = ("/_assets/", "/_page/")
"""Of pages: what they look like is nobody's test."""

_CODED = frozenset({"outlook", "graph"})
_PAGES = ("/mytasks", "/personal/", "/_layouts/")


def is_seen(path: str) -> bool:
    """Tell whether requests for a path, in normal form, are of clients."""
    if path.startswith("/api/"):
        return True
    if path in _UNSEEN or path.startswith(_FILES):
        return False
    below = path[len(CONTROL_ROOT) : len(CONTROL_ROOT) + 1]
    return path[: len(CONTROL_ROOT)].lower() != CONTROL_ROOT or below not in ("", "/")


def name_wire(path: str) -> str:
    """Return the wire of a path in normal form."""
    lower = path.lower()
    if lower.startswith("/api/") or lower == "/api":
        return "outlook"
    if "/_vti_bin/client.svc/processquery" in lower:
        return "csom"
    if "/_api/" in lower or lower.endswith("/_api") or "/_vti_bin/" in lower:
        return "rest"
    if "/_layouts/" in lower or lower.startswith(_PAGES):
        return "page"
    return "graph" if lower[1:].partition("/")[0] in GRAPH_VERSIONS else "other"


def refuse(wire: str, plan: Plan, headers: dict[str, str]) -> ServiceError:
    """Return what a wire refuses a call with that a fault refuses.

    A code that the fault names counts where answers have codes of this kind: Outlook, Graph.
    """
    assert plan.status is not None  # noqa: S101
    if not plan.code or wire not in _CODED:
        return refusal_of(wire, plan.status)(headers=headers)
    members = {"status": plan.status, "code": plan.code, "template": f"{_phrase(plan.status)}."}
    # It is for this answer, and no leaf of the tree: its module is not one of ours.
    made: type[ServiceError] = type("Refused", (ServiceError,), members | {"__module__": ""})
    return made(headers=headers)


@cache
def refusal_of(wire: str, status: int) -> type[ServiceError]:
    """Return the error that a wire refuses with by a status: a leaf of its tree, else one made."""
    of_sharepoint = wire in ("csom", "rest")
    roots = _OF_SHAREPOINT if of_sharepoint else _ELSEWHERE
    for root in roots:
        for leaf in _leaves(root, of_sharepoint=of_sharepoint):
            if leaf.status == status and not _facts(leaf.template):
                return _quiet(leaf)
    if of_sharepoint and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return type(f"Status{status}", (csom.UnknownError,), {"status": status})
    phrase = _phrase(status)
    code = f"Error{phrase.title().replace(' ', '').replace('-', '')}"
    members = {"status": status, "code": code, "template": f"{phrase}."}
    return type(f"Status{status}", (ServiceError,), members)


_OF_SHAREPOINT = (csom.ServerBusy, csom.ServerUnavailable, BadRequest, csom.QueryError)
_ELSEWHERE = (BadRequest, Unauthorized, NotFound, MailboxBusy, TookTooLong, ServiceError)


def _leaves(root: type[ServiceError], *, of_sharepoint: bool) -> list[type[ServiceError]]:
    found = [root] if hasattr(root, "status") and hasattr(root, "template") else []
    for child in root.__subclasses__():
        is_other = issubclass(child, csom.QueryError) and not of_sharepoint
        if not is_other and child.__module__.startswith("afterlook."):
            found += _leaves(child, of_sharepoint=of_sharepoint)
    return found


def _quiet(leaf: type[ServiceError]) -> type[ServiceError]:
    """Return an error like a leaf that is not logged as a failure of the store."""
    if not issubclass(leaf, StoreUnavailable):
        return leaf
    members = {"status": leaf.status, "code": leaf.code, "template": leaf.template}
    return type(leaf.__name__, (ServiceError,), members)


def _facts(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
