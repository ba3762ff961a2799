"""The language that exchanges of the journal are searched by.

Owns its words: `status:4xx method:POST path:/tasks mailbox:alice fault:yes wire:outlook since:5m
"text"`. Terms must all be met; one that begins with `-` must not be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from afterlook.control.traffic.paths import is_meant
from afterlook.runtime.durations import read_duration
from afterlook.runtime.instants import Instant, from_datetime

EXAMPLE = "'status:4xx method:POST path:/tasks mailbox:alice fault:yes since:5m \"text\"'"

_TERM = re.compile(r'\s*(-?)(?:([a-z]+):)?(?:"([^"]*)"|([^\s"]+))')
_STATUS = re.compile(r"([1-5])xx|([1-5][0-9]{2})|none", re.IGNORECASE)
_MAX_TERMS = 32


class Searched(Protocol):
    """What a query asks an exchange."""

    status: int | None
    method: str
    at: Instant
    mailbox: str | None
    """The UPN of whose mailbox it was, if anybody's."""

    @property
    def shown_path(self) -> str:
        """Its path, without what would let somebody upload."""

    @property
    def wire(self) -> str:
        """The wire that its address is of."""

    @property
    def fault_id(self) -> int | None:
        """The number of the fault that it met, if any."""

    @property
    def called(self) -> str | None:
        """What was called: the methods of CSOM, else the template of a route."""

    def holds(self, text: str) -> bool:
        """Tell whether a text is in its target, headers or bodies, in any case."""


Test = Callable[[Searched, Instant], bool]
"""Tells whether an exchange is meant, now."""


class Term(NamedTuple):
    """One word of a query."""

    test: Test
    is_met: bool


class Query:
    """A query that was read."""

    def __init__(self, terms: list[Term]) -> None:
        self._terms = terms

    def matches(self, exchange: Searched, now: Instant) -> bool:
        """Tell whether an exchange meets all terms."""
        return all(term.test(exchange, now) == term.is_met for term in self._terms)


def read_query(text: str) -> Query:
    """Read a query. Raises `ValueError`, whose text names the word."""
    terms: list[Term] = []
    position = 0
    while text[position:].strip():
        match = _TERM.match(text, position)
        if match is None or len(terms) >= _MAX_TERMS:
            reason = (
                f"cannot read the query from {text[position:].strip()[:40]!r} on; try {EXAMPLE}"
            )
            raise ValueError(reason)
        sign, name, quoted, bare = match.groups()
        value = bare if quoted is None else quoted
        terms.append(Term(_read_term(name, value), is_met=not sign))
        position = match.end()
    return Query(terms)


def expect_query(text: str) -> str:
    """Return what is a query. Raises `ValueError`."""
    read_query(text)
    return text


def _read_term(name: str | None, value: str) -> Test:
    if name is None:
        if value.removesuffix(":") in _READERS and value.endswith(":"):
            reason = f"{value} has nothing behind it"
            raise ValueError(reason)
        return lambda exchange, _: exchange.holds(value)
    if name not in _READERS:
        names = ", ".join(f"{each}:" for each in _READERS)
        reason = f"there is no {name}: in queries; there are {names} and text in quotes"
        raise ValueError(reason)
    return _READERS[name](value)


def _status(value: str) -> Test:
    if _STATUS.fullmatch(value) is None:
        reason = "status: takes 404, 4xx or none"
        raise ValueError(reason)
    if value.lower() == "none":
        return lambda exchange, _: exchange.status is None
    if value[1:].lower() == "xx":
        return lambda exchange, _: (exchange.status or 0) // 100 == int(value[0])
    return lambda exchange, _: exchange.status == int(value)


def _method(value: str) -> Test:
    return lambda exchange, _: exchange.method == value.upper()


def _path(value: str) -> Test:
    return lambda exchange, _: is_meant(value, exchange.shown_path)


def _mailbox(value: str) -> Test:
    return lambda exchange, _: is_mailbox(value, exchange.mailbox)


def is_mailbox(name: str, upn: str | None) -> bool:
    """Tell whether a name is a UPN, or what stands in it before the `@`."""
    known = (upn or "").lower()
    return name.lower() in (known, known.partition("@")[0]) if known else name.lower() == "none"


def _wire(value: str) -> Test:
    return lambda exchange, _: exchange.wire == value.lower()


def _operation(value: str) -> Test:
    return lambda exchange, _: value.lower() in (exchange.called or "").lower()


def _fault(value: str) -> Test:
    match value.lower():
        case "yes":
            return lambda exchange, _: exchange.fault_id is not None
        case "no":
            return lambda exchange, _: exchange.fault_id is None
        case number if number.isascii() and number.isdigit() and len(number) < 10:  # noqa: PLR2004
            return lambda exchange, _: exchange.fault_id == int(number)
    reason = "fault: takes yes, no, or the number of a fault"
    raise ValueError(reason)


def _since(value: str) -> Test:
    try:
        moment = datetime.fromisoformat(value.upper())
    except ValueError:
        try:
            ticks = read_duration(value)
        except ValueError as error:
            reason = f"since: takes a length of time such as 5m, or an instant; not {value[:40]!r}"
            raise ValueError(reason) from error
        return lambda exchange, now: exchange.at >= now - ticks
    if moment.tzinfo is None:
        reason = "since: takes an instant with an offset, such as 2016-04-22T05:44:01Z"
        raise ValueError(reason)
    return lambda exchange, _: exchange.at >= from_datetime(moment)


_READERS: Mapping[str, Callable[[str], Test]] = {
    "status": _status,
    "method": _method,
    "path": _path,
    "mailbox": _mailbox,
    "fault": _fault,
    "wire": _wire,
    "operation": _operation,
    "since": _since,
}
