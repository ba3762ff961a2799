"""Mailboxes as a file: writing one, and reading it."""

from __future__ import annotations

from asyncio import to_thread
from functools import partial

import orjson

from afterlook.control.archive import documents, imports
from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, InvalidParameter
from afterlook.control.handlers.mailboxes import find_mailbox
from afterlook.control.operation import Operation, Result
from afterlook.control.operations import state
from afterlook.control.operations.state import GivenDocument, OneOrAll
from afterlook.control.replacing import replace
from afterlook.mailbox.slugs import slug_of
from afterlook.seeds.parts import InvalidEntryError
from afterlook.store import contents
from afterlook.store.sessions import Transaction


async def export(emulator: Emulator, parameters: OneOrAll) -> Result:
    """Write all mailboxes, or one. Raises `ThingNotFound`, `Conflict` where they are too much."""
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


def _expect_fitting(emulator: Emulator, size: int) -> None:
    if size > emulator.max_body:
        message = (
            f"the file would have {size} bytes, where {emulator.max_body} can be imported: "
            "export one mailbox at a time, or start with a larger AFTERLOOK_MAX_BODY"
        )
        raise Conflict(message)


async def import_(emulator: Emulator, parameters: GivenDocument) -> Result:
    """Put mailboxes in. Raises `InvalidParameter`, `Conflict` where one is there."""
    try:
        read = await to_thread(documents.read, parameters.document)
    except InvalidEntryError as error:
        message = f"document: {error}"
        raise InvalidParameter(message) from error
    put = partial(imports.put, read=read, may_replace=parameters.replace)
    mailboxes = await replace(emulator, put)
    return {"mailboxes": list(map(slug_of, mailboxes))}


HANDLERS: dict[Operation, Handler] = {state.EXPORT: export, state.IMPORT: import_}
