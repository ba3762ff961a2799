"""Base for all parts of a seed file: how members are spelt, and errors that say where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal

from afterlook.errors import BodyNotReadable, ServiceError
from afterlook.runtime.problems import reason_of
from afterlook.workmanagement.providers.lists import TEMPLATES, ProviderWriteRejected
from afterlook.workmanagement.providers.progress import PRIORITIES, STATUSES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_VALUES: Mapping[str, Sequence[object]] = {
    "BaseTemplate": TEMPLATES,
    "ParentIDId": ("the number of an item before it",),
    "PredecessorsId": ("the numbers of items before it",),
    "Priority": PRIORITIES,
    "Status": STATUSES,
}
"""What members of lists and their items take."""


class Part(BaseModel):
    """A part of a seed: members are spelt as on the wire, and others are refused."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


class InvalidEntryError(Exception):
    """An entry of a seed is refused; `path` leads to it, as in `Mailboxes[0].Sites[1].Url`."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


def path_and_reason(problem: ErrorDetails) -> tuple[str, str]:
    """Return which member a problem is about, and why it is refused."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
    path, name = "".join(steps).removeprefix("."), (problem["loc"] or ("",))[-1]
    match problem["type"]:
        case "extra_forbidden":
            return path, f"{name} is no member here"
        case "missing":
            return path, f"{name} is required"
    return path, reason_of(problem)


@contextmanager
def entry(member: str, index: int | None = None) -> Iterator[None]:
    """Name an entry in what is refused within it. Raises `InvalidEntryError`."""
    step = member if index is None else f"{member}[{index}]"
    try:
        yield
    except InvalidEntryError as error:
        path = f"{step}.{error.path}" if error.path else step
        raise InvalidEntryError(path, error.reason) from error
    except (ServiceError, ProviderWriteRejected) as error:
        raise InvalidEntryError(step, _reason(error)) from error


def _reason(error: ServiceError | ProviderWriteRejected) -> str:
    """Return what to say of a refusal: of a value that is one of a few, which those are."""
    if isinstance(error, ProviderWriteRejected) and error.what in _VALUES:
        return f"{error.what} takes {', '.join(map(str, _VALUES[error.what]))}"
    # It may have been no request.
    return error.reason if isinstance(error, BodyNotReadable) else str(error)


@contextmanager
def body(
    given: Mapping[str, object], read: Callable[[dict[str, object]], object]
) -> Iterator[None]:
    """Name the member of a body that is refused by itself, if one is.

    `read` reads a body as a request's is read. Raises `InvalidEntryError`, and whatever else.
    """
    try:
        yield
    except (ServiceError, ProviderWriteRejected) as error:
        for name, value in given.items():
            try:
                read({name: value})
            except (ServiceError, ProviderWriteRejected) as alone:
                if str(alone) == str(error):
                    raise InvalidEntryError(name, _reason(error)) from error
        raise
