"""Batches: several requests in the body of one (OData Protocol 4.0 §11.7, JSON Format 4.01 §19).

Owns what a batch consists of, what makes one malformed as a whole, and how its requests name each
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from afterlook.errors import BodyNotReadable, InvalidRequest
from afterlook.odata.mime import Headers

MAX_OPERATIONS = 20

MAX_NAME = 1024
"""Characters of a request's id and method: both are told again in answers."""

_SYSTEM_RESOURCES = frozenset({"all", "batch", "crossjoin", "entity", "id", "metadata", "root"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One request of a batch. `id` is the client's own name for it, or None where it gave none."""

    id: str | None
    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""
    depends_on: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Everything that must have gone well before this: the URL's reference among it."""
        name = reference(self.url)
        return self.depends_on if name is None else (*self.depends_on, name)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is carried out together: one request, or those of an atomic group.

    `group` is the group's name, `""` for a change set that has none, and None for one request.
    """

    operations: tuple[Operation, ...]
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request, header names as they are to be written."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    processed: bool = True

    @property
    def failed(self) -> bool:
        """Tell whether what depends on this must not be carried out."""
        return not 200 <= self.status < 300  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit and the answers to its requests; `failure` is why nothing of a group was kept."""

    unit: Unit
    answers: tuple[Answer, ...]
    failure: Answer | None = field(default=None)

    def pairs(self) -> Iterator[tuple[Operation, Answer]]:
        """Return each request with its answer."""
        return zip(self.unit.operations, self.answers, strict=True)


def reference(url: str) -> str | None:
    """Return the request id that a URL begins with, as in `$1/Tasks`; None where it has none."""
    if not url.startswith("$"):
        return None
    name = url[1:].partition("?")[0].partition("/")[0]
    return None if not name or name.lower() in _SYSTEM_RESOURCES else name


MAX_ID = 1024
"""Characters of the id of a request, which goes out with its answer."""


def with_short_id(operation: Operation) -> Operation:
    """Return a request whose id can be sent back. Raises `BodyNotReadable`."""
    if operation.id is not None and len(operation.id) > MAX_ID:
        raise BodyNotReadable(reason=f"the id of a request is longer than {MAX_ID} characters")
    return operation


def expect_at_most(count: int, limit: int = MAX_OPERATIONS) -> None:
    """Refuse a batch of more requests than the service took. Raises `InvalidRequest`."""
    if count > limit:
        reason = f"The maximum number of operations in a batch request is {limit}."
        raise InvalidRequest(reason=reason)


def check_units(units: Sequence[Unit]) -> Sequence[Unit]:
    """Return the units of a batch that hangs together.

    Raises `InvalidRequest` for too many requests, `BodyNotReadable` for a name given twice and
    for a dependency on anything but an earlier request or a finished group: so there are no
    circles either.
    """
    expect_at_most(sum(len(unit.operations) for unit in units))
    names: set[str] = set()
    for unit in units:
        for operation in unit.operations:
            if len(operation.id or "") > MAX_NAME or len(operation.method) > MAX_NAME:
                raise BodyNotReadable(reason=f"an id or a method is longer than {MAX_NAME}")
            for needed in operation.depends_on:
                if needed not in names:
                    reason = f"a request depends on '{needed}', which is none before it"
                    raise BodyNotReadable(reason=reason)
            _add(operation.id, names)
        # Not before its end: nothing can wait for the group that it is in.
        _add(unit.group or None, names)
    return units


def _add(name: str | None, names: set[str]) -> None:
    if name in names:
        raise BodyNotReadable(reason=f"more than one request or group has the id '{name}'")
    if name is not None:
        names.add(name)
