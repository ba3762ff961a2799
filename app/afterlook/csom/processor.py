"""Carrying out a request ([MS-CSOM] 3.1.4.1): its actions in their order.

Owns when a path is evaluated, what an error does to the rest, and what each action answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Generic, ParamSpec, TypeVar

from afterlook.csom import dependencies
from afterlook.csom import request_model as model
from afterlook.csom.budget import TooLongForEventLoop
from afterlook.csom.errors import FieldOrPropertyNotFound, MethodNotFound, QueryError
from afterlook.csom.expressions import is_met
from afterlook.csom.json_writer import Pairs
from afterlook.csom.object_serializer import ALL_PROPERTIES, serialize
from afterlook.csom.path_evaluator import ObjectPathEvaluator
from afterlook.csom.types import NONE, Context, Registry, ServerObject

Parameters = ParamSpec("Parameters")
T = TypeVar("T")

_STEPS_PER_TURN = 5_000
"""Steps after which other requests have their turn: some milliseconds."""

_STEPS_PER_ACTION = 50
"""What an action counts for besides: not all of them cost steps."""


class Processor(Generic[Context]):
    """Carries out one request; the `context` says who calls."""

    def __init__(
        self,
        request: model.ClientRequest,
        registry: Registry[Context],
        context: Context,
        trace: str,
    ) -> None:
        self._request = request
        self._registry = registry
        self._evaluator = ObjectPathEvaluator(request.paths, registry, context)
        self._trace = trace
        self._results: Pairs = []
        self._actions = 0
        self._pause_at = _STEPS_PER_TURN

    async def process(self) -> Pairs:
        """Carry the actions out; return what each answers. Raises `QueryError`."""
        await self._carry_out(self._request.actions)
        return self._results

    @property
    def cost(self) -> int:
        """The steps that the request has cost: how large its answer may be."""
        return self._evaluator.budget.cost

    async def _carry_out(self, actions: Iterable[model.Action]) -> None:
        for action in actions:
            await self._act(action)
            await self._pause()

    async def _pause(self) -> None:
        """Give others their turn, now and then: an action may serialize one object, or 5,000."""
        self._actions += 1
        done = self._evaluator.budget.cost + self._actions * _STEPS_PER_ACTION
        if done >= self._pause_at:
            self._pause_at = done + _STEPS_PER_TURN
            await asyncio.sleep(0)

    async def _act(self, action: model.Action) -> None:
        evaluator = self._evaluator
        match action:
            case model.Instantiate(number, path):
                self._answer(number, _render_instance(await evaluator.evaluate(path)))
            case model.QueryObject(number, path, query, children):
                value = await evaluator.evaluate(path)
                await evaluator.prepare(dependencies.of_children(query, children))
                self._answer(
                    number,
                    await _run_in_budget(evaluator, serialize, value, query, children, evaluator),
                )
            case model.SetProperty(_, path, name, value):
                await evaluator.set(path, name, value)
            case model.CallMethod(number, path, name, arguments):
                owner = await evaluator.evaluate_owner(path, name)
                await self._answer_call(number, *await evaluator.call(owner, name, arguments))
            case model.QueryIdentity(number, path):
                value = await evaluator.evaluate(path)
                self._answer(number, {"_ObjectIdentity_": value and value.identity})
            case model.ExceptionScope():
                await self._in_scope(action)
            case model.ConditionalScope(number, test, if_true, if_false):
                await evaluator.prepare_test(test)
                result = await _run_in_budget(evaluator, is_met, test, evaluator, {})
                self._answer(number, {"Test": result})
                await self._carry_out(if_true if result else if_false)
            # No type declares a static method, nor a static property that can be set.
            case model.SetStaticProperty(_, type_id, name):
                self._registry.get_type(type_id)
                raise FieldOrPropertyNotFound(name=name)
            case model.CallStaticMethod(_, type_id, name):
                self._registry.get_type(type_id)
                raise MethodNotFound(name=name)

    async def _in_scope(self, scope: model.ExceptionScope) -> None:
        # The scope's own result stands before those of what is in it, as the client wrote them.
        place = len(self._results)
        info = None
        try:
            await self._carry_out(scope.tried)
        except QueryError as error:
            info = error_info(error, self._trace)
            await self._catch(scope)
        await self._carry_out(scope.finally_)
        result = {"HasException": info is not None, "ErrorInfo": info}
        self._results.insert(place, (scope.id, result))

    async def _catch(self, scope: model.ExceptionScope) -> None:
        try:
            await self._carry_out(scope.caught)
        except QueryError:
            # What is to be done in any case is done where the catching fails, too.
            await self._carry_out(scope.finally_)
            raise

    async def _answer_call(self, number: int, value: object, returns: object) -> None:
        if returns is NONE:
            return
        if isinstance(value, ServerObject):
            value = await _run_in_budget(
                self._evaluator, serialize, value, ALL_PROPERTIES, None, self._evaluator
            )
        self._answer(number, value)

    def _answer(self, number: int, value: object) -> None:
        self._results.append((number, value))


async def _run_in_budget(
    evaluator: ObjectPathEvaluator[Any],
    work: Callable[Parameters, T],
    *args: Parameters.args,
    **named: Parameters.kwargs,
) -> T:
    """Evaluate or serialize: on the event loop where that is short, else on a thread, anew.

    The work changes nothing, and so can be begun twice.
    """
    try:
        with evaluator.budget.limit_for_event_loop():
            return work(*args, **named)
    except TooLongForEventLoop:
        return await asyncio.to_thread(work, *args, **named)


def _render_instance(value: ServerObject | None) -> dict[str, object]:
    if value is None or value.identity is None:
        return {"IsNull": value is None}
    return {"IsNull": False, "_ObjectIdentity_": value.identity}


def error_info(error: QueryError, trace: str) -> dict[str, Any]:
    """Return an error as the answer reports it (docs/reference/csom.md §1.5)."""
    return {
        "ErrorMessage": error.message,
        "ErrorValue": None,
        "TraceCorrelationId": trace,
        "ErrorCode": int(error.code),
        "ErrorTypeName": error.type_name,
    }
