"""Carrying out the requests of a batch.

Owns their order, what one failure does to the others, and that a group is one transaction. Must
not know in which form the batch came, nor what a request asks for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from afterlook.errors import (
    DependencyFailed,
    InternalServerError,
    InvalidRequest,
    ServiceError,
    StoreUnavailable,
)
from afterlook.http.clients import waiting_gone
from afterlook.odata.batch import Answer, Done, Operation, Unit
from afterlook.outlook.batch.subrequests import Requests, refused
from afterlook.outlook.dependencies import Inner

if TYPE_CHECKING:
    from afterlook.outlook.call import Call
    from afterlook.store.rows import MailboxRow
    from afterlook.store.store import Store

_log = logging.getLogger("afterlook")

_UNPROCESSED = refused(
    DependencyFailed(
        reason="The request was not processed, because one before it in the batch failed. "
        "Prefer: odata.continue-on-error asks for it all the same."
    ),
    processed=False,
)
_UNDONE = refused(
    DependencyFailed(reason="Nothing was kept, because another request of the group failed.")
)


class _UndoneError(Exception):
    """The request at `place` in a group failed; raised to undo the transaction."""

    def __init__(self, place: int, answer: Answer) -> None:
        super().__init__()
        self.place = place
        self.answer = answer


class Dispatcher:
    """Carries out one batch; `keep_going` tells whether it goes on after an error."""

    def __init__(self, call: Call, *, keep_going: bool) -> None:
        self._store: Store = call.request.app.state.store
        self._wait_gone = waiting_gone(call.request)
        self._keep_going = keep_going
        self._requests = Requests(call)
        self._failed: set[str] = set()
        self._stopped = False

    async def carry_out(self, units: Sequence[Unit]) -> list[Done]:
        """Carry out the units in order; return each with its answers."""
        return [await self._carry_out(unit) for unit in units]

    async def _carry_out(self, unit: Unit) -> Done:
        if self._stopped:
            return Done(unit, tuple(_UNPROCESSED for _ in unit.operations))
        if unit.group is None:
            done = Done(unit, (await self._alone(unit.operations[0]),))
        else:
            done = await self._together(unit)
        if any(answer.failed for answer in done.answers):
            self._stopped = not self._keep_going
            names = {operation.id for operation in unit.operations} | {unit.group}
            self._failed.update(name for name in names if name)
        return done

    async def _alone(self, operation: Operation) -> Answer:
        try:
            mailbox = await self._requests.mailbox(operation)
            store = self._store.for_client(mailbox.id, self._wait_gone)
            return await self._answer(operation, Inner(store, mailbox))
        except Exception as error:  # noqa: BLE001
            return _told(error)

    async def _together(self, unit: Unit) -> Done:
        """Carry out a group in one transaction: in a loop of its own, on the thread that writes."""
        count = len(unit.operations)
        try:
            mailbox = await self._only_mailbox(unit)
            answers = await self._store.atomically(
                mailbox.id, lambda atom: asyncio.run(self._answers(unit, Inner(atom, mailbox)))
            )
        except _UndoneError as undone:
            told = [_UNDONE] * count
            told[undone.place] = undone.answer
            return Done(unit, tuple(told), undone.answer)
        except Exception as error:  # noqa: BLE001
            failure = _told(error)
            return Done(unit, (failure,) * count, failure)
        return Done(unit, answers)

    async def _only_mailbox(self, unit: Unit) -> MailboxRow:
        mailbox, *others = [await self._requests.mailbox(one) for one in unit.operations]
        if any(other.id != mailbox.id for other in others):
            raise InvalidRequest(reason="The requests of a group must be for one mailbox.")
        return mailbox

    async def _answers(self, unit: Unit, inner: Inner) -> tuple[Answer, ...]:
        answers = []
        for place, operation in enumerate(unit.operations):
            answer = await self._answer(operation, inner)
            if answer.failed:
                raise _UndoneError(place, answer)
            answers.append(answer)
        return tuple(answers)

    async def _answer(self, operation: Operation, inner: Inner) -> Answer:
        for needed in operation.needed:
            if needed in self._failed:
                reason = f"The request depends on '{needed}', which failed."
                return refused(DependencyFailed(reason=reason))
        return await self._requests.answer(operation, inner)


def _told(error: Exception) -> Answer:
    """Return the answer that an exception is, as it is outside of a batch."""
    if isinstance(error, StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
    if isinstance(error, ServiceError):
        return refused(error)
    _log.error("A request of a batch met a defect", exc_info=error)
    return refused(InternalServerError())
