"""Going back to the start, and adding seeds."""

from __future__ import annotations

from functools import partial

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, InvalidParameter
from afterlook.control.handlers.mailboxes import find_mailbox
from afterlook.control.operation import Operation, Result
from afterlook.control.operations import state
from afterlook.control.operations.state import GivenSeed, OneOrAll
from afterlook.control.replacement import replace
from afterlook.control.tokens import identity_of
from afterlook.mailbox import identities
from afterlook.mailbox.identities import Identity, key_of
from afterlook.mailbox.slugs import find_by_name, slug_of
from afterlook.runtime.ids import SeededIds
from afterlook.seeds import files as seeds
from afterlook.seeds.files import InvalidSeedError, Seed, SeedMailbox
from afterlook.store import contents
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction


async def reset(emulator: Emulator, parameters: OneOrAll) -> Result:
    """Go back to the seed, with all mailboxes or with one. Raises `ThingNotFound`."""
    if parameters.mailbox is None:
        loaded = await replace(emulator, partial(_reset_all, seed=emulator.seed))
        if isinstance(emulator.ids, SeededIds):
            # However often somebody has asked whether the server is ready.
            emulator.ids.restart()
    else:
        mailbox = await find_mailbox(emulator, parameters.mailbox)
        work = partial(_reset_one, mailbox=mailbox, seed=emulator.seed)
        loaded = await replace(emulator, work, mailbox)
    return {"mailboxes": list(map(slug_of, loaded)), "seed": emulator.seed.origin}


def _reset_all(transaction: Transaction, seed: Seed) -> list[MailboxRow]:
    contents.remove_all(transaction)
    return seeds.add(transaction, seed)


def _reset_one(transaction: Transaction, mailbox: MailboxRow, seed: Seed) -> list[MailboxRow]:
    contents.remove(transaction, [mailbox.id])
    key = (mailbox.tid, mailbox.oid)
    given = next((each for each in seed.mailboxes if key_of(each.identity) == key), SeedMailbox())
    identity = Identity(mailbox.upn, mailbox.owner, mailbox.oid, mailbox.tid)
    fresh = identities.create_mailbox(transaction, identity, mailbox.id)
    seeds.fill(transaction, fresh, given)
    return [fresh]


async def seed(emulator: Emulator, parameters: GivenSeed) -> Result:
    """Add a seed to what is there. Raises `InvalidParameter`, `Conflict`."""
    given = parameters.seed
    try:
        read = seeds.read_shipped(given) if isinstance(given, str) else seeds.read_given(given)
    except InvalidSeedError as error:
        raise InvalidParameter(str(error)) from error
    if parameters.mailbox is not None and len(read.mailboxes) != 1:
        message = (
            f"the seed names {len(read.mailboxes)} mailboxes: "
            "only what it says of one can go into the mailbox"
        )
        raise InvalidParameter(message)

    def work(transaction: Transaction) -> list[MailboxRow]:
        if parameters.mailbox is None:
            return seeds.add(transaction, read)
        mailbox = find_by_name(transaction, parameters.mailbox)
        if mailbox is None:
            mailbox = identities.create_mailbox(transaction, identity_of(parameters.mailbox))
        return [seeds.add_to(transaction, mailbox, read)]

    try:
        loaded = await emulator.store.maintain(work)
    except InvalidSeedError as error:
        raise Conflict(str(error)) from error
    return {"mailboxes": list(map(slug_of, loaded)), "seed": read.origin}


HANDLERS: dict[Operation, Handler] = {state.RESET: reset, state.SEED: seed}
