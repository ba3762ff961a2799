"""Turning the clock."""

from __future__ import annotations

from datetime import datetime

from afterlook.control.due import list_due
from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import InvalidParameter
from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.operations import clock
from afterlook.control.operations.clock import GivenMoment, OptionalMoment, Step
from afterlook.control.values import expect_in_range, write_instant
from afterlook.runtime.durations import read_duration
from afterlook.runtime.instants import (
    FIRST_INSTANT,
    LAST_INSTANT,
    Instant,
    from_datetime,
    to_datetime,
)
from afterlook.store.upkeep import purge_tombstones, purge_uploads


async def show(emulator: Emulator, _: Parameters) -> Result:
    """Return the server's time, and whether it stands."""
    clock = emulator.clock
    state = "frozen" if clock.is_frozen else "real" if clock.is_real else "moved"
    return {"now": write_instant(clock.now()), "real": write_instant(clock.real), "state": state}


async def freeze(emulator: Emulator, parameters: OptionalMoment) -> Result:
    """Stop the clock."""
    at = emulator.clock.now() if parameters.at is None else from_datetime(parameters.at)
    emulator.clock.freeze(at)
    return await _apply_turn(emulator)


async def set_(emulator: Emulator, parameters: GivenMoment) -> Result:
    """Set the clock."""
    emulator.clock.set(from_datetime(parameters.to))
    return await _apply_turn(emulator)


async def advance(emulator: Emulator, parameters: Step) -> Result:
    """Move the clock. Raises `InvalidParameter` beyond where it goes."""
    to = emulator.clock.now() + read_duration(parameters.by)
    moment = to_datetime(Instant(min(max(to, FIRST_INSTANT), LAST_INSTANT)))
    _expect_in_range(moment)
    emulator.clock.set(Instant(to))
    return await _apply_turn(emulator)


async def reset(emulator: Emulator, _: Parameters) -> Result:
    """Go by real time."""
    emulator.clock.reset()
    return await _apply_turn(emulator)


async def due(emulator: Emulator, _: Parameters) -> Result:
    """List what is decided by the clock, in the order in which it comes."""
    now = emulator.clock.now()
    return {"now": write_instant(now), "due": list_due(now, emulator.horizon)}


def _expect_in_range(moment: datetime) -> None:
    try:
        expect_in_range(moment)
    except ValueError as error:
        message = f"by: {error}"
        raise InvalidParameter(message) from error


async def _apply_turn(emulator: Emulator) -> Result:
    # Upkeep comes every hour of real time; what is too old by the new time is too old at once.
    await purge_tombstones(emulator.store, emulator.horizon)
    await purge_uploads(emulator.store)
    return await show(emulator, Parameters())


HANDLERS: dict[Operation, Handler] = {
    clock.SHOW: show,
    clock.FREEZE: freeze,
    clock.SET: set_,
    clock.ADVANCE: advance,
    clock.RESET: reset,
    clock.DUE: due,
}
