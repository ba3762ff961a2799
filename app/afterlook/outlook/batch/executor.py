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
from afterlook.http.subrequests import answer_subrequest
from afterlook.odata.batch import Subrequest, Subresponse, Unit, UnitResult
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

    def __init__(self, place: int, response: Subresponse) -> None:
        super().__init__()
        self.place = place
        self.response = response


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
        """Execute the units in order; return each with its responses."""
        results = []
        for unit in units:
            results.append(await self._execute_unit(unit))
            # What runs on the event loop would have it for the whole batch.
            await asyncio.sleep(0)
        return results

    async def _execute_unit(self, unit: Unit) -> UnitResult:
        if self._stopped:
            refused = self._requests.refuse(_NOT_PROCESSED, is_processed=False)
            return UnitResult(unit, (refused,) * len(unit.subrequests))
        if unit.group is None:
            result = UnitResult(unit, (await self._execute_alone(unit.subrequests[0]),))
        else:
            result = await self._execute_group(unit)
        if any(response.has_failed for response in result.responses):
            self._stopped = not self._keep_going
            names = {subrequest.id for subrequest in unit.subrequests} | {unit.group}
            self._failed.update(name for name in names if name)
        return result

    async def _execute_alone(self, subrequest: Subrequest) -> Subresponse:
        try:
            caller = await self._requests.find_caller(subrequest)
            store = self._store.for_client(
                caller.mailbox, self._wait_for_disconnect, may_write=caller.may_write
            )
            return await self._answer(subrequest, SubrequestContext(store, caller))
        except Exception as error:  # noqa: BLE001
            return self._render_error(error)

    async def _execute_group(self, unit: Unit) -> UnitResult:
        """Execute a group in one transaction: with an event loop on the writing thread."""
        count = len(unit.subrequests)
        try:
            caller = await self._find_caller_of_group(unit)
            responses = await self._store.run_in_transaction(
                caller.mailbox,
                lambda scope: asyncio.run(self._answer_all(unit, SubrequestContext(scope, caller))),
            )
        except _RollBackError as rolled_back:
            others = [self._requests.refuse(_ROLLED_BACK)] * count
            others[rolled_back.place] = rolled_back.response
            return UnitResult(unit, tuple(others), rolled_back.response)
        except Exception as error:  # noqa: BLE001
            failure = self._render_error(error)
            return UnitResult(unit, (failure,) * count, failure)
        return UnitResult(unit, responses)

    async def _find_caller_of_group(self, unit: Unit) -> Caller:
        callers = [await self._requests.find_caller(one) for one in unit.subrequests]
        first = callers[0]
        if any(other.mailbox.id != first.mailbox.id for other in callers):
            raise InvalidRequest(reason="The requests of a group must be for one mailbox.")
        return first._replace(may_write=all(caller.may_write for caller in callers))

    async def _answer_all(self, unit: Unit, context: SubrequestContext) -> tuple[Subresponse, ...]:
        responses = []
        for place, subrequest in enumerate(unit.subrequests):
            response = await self._answer(subrequest, context)
            if response.has_failed:
                raise _RollBackError(place, response)
            responses.append(response)
        return tuple(responses)

    async def _answer(self, subrequest: Subrequest, context: SubrequestContext) -> Subresponse:
        for needed in subrequest.needed:
            if needed in self._failed:
                reason = f"The request depends on '{needed}', which failed."
                return self._requests.refuse(DependencyFailed(reason=reason))
        respond = partial(self._requests.answer, subrequest, context)
        return await answer_subrequest(
            self._scope, subrequest, context.caller.mailbox.upn, respond, self._requests.refuse
        )

    def _render_error(self, error: Exception) -> Subresponse:
        """Render an exception as outside of a batch."""
        if isinstance(error, StoreUnavailable):
            _log.error("The store could not do the work: %s", error.reason)
        if isinstance(error, ServiceError):
            return self._requests.refuse(error)
        _log.error("A request of a batch met a defect", exc_info=error)
        return self._requests.refuse(InternalServerError())
