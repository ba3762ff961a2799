"""The report on a move to Microsoft Graph To Do, of a running server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import ThingNotFound
from afterlook.control.operation import Operation, Result
from afterlook.control.operations import migration
from afterlook.control.operations.migration import WhatToReport
from afterlook.control.traffic.successors import call_of
from afterlook.migration import report
from afterlook.migration.calls import Calls
from afterlook.migration.losses import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlook.store.rows import MailboxRow
    from afterlook.store.sessions import ReadSession, Session


async def report_(emulator: Emulator, parameters: WhatToReport) -> Result:
    """Report on all mailboxes or one, and on what the journal holds. Raises `ThingNotFound`."""
    found = Found(parameters.examples)
    try:
        chosen = await emulator.store.scan(partial(report.choose, name=parameters.mailbox))
    except report.NoSuchMailboxError as error:
        message = f"{error}; `mailbox list` lists all"
        raise ThingNotFound(message) from error
    for mailbox in chosen:
        # A scan each, for each has a deadline: a mailbox may have a million tasks.
        for look in (found.count, found.name):
            await emulator.store.scan(partial(_look, look, mailbox))
    calls = None
    # Of several processes each has a journal of its own, and this one would tell a part.
    if emulator.journal.is_on and emulator.processes == 1:
        calls = Calls()
        for exchange in emulator.journal:
            calls.add(call_of(exchange))
    return report.write(found, calls)


def _look(look: Callable[[ReadSession], None], mailbox: MailboxRow, session: Session) -> None:
    look(session.bind(mailbox))


HANDLERS: dict[Operation, Handler] = {migration.REPORT: report_}
