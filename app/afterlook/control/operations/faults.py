"""Faults: what goes wrong for clients, because a tester asked for it."""

from __future__ import annotations

from pydantic import Field

from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.traffic.faults.kinds import FaultParameters
from afterlook.control.values import count_of


class FaultNumber(Parameters):
    """A fault that is set."""

    id: int = Field(ge=1, description="The number of a fault, as `fault list` shows it.")


def _describe_list(listed: Result) -> str:
    return "\n".join(map(_line, listed["faults"])) or "No fault is set."


def _describe_one(result: Result) -> str:
    return _line(result["fault"])


def _line(fault: Result) -> str:
    left = "" if fault["left"] is None else f", {fault['left']} left"
    off = "" if fault["is_on"] else " (off)"
    return (
        f"{fault['id']:>4}{off}  {fault['text']}  (fired {count_of(fault['fired'], 'time')}{left})"
    )


def _describe_kinds(listed: Result) -> str:
    lines = []
    for kind in listed["kinds"]:
        lines.append(f"--{kind['name'].replace('_', '-')}: {kind['summary']}")
        for name, member in kind["parameters"].items():
            if name != kind["name"]:
                lines.append(f"    --{name.replace('_', '-')}: {member['description']}")
    lines.append("")
    for preset in listed["presets"]:
        options = " ".join(
            f"--{name.replace('_', '-')}" + ("" if value is True else f" {value}")
            for name, value in preset["parameters"].items()
        )
        lines.append(f"--preset {preset['name']}: {preset['summary']} ({options})")
    return "\n".join(lines)


LIST = Operation(
    noun="fault",
    verb="list",
    summary="List the faults that are set.",
    is_view=True,
    describe=_describe_list,
)
KINDS = Operation(
    noun="fault",
    verb="kinds",
    summary="List what can go wrong, with its parameters, and ready-made faults.",
    is_view=True,
    describe=_describe_kinds,
)
ADD = Operation(
    noun="fault",
    verb="add",
    summary="Set a fault for the calls that match.",
    parameters=FaultParameters,
    describe=_describe_one,
)
REMOVE = Operation(
    noun="fault",
    verb="remove",
    summary="Remove a fault.",
    parameters=FaultNumber,
    arguments=("id",),
    describe=lambda result: f"Removed: {_line(result['fault']).strip()}",
)
PAUSE = Operation(
    noun="fault",
    verb="pause",
    summary="Switch a fault off until it is resumed; its counts stay.",
    parameters=FaultNumber,
    arguments=("id",),
    describe=_describe_one,
)
RESUME = Operation(
    noun="fault",
    verb="resume",
    summary="Let a paused fault fire again.",
    parameters=FaultNumber,
    arguments=("id",),
    describe=_describe_one,
)
CLEAR = Operation(
    noun="fault",
    verb="clear",
    summary="Remove all faults.",
    describe=lambda cleared: f"Removed {count_of(cleared['cleared'], 'fault')}.",
)

OPERATIONS = (LIST, KINDS, ADD, REMOVE, PAUSE, RESUME, CLEAR)
