"""The report on a move to Microsoft Graph To Do, of a running server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import ThingNotFound
from afterlook.control.operation import Operation, Result
from afterlook.control.operations import migration
from afterlook.control.operations.migration import WhatToReport
from afterlook.migration import report
from afterlook.migration.calls import Call, Calls
from afterlook.migration.losses import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlook.control.traffic.exchanges import Exchange
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
            calls.add(_as_call(exchange))
    return report.write(found, calls)


def _look(look: Callable[[ReadSession], None], mailbox: MailboxRow, session: Session) -> None:
    look(session.bind(mailbox))


def _as_call(exchange: Exchange) -> Call:
    lines = exchange.request_headers
    return Call(
        wire=exchange.wire,
        method=exchange.method,
        called=exchange.called or "",
        path=exchange.path,
        query=exchange.query.decode("latin-1"),
        headers="\n".join(
            f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in lines
        ),
        body=b"" if exchange.request.is_cut else bytes(exchange.request.kept),
    )


HANDLERS: dict[Operation, Handler] = {migration.REPORT: report_}
