"""Mailboxes as a file: writing one, and reading it."""

from __future__ import annotations

from asyncio import to_thread
from functools import partial

import orjson

from afterlook.control.archive import (
    documents,
    imports,
    todo_loader,
    todo_reader,
    todo_writer,
)
from afterlook.control.archive.todo_reader import NotUnderstoodError
from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, InvalidParameter
from afterlook.control.handlers.mailboxes import find_mailbox
from afterlook.control.operation import Operation, Result
from afterlook.control.operations import state
from afterlook.control.operations.state import Exported, GivenDocument
from afterlook.control.replacement import replace
from afterlook.control.tokens import identity_of
from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO, Identity
from afterlook.mailbox.slugs import find_by_name, slug_of
from afterlook.seeds.parts import InvalidEntryError
from afterlook.store import contents, mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction


async def export(emulator: Emulator, parameters: Exported) -> Result:
    """Write all mailboxes, or one. Raises `ThingNotFound`, `Conflict` where they are too much."""
    if parameters.format == "graph":
        return await _export_todo(emulator, parameters.mailbox)
    mailbox = None
    if parameters.mailbox is not None:
        mailbox = await find_mailbox(emulator, parameters.mailbox)

    def work(transaction: Transaction) -> Result:
        numbers = contents.lock(transaction, mailbox)
        # In base64 they take a third more.
        size = sum(contents.get_size(transaction, number) for number in numbers) * 4 // 3
        _expect_fitting(emulator, size)
        document = documents.write(transaction, numbers)
        _expect_fitting(emulator, len(orjson.dumps(document)))
        return document

    return await emulator.store.maintain(work)


async def _export_todo(emulator: Emulator, name: str | None) -> Result:
    """Write the lists of one mailbox, since no list says whose it is."""
    if name is None:
        chosen = await emulator.store.read_by_key(partial(mailboxes.list_newest, most=2))
        if len(chosen) != 1:
            message = "mailbox: say which, since Graph's lists are of one user"
            raise InvalidParameter(message)
        mailbox = chosen[0]
    else:
        mailbox = await find_mailbox(emulator, name)

    def work(transaction: Transaction) -> Result:
        contents.lock(transaction, mailbox)
        expect_fitting = partial(_expect_fitting, emulator)
        expect_fitting(contents.get_size(transaction, mailbox.id) * 4 // 3)
        return todo_writer.write(transaction.bind(mailbox), expect_fitting)

    return await emulator.store.maintain(work)


def _expect_fitting(emulator: Emulator, size: int) -> None:
    if size > emulator.max_body:
        message = (
            f"the file would have {size} bytes, where {emulator.max_body} can be imported: "
            "export one mailbox at a time, or start with a larger AFTERLOOK_MAX_BODY"
        )
        raise Conflict(message)


async def import_(emulator: Emulator, parameters: GivenDocument) -> Result:
    """Put mailboxes in. Raises `InvalidParameter`, `Conflict` where one is there."""
    if todo_reader.is_todo(parameters.document):
        return await _import_todo(emulator, parameters)
    if parameters.mailbox is not None:
        message = "mailbox: the file says itself whose mailboxes it has"
        raise InvalidParameter(message)
    try:
        read = await to_thread(documents.read, parameters.document)
    except InvalidEntryError as error:
        message = f"document: {error}"
        raise InvalidParameter(message) from error
    put = partial(imports.put, read=read, may_replace=parameters.replace)
    loaded = await replace(emulator, put)
    return {"mailboxes": list(map(slug_of, loaded)), "lists": None, "tasks": None, "notes": []}


async def _import_todo(emulator: Emulator, parameters: GivenDocument) -> Result:
    """Add Graph's lists to a mailbox, or put them in the place of all that it has."""
    try:
        lists, notes = await to_thread(todo_reader.read, parameters.document)
    except NotUnderstoodError as error:
        message = f"document: not all of it is understood, and nothing was loaded\n{error}"
        raise InvalidParameter(message) from error
    name = parameters.mailbox
    wanted = DEMO if name is None else identity_of(name)

    def work(transaction: Transaction) -> MailboxRow:
        mailbox = find_by_name(transaction, name or DEMO.upn)
        if mailbox is None:
            mailbox = identities.create_mailbox(transaction, wanted)
        elif parameters.replace:
            identity = Identity(mailbox.upn, mailbox.owner, mailbox.oid, mailbox.tid)
            contents.remove(transaction, [mailbox.id])
            mailbox = identities.create_mailbox(transaction, identity, mailbox.id)
        todo_loader.load(transaction, mailbox, lists)
        return mailbox

    try:
        if parameters.replace:
            mailbox = await replace(emulator, work)
        else:
            mailbox = await emulator.store.maintain(work)
    except InvalidEntryError as error:
        message = f"document: {error}"
        raise Conflict(message) from error
    count = sum(len(each.tasks) for each in lists)
    loaded = {"mailboxes": [slug_of(mailbox)], "lists": len(lists), "tasks": count}
    return {**loaded, "notes": notes}


HANDLERS: dict[Operation, Handler] = {state.EXPORT: export, state.IMPORT: import_}
