"""The clock that everything on the server goes by."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator

from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.values import Moment, expect_duration
from afterlook.runtime.durations import EXAMPLES


class OptionalMoment(Parameters):
    """An instant, or none for now."""

    at: Moment | None = Field(None, description="Instant, such as 2016-04-22T05:44:01Z; else now.")


class GivenMoment(Parameters):
    """An instant."""

    to: Moment = Field(description="Instant, such as 2016-04-22T05:44:01Z.")


class Step(Parameters):
    """How far to go."""

    by: Annotated[str, AfterValidator(expect_duration)] = Field(
        max_length=64, description=f"Length of time: {EXAMPLES}."
    )


def _describe(clock: Result) -> str:
    now, real = clock["now"], clock["real"]
    if clock["state"] == "frozen":
        return f"{now} (frozen)"
    return f"{now} (it goes on from there)" if clock["state"] == "moved" else f"{real} (real time)"


def _describe_due(result: Result) -> str:
    return "\n".join(f"{each['at']}  {each['text']}" for each in result["due"])


SHOW = Operation(
    noun="clock",
    verb="show",
    summary="Show what time it is for the server.",
    is_view=True,
    describe=_describe,
)
FREEZE = Operation(
    noun="clock",
    verb="freeze",
    summary="Stop the clock, at an instant or now.",
    parameters=OptionalMoment,
    arguments=("at",),
    describe=_describe,
)
SET = Operation(
    noun="clock",
    verb="set",
    summary="Set the clock; it goes on from there, unless it is frozen.",
    parameters=GivenMoment,
    arguments=("to",),
    describe=_describe,
)
ADVANCE = Operation(
    noun="clock",
    verb="advance",
    summary="Move the clock forward or back; a frozen clock stays frozen.",
    parameters=Step,
    arguments=("by",),
    describe=_describe,
)
RESET = Operation(
    noun="clock",
    verb="reset",
    summary="Go by real time again.",
    describe=_describe,
)

DUE = Operation(
    noun="clock",
    verb="due",
    summary="List when things issued now would expire, and what else falls due.",
    is_view=True,
    describe=_describe_due,
)

OPERATIONS = (SHOW, FREEZE, SET, ADVANCE, RESET, DUE)
