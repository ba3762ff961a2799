"""Setting faults and taking them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, ThingNotFound
from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.operations import faults
from afterlook.control.traffic.faults.faults import MAX_FAULTS, Fault, TooManyFaultsError
from afterlook.control.traffic.faults.kinds import KINDS, FaultParameters, Matching
from afterlook.control.traffic.faults.presets import PRESETS

if TYPE_CHECKING:
    from afterlook.control.operations.faults import FaultNumber


async def list_(emulator: Emulator, _: Parameters) -> Result:
    """List the faults that are set."""
    return {"faults": [show(fault) for fault in emulator.faults]}


async def kinds(_: Emulator, __: Parameters) -> Result:
    """List what can go wrong."""
    schema = FaultParameters.model_json_schema()
    members = schema["properties"]
    return {
        "kinds": [
            {
                "name": kind.name,
                "stage": kind.stage,
                "summary": kind.summary,
                "is_for_parts": kind.is_for_parts,
                "parameters": {name: members[name] for name in kind.members},
            }
            for kind in KINDS
        ],
        "matching": {name: members[name] for name in Matching.model_fields if name != "preset"},
        "presets": [
            {"name": name, "summary": preset.summary, "parameters": dict(preset.parameters)}
            for name, preset in PRESETS.items()
        ],
    }


async def add(emulator: Emulator, parameters: Matching) -> Result:
    """Set a fault."""
    try:
        return {"fault": show(emulator.faults.add(parameters))}
    except TooManyFaultsError as error:
        message = f"{MAX_FAULTS} faults are set, the most there can be; remove some, or clear them"
        raise Conflict(message) from error


async def remove(emulator: Emulator, parameters: FaultNumber) -> Result:
    """Take a fault away."""
    fault = _find(emulator, parameters)
    emulator.faults.remove(fault.id)
    return {"fault": show(fault)}


async def pause(emulator: Emulator, parameters: FaultNumber) -> Result:
    """Leave a fault out."""
    return _switch(emulator, parameters, is_on=False)


async def resume(emulator: Emulator, parameters: FaultNumber) -> Result:
    """Let a fault fire again."""
    return _switch(emulator, parameters, is_on=True)


async def clear(emulator: Emulator, _: Parameters) -> Result:
    """Take all faults away."""
    return {"cleared": emulator.faults.clear()}


def show(fault: Fault) -> Result:
    """Return a fault as it is shown."""
    return {
        "id": fault.id,
        "is_on": fault.is_on,
        "text": fault.text,
        "parameters": fault.given.model_dump(mode="json", exclude_none=True),
        "matched": fault.matched,
        "fired": fault.fired,
        "left": fault.left,
        "waiting": len(fault.waiting),
    }


def _switch(emulator: Emulator, parameters: FaultNumber, *, is_on: bool) -> Result:
    fault = _find(emulator, parameters)
    fault.is_on = is_on
    emulator.faults.version += 1
    return {"fault": show(fault)}


def _find(emulator: Emulator, parameters: FaultNumber) -> Fault:
    fault = emulator.faults.find(parameters.id)
    if fault is None:
        message = f"there is no fault {parameters.id}; `fault list` shows those that are set"
        raise ThingNotFound(message)
    return fault


HANDLERS: dict[Operation, Handler] = {
    faults.LIST: list_,
    faults.KINDS: kinds,
    faults.ADD: add,
    faults.REMOVE: remove,
    faults.PAUSE: pause,
    faults.RESUME: resume,
    faults.CLEAR: clear,
}
