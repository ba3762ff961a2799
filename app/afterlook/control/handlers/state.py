"""The state of all mailboxes."""

from __future__ import annotations

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict
from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.operations import state


async def _unbuilt(emulator: Emulator, parameters: Parameters) -> Result:
    message = f"not built yet: {emulator.url} {parameters}"
    raise Conflict(message)


HANDLERS: dict[Operation, Handler] = dict.fromkeys(state.OPERATIONS, _unbuilt)
