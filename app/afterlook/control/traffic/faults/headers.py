"""A fault for one request, by a header of it: `X-Afterlook-Fault: status=503; retry-after=3`.

Owns its syntax: parameters of `fault add` that say what goes wrong, a flag by its bare name.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from afterlook.control.traffic.faults.dice import Dice
from afterlook.control.traffic.faults.faults import Fired
from afterlook.control.traffic.faults.kinds import KINDS, FaultKind, FaultParameters, kinds_of
from afterlook.control.traffic.faults.plans import Plan
from afterlook.control.traffic.faults.wording import describe
from afterlook.runtime.problems import reason_of

HEADER = b"x-afterlook-fault"

_NAMES = frozenset(
    name
    for kind in KINDS
    if kind.apply is not None and kind.name != "sync_state_lost"
    for name in kind.members
) | {"seed"}


class InvalidFaultError(Exception):
    """The header says nothing that can be done; the text says why."""


def read_header(lines: Sequence[bytes]) -> tuple[Plan, Fired, list[FaultKind]]:
    """Return what is to be done to a request with this header. Raises `InvalidFaultError`."""
    given: dict[str, object] = {}
    for word in b"; ".join(lines).decode("latin-1").split(";"):
        name, sign, value = word.strip().partition("=")
        known = name.strip().lower().replace("-", "_")
        if known:
            if known not in _NAMES:
                names = ", ".join(sorted(each.replace("_", "-") for each in _NAMES))
                raise InvalidFaultError(f"there is no '{known[:40]}'; there are {names}")
            given[known] = value.strip() if sign else True
    try:
        parameters = FaultParameters.model_validate(given)
    except ValidationError as error:
        raise InvalidFaultError(reason_of(error.errors()[0])) from error
    kinds, plan = kinds_of(parameters), Plan()
    dice = Dice(parameters.seed or 0)
    for kind in kinds:
        if kind.apply is not None:
            kind.apply(plan, parameters, dice)
    return plan, Fired(0, describe(parameters, kinds)), kinds
