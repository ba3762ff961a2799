"""Seed files: reading one, and loading it into a store.

Owns the file format as a whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationError

from afterlook.errors import BodyNotReadable
from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO, Identity
from afterlook.odata.body import read_object
from afterlook.runtime.problems import reason_of
from afterlook.seeds import folders, mytasks, sites
from afterlook.seeds.folders import SeedGroup
from afterlook.seeds.mytasks import SeedTask
from afterlook.seeds.parts import InvalidEntryError, Part, entry
from afterlook.seeds.sites import SeedSite
from afterlook.store import mailboxes
from afterlook.store.sessions import Transaction
from afterlook.store.store import DuplicateError, Store

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

EMPTY = "empty"
"""The seed that holds nothing."""

_INSTALLED = Path(__file__).parents[1] / "_seed"
_CHECKED_OUT = Path(__file__).parents[3] / "seed"


class InvalidSeedError(Exception):
    """A seed cannot be loaded; the text says which and why."""


class SeedMailbox(Part):
    """A mailbox; without a `Upn` it is the one that calls without a token open."""

    upn: Annotated[str, StringConstraints(pattern=r"^\S{1,320}$")] = DEMO.upn
    owner: Annotated[str, StringConstraints(min_length=1, max_length=320)] = DEMO.owner
    oid: UUID | None = None
    tid: UUID = UUID(identities.HOME_TENANT)
    task_groups: list[SeedGroup] = []
    sites: list[SeedSite] = []
    my_tasks: list[SeedTask] = []

    @property
    def identity(self) -> Identity:
        """Whose mailbox it is."""
        oid = None if self.oid is None else str(self.oid)
        return Identity(self.upn, self.owner, oid, str(self.tid))


class Seed(Part):
    """A whole seed file; `origin` is what it was asked for by."""

    mailboxes: list[SeedMailbox] = []
    origin: Annotated[str, Field(init=False, exclude=True)] = EMPTY


def read(name: str) -> Seed:
    """Read a seed by name or from a JSON file. Raises `InvalidSeedError`."""
    if name == EMPTY:
        return Seed()
    shipped = (folder / f"{name}.json" for folder in (_INSTALLED, _CHECKED_OUT))
    file = next((path for path in (Path(name), *shipped) if path.is_file()), None)
    if file is None:
        raise InvalidSeedError(f"there is no seed '{name}', neither shipped nor a file")
    try:
        seed = Seed.model_validate(_object(file))
        seed.origin = name
        _check(seed)
    except ValidationError as error:
        problems = "; ".join(map(_as_text, error.errors()))
        raise InvalidSeedError(f"seed '{name}': {problems}") from error
    except OSError as error:
        reason = f"the file could not be read: {error.strerror or error}"
        raise InvalidSeedError(f"seed '{name}': {reason}") from error
    except InvalidEntryError as error:
        raise InvalidSeedError(f"seed '{name}': {error}") from error
    return seed


def load(store: Store, seed: Seed) -> bool:
    """Load a seed, whole or not at all, into a store without mailboxes; return whether it did.

    Raises `InvalidSeedError` for what a client could not have made either.
    """
    loaded = False
    try:
        with store.new_mailbox_session() as transaction:
            if not mailboxes.exist(transaction):
                for index, mailbox in enumerate(seed.mailboxes):
                    with entry("Mailboxes", index):
                        _load_mailbox(transaction, mailbox)
                loaded = True
    except DuplicateError as error:
        with store.read_session() as session:
            if mailboxes.exist(session):
                # Another server was seeding the same store, and was first.
                return False
        raise InvalidSeedError(f"seed '{seed.origin}' names one mailbox twice") from error
    except InvalidEntryError as error:
        raise InvalidSeedError(f"seed '{seed.origin}': {error}") from error
    return loaded


def _check(seed: Seed) -> None:
    known: dict[tuple[str, str], int] = {}
    for index, mailbox in enumerate(seed.mailboxes):
        with entry("Mailboxes", index):
            folders.check(mailbox.task_groups)
        other = known.setdefault(identities.key_of(mailbox.identity), index)
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
        return read_object(raw)
    except UnicodeDecodeError as error:
        raise InvalidEntryError("the file could not be read", "it is not UTF-8") from error
    except BodyNotReadable as error:
        raise InvalidEntryError("the file could not be read", error.reason) from error


def _as_text(problem: ErrorDetails) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
    path, name = "".join(steps).removeprefix("."), (problem["loc"] or ("",))[-1]
    match problem["type"]:
        case "extra_forbidden":
            reason = f"{name} is no member here"
        case "missing":
            reason = f"{name} is required"
        case "string_pattern_mismatch":
            reason = "it must be 1 to 320 characters without spaces"
        case _:
            reason = reason_of(problem)
    return f"{path}: {reason}"


def _load_mailbox(transaction: Transaction, seed: SeedMailbox) -> None:
    identities.create_mailbox(transaction, seed.identity)
    mailbox = identities.find(transaction, seed.identity)
    assert mailbox is not None  # noqa: S101
    folders.load(transaction, mailbox, seed.task_groups)
    sites.load(transaction, mailbox, seed.sites)
    mytasks.load(transaction, mailbox, seed.my_tasks)
