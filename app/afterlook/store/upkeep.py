"""Upkeep: tombstones of the change log and upload sessions expire.

Owns when and in which portions. A portion is one short write among those of the clients, so that
no writer waits for more than one.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from afterlook.runtime.instants import Instant
from afterlook.store import changes, upload_sessions
from afterlook.store.background import keep_going

if TYPE_CHECKING:
    from afterlook.store.store import Store

_PORTION = 500
_INTERVAL_SECONDS = 3600


async def run_upkeep(store: Store, horizon: int) -> None:
    """Purge tombstones older than `horizon` ticks, and uploads that expired; again every hour.

    Runs until it is cancelled.
    """
    while True:
        with keep_going("Upkeep"):
            await purge_tombstones(store, horizon)
        with keep_going("Upkeep of uploads"):
            await purge_uploads(store)
        await asyncio.sleep(_INTERVAL_SECONDS)


async def purge_tombstones(store: Store, horizon: int) -> None:
    """Purge all tombstones that are older than `horizon` ticks.

    A mailbox that is locked keeps its own until the next turn, and no other waits for it.
    """
    before = Instant(store.now() - horizon)
    for mailbox_id in await store.scan(partial(changes.list_mailboxes_with_expired, before=before)):
        portion = partial(
            changes.purge_tombstones, mailbox_id=mailbox_id, before=before, limit=_PORTION
        )
        with keep_going(f"Upkeep of mailbox {mailbox_id}"):
            while await store.maintain(portion) == _PORTION:
                pass


async def purge_uploads(store: Store) -> None:
    """Purge the upload sessions that have expired, with what they received, one by one."""
    now = store.now()
    find = partial(upload_sessions.list_mailboxes_with_expired, now=now)
    for mailbox_id in await store.scan(find):
        portion = partial(upload_sessions.purge_expired, mailbox_id=mailbox_id, now=now, limit=1)
        with keep_going(f"Upkeep of uploads to mailbox {mailbox_id}"):
            while await store.maintain(portion):
                pass
