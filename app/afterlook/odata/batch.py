"""Batches: several requests in the body of one (OData Protocol 4.0 §11.7, JSON Format 4.01 §19).

Owns what a batch consists of, what makes one malformed as a whole, and how its requests name each
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from afterlook.errors import BodyNotReadable, InvalidRequest
from afterlook.odata.mime import Headers

MAX_SUBREQUESTS = 20

MAX_NAME = 1024
"""Characters of a request's id and method: both are told again in responses."""

_SYSTEM_RESOURCES = frozenset({"all", "batch", "crossjoin", "entity", "id", "metadata", "root"})


@dataclass(frozen=True, slots=True)
class Subrequest:
    """One request of a batch ("individual request" in the specification).

    `id` is the client's own name for it, or None where it gave none.
    """

    id: str | None
    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""
    depends_on: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The names of all that must have gone well before this, the URL's reference among them."""
        name = read_reference(self.url)
        return self.depends_on if name is None else (*self.depends_on, name)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is carried out together: one request, or those of an atomic group.

    `group` is the group's name, `""` for a change set that has none, and None for one request.
    """

    subrequests: tuple[Subrequest, ...]
    group: str | None = None


FIRST_ERROR = 400
"""The least status of an error."""


@dataclass(frozen=True, slots=True)
class Subresponse:
    """The response to one request, header names as they are to be written."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    is_processed: bool = True

    @property
    def has_failed(self) -> bool:
        """Whether it is an error, so that what depends on it must not be carried out.

        A client that is told by a 304 that it has the state already was answered.
        """
        return self.status >= FIRST_ERROR


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit and the responses to its requests; `failure` is why nothing of a group was kept."""

    unit: Unit
    responses: tuple[Subresponse, ...]
    failure: Subresponse | None = field(default=None)

    def pairs(self) -> Iterator[tuple[Subrequest, Subresponse]]:
        """Return each request with its response."""
        return zip(self.unit.subrequests, self.responses, strict=True)


def read_reference(url: str) -> str | None:
    """Return the request id that a URL begins with, as in `$1/Tasks`; None where it has none."""
    if not url.startswith("$"):
        return None
    name = url[1:].partition("?")[0].partition("/")[0]
    return None if not name or name.lower() in _SYSTEM_RESOURCES else name


MAX_ID = 1024
"""Characters of the id of a request, which goes out with its response."""


def check_id(subrequest: Subrequest) -> Subrequest:
    """Return a request, if its id can be sent back. Raises `BodyNotReadable`."""
    if subrequest.id is not None and len(subrequest.id) > MAX_ID:
        raise BodyNotReadable(reason=f"the id of a request is longer than {MAX_ID} characters")
    return subrequest


def expect_at_most(count: int, limit: int = MAX_SUBREQUESTS) -> None:
    """Refuse a batch of more requests than the service took. Raises `InvalidRequest`."""
    if count > limit:
        reason = f"The maximum number of operations in a batch request is {limit}."
        raise InvalidRequest(reason=reason)


def check_units(units: Sequence[Unit]) -> Sequence[Unit]:
    """Return the units of a batch, if they fit together.

    Raises `InvalidRequest` for too many requests, `BodyNotReadable` for a name given twice and
    for a dependency on anything but an earlier request or a finished group: so there are no
    circles either.
    """
    expect_at_most(sum(len(unit.subrequests) for unit in units))
    names: set[str] = set()
    for unit in units:
        for subrequest in unit.subrequests:
            if len(subrequest.id or "") > MAX_NAME or len(subrequest.method) > MAX_NAME:
                raise BodyNotReadable(reason=f"an id or a method is longer than {MAX_NAME}")
            for needed in subrequest.depends_on:
                if needed not in names:
                    reason = f"a request depends on '{needed}', which is none before it"
                    raise BodyNotReadable(reason=reason)
            _add(subrequest.id, names)
        # Not before its end: nothing can wait for the group that it is in.
        _add(unit.group or None, names)
    return units


def _add(name: str | None, names: set[str]) -> None:
    if name in names:
        raise BodyNotReadable(reason=f"more than one request or group has the id '{name}'")
    if name is not None:
        names.add(name)
