"""Seeds: reading one, and loading it into a store.

Owns the file format as a whole.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationError

from afterlook.auth.identity import identify
from afterlook.errors import BodyNotReadable
from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO, Identity
from afterlook.odata.body import read_object
from afterlook.seeds import folders, mytasks, sites
from afterlook.seeds.folders import SeedGroup
from afterlook.seeds.mytasks import SeedTask
from afterlook.seeds.parts import InvalidEntryError, Part, entry, path_and_reason
from afterlook.seeds.sites import SeedSite
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction
from afterlook.store.store import DuplicateError, Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

EMPTY = "empty"
"""The seed that holds nothing."""

GIVEN = "given"
"""What a seed is called that has no name."""

_INSTALLED = Path(__file__).parents[1] / "_seed"
_CHECKED_OUT = Path(__file__).parents[3] / "seed"


class InvalidSeedError(Exception):
    """A seed cannot be loaded; the text says which and why."""


class SeedMailbox(Part):
    """A mailbox: of a user's name, or of the bearer token that opens it.

    Without either it is the one that calls without a token open.
    """

    upn: Annotated[str, StringConstraints(pattern=r"^\S{1,320}$")] | None = None
    token: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,8192}$")] | None = None
    owner: Annotated[str, StringConstraints(min_length=1, max_length=320)] | None = None
    oid: UUID | None = None
    tid: UUID | None = None
    task_groups: list[SeedGroup] = []
    sites: list[SeedSite] = []
    my_tasks: list[SeedTask] = []

    @property
    def identity(self) -> Identity:
        """Whose mailbox it is. Raises `InvalidEntryError`."""
        if self.token is None:
            tid = identities.HOME_TENANT if self.tid is None else str(self.tid)
            oid = None if self.oid is None else str(self.oid)
            return Identity(self.upn or DEMO.upn, self.owner or DEMO.owner, oid, tid)
        if self.upn is not None or self.oid is not None or self.tid is not None:
            raise InvalidEntryError("Token", "it says whose mailbox it is: leave Upn, Oid, Tid out")
        opened = identify(f"Bearer {self.token}", "any")
        return Identity(opened.upn, self.owner or opened.owner, opened.oid, opened.tid)


class Seed(Part):
    """A whole seed file; `origin` is what it was asked for by."""

    mailboxes: list[SeedMailbox] = []
    origin: Annotated[str, Field(init=False, exclude=True)] = EMPTY


def read(name: str) -> Seed:
    """Read a seed by name or from a JSON file. Raises `InvalidSeedError`."""
    if Path(name).is_file():
        return _read_file(name, Path(name))
    return read_shipped(name)


def read_shipped(name: str) -> Seed:
    """Read a seed by name alone. Raises `InvalidSeedError`."""
    if name == EMPTY:
        return Seed()
    known = {file.stem: file for folder in _folders() for file in folder.glob("*.json")}
    if name not in known:
        names = ", ".join([EMPTY, *sorted(known)])
        raise InvalidSeedError(f"there is no seed '{name}', neither shipped ({names}) nor a file")
    return _read_file(name, known[name])


def read_given(given: dict[str, Any], name: str = GIVEN) -> Seed:
    """Read a seed that was read as JSON already. Raises `InvalidSeedError`."""
    return _read(name, lambda: given)


def load(store: Store, seed: Seed) -> bool:
    """Load a seed, whole or not at all, into a store without mailboxes; return whether it did.

    Raises `InvalidSeedError` for what a client could not have made either.
    """
    try:
        with store.new_mailbox_session() as transaction:
            if mailboxes.has_any(transaction):
                return False
            add(transaction, seed)
    except DuplicateError as error:
        with store.session() as session:
            if mailboxes.has_any(session):
                # Another server was seeding the same store, and was first.
                return False
        raise InvalidSeedError(f"seed '{seed.origin}' names one mailbox twice") from error
    return True


def add(transaction: Transaction, seed: Seed) -> list[MailboxRow]:
    """Add what a seed holds to what is there, making mailboxes that are not; return all of them.

    Raises `InvalidSeedError` for what a client could not have made either.
    """
    loaded = []
    for index, given in enumerate(seed.mailboxes):
        mailbox = identities.find(transaction, given.identity)
        mailbox = mailbox or identities.create_mailbox(transaction, given.identity)
        loaded.append(add_to(transaction, mailbox, seed, index))
    return loaded


def add_to(transaction: Transaction, mailbox: MailboxRow, seed: Seed, index: int = 0) -> MailboxRow:
    """Add what a seed holds for its mailbox of this number to a mailbox; return that.

    Raises `InvalidSeedError`.
    """
    try:
        with entry("Mailboxes", index):
            fill(transaction, mailbox, seed.mailboxes[index])
    except InvalidEntryError as error:
        raise InvalidSeedError(f"seed '{seed.origin}': {error}") from error
    return mailbox


def fill(transaction: Transaction, mailbox: MailboxRow, given: SeedMailbox) -> None:
    """Add what a seed has for a mailbox. Raises `InvalidEntryError`."""
    folders.load(transaction, mailbox, given.task_groups)
    sites.load(transaction, mailbox, given.sites)
    mytasks.load(transaction, mailbox, given.my_tasks)


def _folders() -> list[Path]:
    return [_CHECKED_OUT, _INSTALLED]


def _read_file(name: str, file: Path) -> Seed:
    return _read(name, partial(_object, file))


def _read(name: str, read_members: Callable[[], dict[str, Any]]) -> Seed:
    try:
        # What names the schema is for editors.
        members = {key: value for key, value in read_members().items() if key != "$schema"}
        seed = Seed.model_validate(members)
        seed.origin = name
        _check(seed)
    except ValidationError as error:
        problems = "; ".join(map(_as_text, error.errors()[:_MAX_PROBLEMS]))
        raise InvalidSeedError(f"seed '{name}': {problems}") from error
    except OSError as error:
        reason = f"the file could not be read: {error.strerror or error}"
        raise InvalidSeedError(f"seed '{name}': {reason}") from error
    except InvalidEntryError as error:
        raise InvalidSeedError(f"seed '{name}': {error}") from error
    return seed


_MAX_PROBLEMS = 10


def _check(seed: Seed) -> None:
    known: dict[tuple[str, str], int] = {}
    for index, mailbox in enumerate(seed.mailboxes):
        with entry("Mailboxes", index):
            identity = mailbox.identity
            folders.check(mailbox.task_groups)
        other = known.setdefault(identities.key_of(identity), index)
        if other != index:
            reason = f"is the same user's as Mailboxes[{other}]"
            raise InvalidEntryError(f"Mailboxes[{index}]", reason)


def _object(file: Path) -> dict[str, object]:
    """Return what a file holds. Raises `InvalidEntryError`."""
    raw = file.read_bytes()
    try:
        # No JSON holds a NUL as it is, but UTF-16 does, with a mark of its order or without.
        if "\0" in raw.decode("utf-8"):
            raise InvalidEntryError("the file could not be read", "it is not UTF-8")
        return read_object(raw, _MAX_VALUES)
    except UnicodeDecodeError as error:
        raise InvalidEntryError("the file could not be read", "it is not UTF-8") from error
    except BodyNotReadable as error:
        raise InvalidEntryError("the file could not be read", error.reason) from error


_MAX_VALUES = 2_000_000
_PATTERNS = {
    "Upn": "it must be 1 to 320 characters without spaces",
    "Token": "it must be 1 to 8192 characters of ASCII without spaces",
}


def _as_text(problem: ErrorDetails) -> str:
    path, reason = path_and_reason(problem)
    name = (problem["loc"] or ("",))[-1]
    if problem["type"] == "string_pattern_mismatch" and name in _PATTERNS:
        reason = _PATTERNS[str(name)]
    return f"{path}: {reason}" if path else reason
