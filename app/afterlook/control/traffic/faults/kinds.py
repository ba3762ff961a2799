"""What can go wrong, declared as data.

Each `FaultKind` is a parameter of `fault add`, with those that go with it; the HTTP API, the
command's options, the console's forms and the header of a request are made of them. To add one,
add it here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from pydantic import Field, create_model, model_validator
from pydantic.fields import FieldInfo
from pydantic.functional_validators import AfterValidator

from afterlook.control.operation import Parameters
from afterlook.control.traffic.faults.dice import Dice
from afterlook.control.traffic.faults.plans import MAX_SECONDS, AnswerPoint, Plan
from afterlook.control.traffic.faults.presets import PRESETS
from afterlook.runtime.durations import read_duration
from afterlook.runtime.instants import TICKS_PER_SECOND

Stage = Literal["protocol", "transport", "domain"]
WIRES = ("outlook", "graph", "csom", "rest", "page", "other")


def _delay(given: str) -> str:
    if not 0 <= read_duration(given) <= MAX_SECONDS * TICKS_PER_SECOND:
        reason = f"give a length of time up to {MAX_SECONDS}s, such as 200ms or 1.5s"
        raise ValueError(reason)
    return given


Delay = Annotated[str, AfterValidator(_delay)]
Member = tuple[Any, FieldInfo]
Apply = Callable[[Plan, Any, Dice], None]


def _member(type_: Any, description: str, **bounds: Any) -> Member:
    return type_ | None, Field(None, description=description, **bounds)


_AFTER = _member(bool, "Do the work first, so that only its answer is lost.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """One way in which something goes wrong: asked for by the parameter of its name.

    `apply` writes it into the plan of a call. One of the domain has none: it holds as a condition
    of the mailbox, for whatever asks.
    """

    name: str
    stage: Stage
    summary: str
    member: Member
    further: Mapping[str, Member] = field(default_factory=dict)
    is_for_parts: bool = False
    """Whether a part of a batch can meet it, which has no connection of its own."""

    apply: Apply | None = None

    @property
    def members(self) -> dict[str, Member]:
        """Its own parameter, and those that go with it."""
        return {self.name: self.member, **self.further}


def _refuse(plan: Plan, given: Any, _: Dice) -> None:
    plan.status, plan.is_late = given.status, bool(given.after)
    plan.code = given.code or ""
    default = 5 if given.status == 429 else 0  # noqa: PLR2004
    plan.retry_after = default if given.retry_after is None else given.retry_after


def _forget(plan: Plan, _: Any, __: Dice) -> None:
    plan.status = 410


def _wait(plan: Plan, given: Any, dice: Dice) -> None:
    mean, spread = _seconds(given.delay), _seconds(given.spread or "0s")
    match given.distribution:
        case "uniform":
            drawn = mean + spread * dice.uniform()
        case "normal":
            drawn = mean + spread * dice.normal()
        case "lognormal":
            drawn = mean * math.exp(math.log1p(spread / mean) * dice.normal()) if mean else 0
        case _:
            drawn = mean
    plan.seconds = min(max(drawn, 0), MAX_SECONDS)


def _seconds(text: str) -> float:
    return read_duration(text) / TICKS_PER_SECOND


def _spoil(plan: Plan, given: Any, _: Dice) -> None:
    plan.is_malformed = given.malformed


def _truncate(plan: Plan, given: Any, _: Dice) -> None:
    plan.keeps = given.truncate


def _slow_down(plan: Plan, given: Any, _: Dice) -> None:
    plan.bytes_per_second = given.slow


def _reset(plan: Plan, given: Any, _: Dice) -> None:
    plan.ends, plan.is_reset, plan.is_late = given.reset, True, bool(given.after)


def _close(plan: Plan, given: Any, _: Dice) -> None:
    plan.ends, plan.is_late = given.close, bool(given.after)


_POINTS = "before: before the answer's head; head: after it; half: half-way through the body."

KINDS = (
    FaultKind(
        name="status",
        stage="protocol",
        summary="Refuse with a status, in the wire's own form; 410 only calls with a sync token.",
        member=_member(int, "Status from 400 to 599, such as 429, 503 or 401.", ge=400, le=599),
        further={
            "code": _member(
                str,
                "Code of the error instead of the wire's own, on Outlook and Graph.",
                pattern="^[A-Za-z][A-Za-z0-9._-]{0,63}$",
            ),
            "retry_after": _member(
                int,
                "Seconds in Retry-After; whoever calls again sooner is refused again. "
                "Default: 5 with a 429, else none; 0 leaves the header out.",
                ge=0,
                le=86_400,
            ),
            "after": _AFTER,
        },
        is_for_parts=True,
        apply=_refuse,
    ),
    FaultKind(
        name="malformed",
        stage="protocol",
        summary="Answer with a body that cannot be parsed.",
        member=_member(bool, "Make the body of the answer unreadable."),
        apply=_spoil,
    ),
    FaultKind(
        name="truncate",
        stage="protocol",
        summary="Answer with the first part of the body, as if it were all.",
        member=_member(int, "Percentage of the body to send, 0 to 99.", ge=0, le=99),
        apply=_truncate,
    ),
    FaultKind(
        name="delay",
        stage="transport",
        summary="Hold a call up before anything is done.",
        member=_member(Delay, f"How long to wait, such as 200ms or 1.5s; {MAX_SECONDS}s at most."),
        further={
            "distribution": _member(
                Literal["fixed", "uniform", "normal", "lognormal"],
                "fixed; uniform: up to spread more; normal: spread is the standard deviation; "
                "lognormal: delay is the median, and five of six calls take less than spread more.",
            ),
            "spread": _member(Delay, "How far the delay varies."),
        },
        apply=_wait,
    ),
    FaultKind(
        name="slow",
        stage="transport",
        summary="Send the body slowly.",
        member=_member(
            int,
            f"Bytes per second; after {MAX_SECONDS} s the rest comes at once.",
            ge=1,
            le=100_000_000,
        ),
        apply=_slow_down,
    ),
    FaultKind(
        name="reset",
        stage="transport",
        summary="Reset the connection.",
        member=_member(AnswerPoint, _POINTS),
        further={"after": _AFTER},
        apply=_reset,
    ),
    FaultKind(
        name="close",
        stage="transport",
        summary="Close the connection in good order, with the answer unfinished.",
        member=_member(AnswerPoint, _POINTS),
        further={"after": _AFTER},
        apply=_close,
    ),
    FaultKind(
        name="sync_state_lost",
        stage="domain",
        summary="Answer every sync token issued before now as too old (410).",
        member=_member(bool, "Accept only sync tokens issued from now on."),
        is_for_parts=True,
        apply=_forget,
    ),
    FaultKind(
        name="provider_down",
        stage="domain",
        summary="Make a list that tasks are gathered from unreachable.",
        member=_member(str, "Title of the list, or * for all.", min_length=1, max_length=255),
    ),
    FaultKind(
        name="exchange_sync_errors",
        stage="domain",
        summary="Let synchronisation with the mailbox end with errors.",
        member=_member(bool, "Let Exchange synchronisation end with errors."),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


class Matching(Parameters):
    """Which calls meet a fault, and how often."""

    preset: str | None = Field(
        None, description=f"Ready-made fault to start from: {', '.join(PRESETS)}."
    )
    method: str | None = Field(
        None, pattern="^[A-Za-z-]{1,32}$", description="Only calls by this method, such as POST."
    )
    path: str | None = Field(
        None,
        min_length=1,
        max_length=1024,
        description="Only calls with this text in the path; with * or ? in it, the whole path.",
    )
    mailbox: str | None = Field(
        None,
        min_length=1,
        max_length=320,
        description="Only calls to the mailbox of this UPN, or of its part before the @.",
    )
    wire: Literal["outlook", "graph", "csom", "rest", "page", "other"] | None = Field(
        None,
        description="Only calls by this wire: outlook, graph, csom, rest (both of SharePoint), "
        "page (My Tasks) or other.",
    )
    part: str | None = Field(
        None,
        min_length=1,
        max_length=128,
        description="Only this request (number or id) within a batch; * for each.",
    )
    nth: int | None = Field(None, ge=1, le=1_000_000, description="Start at the nth matching call.")
    times: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="How often it fires; 1 with nth, else always.",
    )
    probability: float | None = Field(
        None,
        gt=0,
        le=1,
        allow_inf_nan=False,
        description="Share of matching calls that it fires for, such as 0.25.",
    )
    seed: int | None = Field(
        None, ge=0, le=2**53, description="Seed of the chance, for the same outcome in each run."
    )

    @model_validator(mode="before")
    @classmethod
    def _begin_with_preset(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("preset") is None:
            return given
        preset = PRESETS.get(str(given["preset"]))
        if preset is None:
            reason = f"preset: there are {', '.join(PRESETS)}"
            raise ValueError(reason)
        return {**preset.parameters, **given}

    @model_validator(mode="after")
    def _expect_sense(self) -> Self:
        chosen = kinds_of(self)
        if not chosen:
            reason = f"say what goes wrong: give one of {', '.join(BY_NAME)}, or preset"
            raise ValueError(reason)
        wanted = {name for kind in chosen for name in kind.further}
        for kind in KINDS:
            orphans = [n for n in kind.further if n not in wanted and getattr(self, n) is not None]
            if orphans:
                reason = f"{orphans[0]}: it goes with {kind.name}, which is not given"
                raise ValueError(reason)
        if self.part is not None and (bad := [k.name for k in chosen if not k.is_for_parts]):
            reason = f"{bad[0]}: a part of a batch cannot meet it"
            raise ValueError(reason)
        self._expect_one_stage(chosen)
        return self

    def _expect_one_stage(self, chosen: list[FaultKind]) -> None:
        names = {kind.name for kind in chosen}
        if {"reset", "close"} <= names:
            reason = "close: a connection is reset or closed, not both"
            raise ValueError(reason)
        domain = [kind.name for kind in chosen if kind.apply is None]
        of_calls = [
            name
            for name in Matching.model_fields
            if domain and name not in ("preset", "mailbox") and getattr(self, name) is not None
        ]
        if domain and len(chosen) > 1:
            reason = f"{domain[0]}: it holds for a mailbox, and is set alone"
            raise ValueError(reason)
        if of_calls:
            reason = f"{of_calls[0]}: {domain[0]} holds for a mailbox until it is taken away"
            raise ValueError(reason)


def kinds_of(parameters: Matching) -> list[FaultKind]:
    """Return the kinds that parameters ask for."""
    return [kind for kind in KINDS if is_given(getattr(parameters, kind.name))]


def is_given(value: object) -> bool:
    """Tell whether a parameter says anything; a flag that is off does not."""
    return value is not None and value is not False


_MEMBERS: dict[str, Any] = {name: each for kind in KINDS for name, each in kind.members.items()}

FaultParameters = create_model(
    "FaultParameters",
    __base__=Matching,
    __doc__="What goes wrong, for which calls, and how often.",
    **_MEMBERS,
)
