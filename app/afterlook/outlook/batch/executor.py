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

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import Caller
    from afterlook.outlook.batch.subrequests import Subrequests
    from afterlook.store.store import Store

_log = logging.getLogger("afterlook")

_NOT_PROCESSED = DependencyFailed(
    reason="The request was not processed, because one before it in the batch failed. "
    "Prefer: odata.continue-on-error asks for it all the same."
)
_ROLLED_BACK = DependencyFailed(
    reason="Nothing was kept, because another request of the group failed."
)


class _RollBackError(Exception):
    """The request at `place` in a group failed; raised to roll the transaction back."""

    def __init__(self, place: int, answer: Answer) -> None:
        super().__init__()
        self.place = place
        self.answer = answer


class BatchExecutor:
    """Executes one batch; `keep_going` tells whether it goes on after an error."""

    def __init__(self, requests: Subrequests, *, keep_going: bool) -> None:
        self._store: Store = requests.batch.app.state.store
        self._wait_for_disconnect = disconnect_waiter(requests.batch)
        self._scope = requests.batch.scope
        self._keep_going = keep_going
        self._requests = requests
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
            refused = self._requests.refuse(_NOT_PROCESSED, processed=False)
            return UnitResult(unit, (refused,) * len(unit.operations))
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
            caller = await self._requests.caller(operation)
            store = self._store.for_client(
                caller.mailbox, self._wait_for_disconnect, may_write=caller.may_write
            )
            return await self._answer(operation, SubrequestContext(store, caller))
        except Exception as error:  # noqa: BLE001
            return self._answer_of(error)

    async def _execute_group(self, unit: Unit) -> UnitResult:
        """Execute a group in one transaction: with an event loop on the writing thread."""
        count = len(unit.operations)
        try:
            caller = await self._caller_of_group(unit)
            answers = await self._store.run_in_transaction(
                caller.mailbox,
                lambda scope: asyncio.run(self._answer_all(unit, SubrequestContext(scope, caller))),
            )
        except _RollBackError as rolled_back:
            others = [self._requests.refuse(_ROLLED_BACK)] * count
            others[rolled_back.place] = rolled_back.answer
            return UnitResult(unit, tuple(others), rolled_back.answer)
        except Exception as error:  # noqa: BLE001
            failure = self._answer_of(error)
            return UnitResult(unit, (failure,) * count, failure)
        return UnitResult(unit, answers)

    async def _caller_of_group(self, unit: Unit) -> Caller:
        callers = [await self._requests.caller(one) for one in unit.operations]
        first = callers[0]
        if any(other.mailbox.id != first.mailbox.id for other in callers):
            raise InvalidRequest(reason="The requests of a group must be for one mailbox.")
        return first._replace(may_write=all(caller.may_write for caller in callers))

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
                return self._requests.refuse(DependencyFailed(reason=reason))
        answer = partial(self._requests.answer, operation, context)
        return await answer_part(
            self._scope, operation, context.caller.mailbox.upn, answer, self._requests.refuse
        )

    def _answer_of(self, error: Exception) -> Answer:
        """Answer an exception as it is answered outside of a batch."""
        if isinstance(error, StoreUnavailable):
            _log.error("The store could not do the work: %s", error.reason)
        if isinstance(error, ServiceError):
            return self._requests.refuse(error)
        _log.error("A request of a batch met a defect", exc_info=error)
        return self._requests.refuse(InternalServerError())
