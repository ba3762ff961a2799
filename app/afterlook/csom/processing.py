"""Carrying out a request ([MS-CSOM] 3.1.4.1): its actions in their order.

Owns when a path is evaluated, what an error does to the rest, and what each action answers. Must
not know any type of a service: a `Registry` has them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Generic, ParamSpec, TypeVar

from afterlook.csom import dependencies
from afterlook.csom import request as asked
from afterlook.csom.budget import TooLongHere
from afterlook.csom.errors import QueryError
from afterlook.csom.expressions import holds
from afterlook.csom.paths import Paths
from afterlook.csom.showing import shown
from afterlook.csom.types import NONE, Context, Registry, ServerObject
from afterlook.csom.writing import Pairs

Parameters = ParamSpec("Parameters")
T = TypeVar("T")

_AT_ONE_GO = 5_000
"""Steps after which other requests have their turn: some milliseconds."""

_STEPS_PER_ACTION = 50
"""What an action counts for besides: not all of them cost steps."""

_ALL = asked.Query(select_all=True, properties=())


class Processor(Generic[Context]):
    """Carries out one request for one caller, whom the `context` is about."""

    def __init__(
        self, request: asked.Request, registry: Registry[Context], context: Context, trace: str
    ) -> None:
        self._request = request
        self._paths = Paths(request.paths, registry, context)
        self._trace = trace
        self._results: Pairs = []
        self._actions = 0
        self._pause_at = _AT_ONE_GO

    async def process(self) -> Pairs:
        """Carry the actions out; return what each answers. Raises `QueryError`."""
        await self._carry_out(self._request.actions)
        return self._results

    @property
    def spent(self) -> int:
        """The steps that the request has cost: how large its answer may be."""
        return self._paths.spent

    async def _carry_out(self, actions: Iterable[asked.Action]) -> None:
        for action in actions:
            await self._act(action)
            await self._pause()

    async def _pause(self) -> None:
        """Give others their turn, now and then: an action may show one object, or 5,000."""
        self._actions += 1
        done = self._paths.spent + self._actions * _STEPS_PER_ACTION
        if done >= self._pause_at:
            self._pause_at = done + _AT_ONE_GO
            await asyncio.sleep(0)

    async def _act(self, action: asked.Action) -> None:
        paths = self._paths
        match action:
            case asked.Instantiate(number, path):
                self._answer(number, _instantiated(await paths.at(path)))
            case asked.QueryObject(number, path, query, children):
                value = await paths.at(path)
                await paths.prepare(dependencies.of_children(query, children))
                self._answer(number, await _near(paths, shown, value, query, children, paths))
            case asked.SetProperty(_, path, name, value):
                await paths.set(path, name, value)
            case asked.CallMethod(number, path, name, arguments):
                owner = await paths.owner(path, name)
                await self._answer_call(number, *await paths.call(owner, name, arguments))
            case asked.QueryIdentity(number, path):
                found = await paths.at(path)
                self._answer(number, {"_ObjectIdentity_": found and found.identity})
            case asked.ExceptionScope():
                await self._in_scope(action)
            case asked.ConditionalScope(number, test, if_true, if_false):
                await paths.prepare_test(test)
                result = await _near(paths, holds, test, paths, {})
                self._answer(number, {"Test": result})
                await self._carry_out(if_true if result else if_false)
            case asked.SetStaticProperty(_, type_id, name) | asked.CallStaticMethod(
                _, type_id, name
            ):
                paths.refuse_static(type_id, name, action)

    async def _in_scope(self, scope: asked.ExceptionScope) -> None:
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

    async def _catch(self, scope: asked.ExceptionScope) -> None:
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
            value = await _near(self._paths, shown, value, _ALL, None, self._paths)
        self._answer(number, value)

    def _answer(self, number: int, value: object) -> None:
        self._results.append((number, value))


async def _near(
    paths: Paths[Any],
    work: Callable[Parameters, T],
    *args: Parameters.args,
    **named: Parameters.kwargs,
) -> T:
    """Run what evaluates and shows: here where that is short, else on a thread from the start.

    It changes nothing, and so can be begun anew.
    """
    try:
        with paths.briefly():
            return work(*args, **named)
    except TooLongHere:
        return await asyncio.to_thread(work, *args, **named)


def _instantiated(value: ServerObject | None) -> dict[str, object]:
    if value is None or value.identity is None:
        return {"IsNull": value is None}
    return {"IsNull": False, "_ObjectIdentity_": value.identity}


def error_info(error: QueryError, trace: str) -> dict[str, Any]:
    """Return an error as the answer tells of it (contract §1.5)."""
    return {
        "ErrorMessage": error.message,
        "ErrorValue": None,
        "TraceCorrelationId": trace,
        "ErrorCode": int(error.code),
        "ErrorTypeName": error.type_name,
    }
