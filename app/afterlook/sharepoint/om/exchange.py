"""Jobs of Exchange sync, within the call that asks for one.

Owns that its portions are done one after the other, so that others can write between them.
"""

from __future__ import annotations

from afterlook.sharepoint.context import Caller
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync.state import OptInResult


async def opt_in(caller: Caller) -> OptInResult:
    """Turn synchronisation on; return when both sides have what the other has."""
    result = await caller.store.write(caller.mailbox.id, exchange_state.opt_in)
    if result is OptInResult.SUCCESS:
        await _run(caller)
    return result


async def begin_sync(caller: Caller) -> bool:
    """Run a job, unless there must be none; tell whether it began."""
    began = await caller.store.write(caller.mailbox.id, exchange_state.begin_sync)
    if began:
        await _run(caller)
    return began


async def is_pending(caller: Caller) -> bool:
    """Tell whether a job is under way."""
    now = caller.store.now()
    return await caller.store.look_up(
        lambda session: exchange_state.is_pending(session, caller.mailbox, now)
    )


async def _run(caller: Caller) -> None:
    more = True
    while more:
        more = await caller.store.write(
            caller.mailbox.id, lambda session: exchange_state.continue_sync(session, caller.mailbox)
        )
