"""Executing the requests of a batch.

Owns their order, what one failure does to the others, and that a group is one transaction.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from afterlook.errors import (
    DependencyFailed,
    InternalServerError,
    InvalidRequest,
    ServiceError,
    StoreUnavailable,
)
from afterlook.http.clients import disconnect_waiter
from afterlook.http.parts import answer_part
from afterlook.odata.batch import Answer, Operation, Unit, UnitResult
from afterlook.outlook.batch.context import SubrequestContext
from afterlook.outlook.batch.subrequests import Subrequests, error_answer

if TYPE_CHECKING:
    from afterlook.outlook.request import OutlookRequest
    from afterlook.store.rows import MailboxRow
    from afterlook.store.store import Store

_log = logging.getLogger("afterlook")

_NOT_PROCESSED = error_answer(
    DependencyFailed(
        reason="The request was not processed, because one before it in the batch failed. "
        "Prefer: odata.continue-on-error asks for it all the same."
    ),
    processed=False,
)
_ROLLED_BACK = error_answer(
    DependencyFailed(reason="Nothing was kept, because another request of the group failed.")
)


class _RollBackError(Exception):
    """The request at `place` in a group failed; raised to roll the transaction back."""

    def __init__(self, place: int, answer: Answer) -> None:
        super().__init__()
        self.place = place
        self.answer = answer


class BatchExecutor:
    """Executes one batch; `keep_going` tells whether it goes on after an error."""

    def __init__(self, request: OutlookRequest, *, keep_going: bool) -> None:
        self._store: Store = request.http.app.state.store
        self._wait_for_disconnect = disconnect_waiter(request.http)
        self._scope = request.http.scope
        self._keep_going = keep_going
        self._requests = Subrequests(request)
        self._failed: set[str] = set()
        self._stopped = False

    async def execute(self, units: Sequence[Unit]) -> list[UnitResult]:
        """Execute the units in order; return each with its answers."""
        results = []
        for unit in units:
            results.append(await self._execute_unit(unit))
            # What runs on the event loop would have it for the whole batch.
            await asyncio.sleep(0)
        return results

    async def _execute_unit(self, unit: Unit) -> UnitResult:
        if self._stopped:
            return UnitResult(unit, tuple(_NOT_PROCESSED for _ in unit.operations))
        if unit.group is None:
            result = UnitResult(unit, (await self._execute_alone(unit.operations[0]),))
        else:
            result = await self._execute_group(unit)
        if any(answer.failed for answer in result.answers):
            self._stopped = not self._keep_going
            names = {operation.id for operation in unit.operations} | {unit.group}
            self._failed.update(name for name in names if name)
        return result

    async def _execute_alone(self, operation: Operation) -> Answer:
        try:
            mailbox = await self._requests.mailbox(operation)
            store = self._store.for_client(mailbox, self._wait_for_disconnect)
            return await self._answer(operation, SubrequestContext(store, mailbox))
        except Exception as error:  # noqa: BLE001
            return _answer_of(error)

    async def _execute_group(self, unit: Unit) -> UnitResult:
        """Execute a group in one transaction: with an event loop on the writing thread."""
        count = len(unit.operations)
        try:
            mailbox = await self._mailbox_of_group(unit)
            answers = await self._store.in_transaction(
                mailbox,
                lambda scope: asyncio.run(
                    self._answer_all(unit, SubrequestContext(scope, mailbox))
                ),
            )
        except _RollBackError as rolled_back:
            others = [_ROLLED_BACK] * count
            others[rolled_back.place] = rolled_back.answer
            return UnitResult(unit, tuple(others), rolled_back.answer)
        except Exception as error:  # noqa: BLE001
            failure = _answer_of(error)
            return UnitResult(unit, (failure,) * count, failure)
        return UnitResult(unit, answers)

    async def _mailbox_of_group(self, unit: Unit) -> MailboxRow:
        mailbox, *others = [await self._requests.mailbox(one) for one in unit.operations]
        if any(other.id != mailbox.id for other in others):
            raise InvalidRequest(reason="The requests of a group must be for one mailbox.")
        return mailbox

    async def _answer_all(self, unit: Unit, context: SubrequestContext) -> tuple[Answer, ...]:
        answers = []
        for place, operation in enumerate(unit.operations):
            answer = await self._answer(operation, context)
            if answer.failed:
                raise _RollBackError(place, answer)
            answers.append(answer)
        return tuple(answers)

    async def _answer(self, operation: Operation, context: SubrequestContext) -> Answer:
        for needed in operation.needed:
            if needed in self._failed:
                reason = f"The request depends on '{needed}', which failed."
                return error_answer(DependencyFailed(reason=reason))
        answer = partial(self._requests.answer, operation, context)
        return await answer_part(self._scope, operation, context.mailbox.upn, answer, error_answer)


def _answer_of(error: Exception) -> Answer:
    """Answer an exception as it is answered outside of a batch."""
    if isinstance(error, StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
    if isinstance(error, ServiceError):
        return error_answer(error)
    _log.error("A request of a batch met a defect", exc_info=error)
    return error_answer(InternalServerError())
