"""Replacing mailboxes under a running server.

Owns that requests see the state before or the state after, and that nothing of this process goes
on with mailboxes that are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from afterlook.store import contents

if TYPE_CHECKING:
    from afterlook.control.emulator import Emulator
    from afterlook.store.rows import MailboxRow
    from afterlook.store.sessions import Transaction

T = TypeVar("T")


async def replace(
    emulator: Emulator,
    work: Callable[[Transaction], T],
    mailbox: MailboxRow | None = None,
) -> T:
    """Run work that replaces all mailboxes, or one, in one transaction, while nobody else is in.

    Whoever is still at work on what was there finds it gone.
    """
    store = emulator.store
    gone: list[str] = []

    def run(transaction: Transaction) -> T:
        before = contents.lock(transaction, mailbox)
        result = work(transaction)
        after = contents.lock(transaction, mailbox)
        # Right before the commit: until then whoever reads finds all as it was.
        gone.extend({*before.values()} - {*after.values()})
        store.retire(gone)
        return result

    async with emulator.gate.shut():
        try:
            result = await store.maintain(run)
        except BaseException:
            store.reinstate(gone)
            raise
        emulator.mailboxes.forget()
        if emulator.rate_limit is not None:
            emulator.rate_limit.forget(None if mailbox is None else mailbox.id)
        return result
