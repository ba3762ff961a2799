"""Seeds: mailboxes written as the bodies that a client would POST.

Owns the file format and loading it. A seed goes through the same schemas and use cases as a
request does, so it can hold nothing that a client could not have made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_pascal

from afterlook.errors import BadRequest, ServiceError
from afterlook.mailbox import folders, groups, identities, tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP, DEMO, Identity
from afterlook.mailbox.timezones import UTC
from afterlook.odata.body import read_object
from afterlook.outlook import schemas
from afterlook.outlook.edm import TASK
from afterlook.outlook.schemas import Name, TaskBody
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction
from afterlook.store.store import DuplicateError, Store

EMPTY = "empty"
"""The seed that holds nothing."""

_INSTALLED = Path(__file__).parent.parent / "_seed"
_CHECKED_OUT = Path(__file__).parents[3] / "seed"


class InvalidSeedError(Exception):
    """A seed cannot be loaded; the text says which and why."""


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


class SeedFolder(_Part):
    """A task folder; the one named `Tasks` is the default folder."""

    name: Name
    tasks: list[dict[str, Any]] = []


class SeedGroup(_Part):
    """A task group; the one named `My Tasks` is the default group."""

    name: Name
    task_folders: list[SeedFolder] = []


class SeedMailbox(_Part):
    """A mailbox; without a `Upn` it is the one that calls without a token open."""

    upn: Annotated[str, StringConstraints(pattern=r"^\S{1,320}$")] = DEMO.upn
    owner: Annotated[str, StringConstraints(min_length=1, max_length=320)] = DEMO.owner
    oid: UUID | None = None
    tid: UUID = UUID(identities.HOME_TENANT)
    task_groups: list[SeedGroup] = []


class Seed(_Part):
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
        seed = Seed.model_validate(read_object(file.read_bytes()))
        seed.origin = name
        for mailbox in seed.mailboxes:
            for body in _bodies(mailbox):
                schemas.read(TaskBody, body, TASK).values()
    except (ValidationError, ServiceError, OSError) as error:
        raise InvalidSeedError(f"seed '{name}': {error}") from error
    return seed


def load(store: Store, seed: Seed) -> bool:
    """Load a seed, whole or not at all, into a store without mailboxes; return whether it did.

    Raises `InvalidSeedError` for what a client could not have made either.
    """
    loaded = False
    try:
        with store.founding() as transaction:
            if not mailboxes.exist(transaction):
                for mailbox in seed.mailboxes:
                    _load_mailbox(transaction, mailbox)
                loaded = True
    except DuplicateError as error:
        with store.reading() as session:
            if mailboxes.exist(session):
                # Another server was seeding the same store, and was first.
                return False
        raise InvalidSeedError(f"seed '{seed.origin}' names a mailbox twice") from error
    except BadRequest as error:
        raise InvalidSeedError(f"seed '{seed.origin}': {error.message}") from error
    return loaded


def _bodies(mailbox: SeedMailbox) -> list[dict[str, Any]]:
    return [
        body
        for group in mailbox.task_groups
        for folder in group.task_folders
        for body in folder.tasks
    ]


def _load_mailbox(transaction: Transaction, seed: SeedMailbox) -> None:
    oid = None if seed.oid is None else str(seed.oid)
    identity = Identity(seed.upn, seed.owner, oid, str(seed.tid))
    identities.found(transaction, identity)
    mailbox = identities.find(transaction, identity)
    assert mailbox is not None  # noqa: S101
    for group in seed.task_groups:
        number = DEFAULT_GROUP
        if group.name != "My Tasks":
            number = groups.create_group(transaction.on(mailbox.id), group.name).id
        for folder in group.task_folders:
            _load_folder(transaction, mailbox, folder, number)


def _load_folder(
    transaction: Transaction, mailbox: MailboxRow, seed: SeedFolder, group: int
) -> None:
    number = DEFAULT_FOLDER
    if seed.name != "Tasks":
        session = transaction.on(mailbox.id)
        number = folders.create_folder(session, mailbox, seed.name, group).id
    for body in seed.tasks:
        task = schemas.read(TaskBody, body, TASK)
        session = transaction.on(mailbox.id)
        tasks.create_task(session, mailbox, number, task.values(), UTC, task.properties())
