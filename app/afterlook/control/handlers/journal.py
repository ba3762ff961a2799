"""Looking at the journal, and waiting for what comes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, CountDiffers, NothingMatched, ThingNotFound
from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.operations import journal
from afterlook.control.traffic.exchange_views import show, summarise
from afterlook.control.traffic.queries import Query, read_query

if TYPE_CHECKING:
    from afterlook.control.operations.journal import ExchangeNumber, Search
    from afterlook.control.traffic.exchanges import Exchange

MAX_WAITING = 64
"""Calls that wait at a time."""

_waiting = 0


async def list_(emulator: Emulator, search: Search) -> Result:
    """List what matches, when there is what is expected.

    Raises `NothingMatched`, `CountDiffers`.
    """
    query = read_query(search.query)
    if search.wait is not None:
        await _wait(emulator, search, query)
    matching = _find(emulator, query, search.after or 0)
    if search.count is not None and len(matching) != search.count:
        message = f"{_exchanges(len(matching))}, not {search.count}"
        raise CountDiffers(message)
    kept = emulator.journal
    return {
        "entries": [summarise(exchange) for exchange in matching[-search.limit :]],
        "matched": len(matching),
        "last": kept.last,
        "kept": len(kept),
        "forgotten": kept.forgotten,
        "bytes": kept.bytes,
        "is_on": kept.is_on,
    }


async def show_one(emulator: Emulator, parameters: ExchangeNumber) -> Result:
    """Show an exchange whole."""
    exchange = emulator.journal.find(parameters.id)
    if exchange is None:
        message = f"the journal has no exchange {parameters.id}; it may have been forgotten"
        raise ThingNotFound(message)
    return show(exchange)


async def clear(emulator: Emulator, _: Parameters) -> Result:
    """Forget all exchanges."""
    return {"cleared": emulator.journal.clear(), "last": emulator.journal.last}


def _find(emulator: Emulator, query: Query, after: int) -> list[Exchange]:
    now = emulator.clock.now()
    return [each for each in emulator.journal if each.id > after and query.matches(each, now)]


async def _wait(emulator: Emulator, search: Search, query: Query) -> None:
    """Wait until so many match as are expected, or one does where no number is.

    What is there already counts. Ends early where more match than may. Raises `NothingMatched`.
    """
    expected, seconds = search.count, search.wait or 0
    matching = len(_find(emulator, query, search.after or 0))
    least = 1 if expected is None else expected
    enough = asyncio.Event()

    def count(exchange: Exchange | None) -> None:
        nonlocal matching
        if exchange is None:
            matching = 0
        elif exchange.id > (search.after or 0) and query.matches(exchange, emulator.clock.now()):
            matching += 1
            if matching >= max(least, 1):
                enough.set()

    if matching > least or (least and matching == least):
        return
    with _Slot():
        stop = emulator.journal.listen(count)
        try:
            await asyncio.wait_for(enough.wait(), seconds)
        except TimeoutError:
            # That nothing comes may be what was expected.
            if matching < least:
                message = f"after {seconds:g} s {_exchanges(matching)}"
                raise NothingMatched(message) from None
        finally:
            stop()


def _exchanges(count: int) -> str:
    return "1 exchange matches" if count == 1 else f"{count or 'no'} exchanges match"


class _Slot:
    """A slot among those who wait. Raises `Conflict` where all are taken."""

    def __enter__(self) -> None:
        global _waiting  # noqa: PLW0603
        if _waiting >= MAX_WAITING:
            message = f"{MAX_WAITING} calls wait for exchanges already"
            raise Conflict(message)
        _waiting += 1

    def __exit__(self, *_: object) -> None:
        global _waiting  # noqa: PLW0603
        _waiting -= 1


HANDLERS: dict[Operation, Handler] = {
    journal.LIST: list_,
    journal.SHOW: show_one,
    journal.CLEAR: clear,
}
