"""The faults that are set: which calls meet them, how often, and who was told to wait.

Owns the counts, and that several faults may hit one call: the first that says a thing decides it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from afterlook.control.traffic.faults.dice import Dice
from afterlook.control.traffic.faults.kinds import FaultKind, Matching, kinds_of
from afterlook.control.traffic.faults.plans import Plan
from afterlook.control.traffic.faults.syncstates import SyncStates
from afterlook.control.traffic.faults.wording import describe
from afterlook.control.traffic.paths import is_meant
from afterlook.control.traffic.queries import is_mailbox
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant

if TYPE_CHECKING:
    from starlette.types import Message, Send

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.conditions import Condition

MAX_FAULTS = 200

MAX_WAITING = 4096
"""Callers that one fault remembers to have told to wait; beyond that the first is forgotten."""

GONE = 410


class Call(NamedTuple):
    """What a fault is asked about; `part` is the place and the name of a request in a batch.

    `sync_token` is the one that it has in its query, if any.
    """

    method: str
    path: str
    wire: str
    mailbox: str | None
    caller: Hashable
    sync_token: str | None = None
    part: tuple[str, ...] = ()


class Fired(NamedTuple):
    """What a call met: the number of the fault, or 0 of one by header, in words."""

    id: int
    text: str
    note: str | None = None
    is_repeat: bool = False


@dataclass(slots=True)
class Fault:
    """A fault that is set."""

    id: int
    given: Matching
    kinds: list[FaultKind]
    dice: Dice
    is_on: bool = True
    matched: int = 0
    fired: int = 0
    waiting: dict[Hashable, Instant] = field(default_factory=dict)
    """Until when each caller was told to wait, by the server's clock."""

    sync_states: SyncStates | None = None

    @property
    def text(self) -> str:
        """What it does and for whom, in words."""
        return describe(self.given, self.kinds)

    @property
    def left(self) -> int | None:
        """How often it will yet fire, or None for always."""
        times = self.given.times
        if times is None:
            if self.given.nth is None:
                return None
            times = 1
        return max(times - self.fired, 0)

    def is_of_calls(self) -> bool:
        """Tell whether single calls meet it, not a mailbox as a whole."""
        return all(kind.apply is not None for kind in self.kinds)

    def is_of(self, call: Call) -> bool:
        """Tell whether a call is of the kind that it looks at: one alone, or one in a batch."""
        part = self.given.part
        return part is None if not call.part else part in (*call.part, "*")

    def matches(self, call: Call) -> bool:
        """Tell whether a call is one that it is for; chance and counts aside."""
        given: Any = self.given
        return (
            self.is_of(call)
            and (given.method is None or given.method.upper() == call.method)
            and (given.wire is None or given.wire == call.wire)
            and (given.path is None or is_meant(given.path, call.path))
            and (given.mailbox is None or is_mailbox(given.mailbox, call.mailbox))
            and (given.status != GONE or call.sync_token is not None)
            and self._has_lost(call)
        )

    def _has_lost(self, call: Call) -> bool:
        if self.sync_states is None:
            return True
        return call.sync_token is not None and not self.sync_states.knows(call.sync_token)

    def draw(self) -> bool:
        """Count a call that matches; tell whether it fires."""
        self.matched += 1
        if self.left == 0 or (self.given.nth is not None and self.matched < self.given.nth):
            return False
        chance = self.given.probability
        if chance is not None and self.dice.uniform() >= chance:
            return False
        self.fired += 1
        return True

    def wait_of(self, caller: Hashable, now: Instant) -> int:
        """Return the seconds that a caller has yet to wait; 0 for one that need not."""
        until = self.waiting.get(caller)
        if until is None:
            return 0
        if now >= until:
            del self.waiting[caller]
            return 0
        return -((now - until) // TICKS_PER_SECOND)

    def have_wait(self, caller: Hashable, until: Instant) -> None:
        """Remember that a caller was told to wait."""
        self.waiting.pop(caller, None)
        if len(self.waiting) >= MAX_WAITING:
            del self.waiting[next(iter(self.waiting))]
        self.waiting[caller] = until


class TooManyFaultsError(Exception):
    """There are as many faults as there can be."""


class Faults:
    """All faults that are set. Requests within a batch may be asked about on another thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._faults: dict[int, Fault] = {}
        self._last = 0
        self.version = 0
        """Changes with each change of the faults, though not of their counts."""

        self.total_fired: dict[str, int] = {}
        """How often each kind has fired since the start."""

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._faults.values()))

    def __len__(self) -> int:
        return len(self._faults)

    def find(self, number: int) -> Fault | None:
        """Return the fault of a number."""
        return self._faults.get(number)

    def add(self, given: Matching) -> Fault:
        """Set a fault. Raises `TooManyFaultsError`."""
        if len(self._faults) >= MAX_FAULTS:
            raise TooManyFaultsError
        self._last += 1
        kinds = kinds_of(given)
        seed = self._last if given.seed is None else given.seed
        fault = Fault(self._last, given, kinds, Dice(seed))
        if any(kind.name == "sync_state_lost" for kind in kinds):
            fault.sync_states = SyncStates()
        self._faults[fault.id] = fault
        self.version += 1
        return fault

    def remove(self, number: int) -> Fault | None:
        """Take a fault away; return it, if it was there."""
        self.version += 1
        return self._faults.pop(number, None)

    def clear(self) -> int:
        """Take all faults away; return how many there were."""
        cleared = len(self._faults)
        self._faults.clear()
        self.version += 1
        return cleared

    @property
    def need_mailbox(self) -> bool:
        """Whether any of them asks whose mailbox is called."""
        return any(fault.given.mailbox is not None for fault in self._faults.values())

    def meet(self, call: Call) -> tuple[Plan, Fired] | None:
        """Return what is to be done to a call, and which fault it met; None where it met none."""
        with self._lock:
            now = self._clock.now()
            met: tuple[Plan, Fired] | None = None
            for fault in tuple(self._faults.values()):
                if fault.is_on and fault.is_of_calls():
                    plan = met[0] if met is not None else Plan()
                    fired = self._ask(fault, call, plan, now)
                    if fired is not None and met is None:
                        met = plan, fired
            return met

    def _ask(self, fault: Fault, call: Call, plan: Plan, now: Instant) -> Fired | None:
        seconds = fault.wait_of(call.caller, now)
        if seconds and fault.is_of(call):
            return _refuse_again(fault, plan, seconds)
        if not fault.matches(call) or not fault.draw():
            return None
        self.note(fault.kinds)
        before = plan.status
        for kind in fault.kinds:
            if kind.apply is not None:
                kind.apply(plan, fault.given, fault.dice)
        if before is not None:
            plan.status = before
        elif plan.status == 429 and plan.retry_after:  # noqa: PLR2004
            until = Instant(now + plan.retry_after * TICKS_PER_SECOND)
            fault.have_wait(call.caller, until)
        return Fired(fault.id, fault.text)

    def note(self, kinds: Iterable[FaultKind]) -> None:
        """Count that faults of some kinds fired."""
        for kind in kinds:
            self.total_fired[kind.name] = self.total_fired.get(kind.name, 0) + 1

    def are_set(self) -> bool:
        """Tell whether there are any, as the `Conditions` of the store."""
        return bool(self._faults)

    def holds(self, condition: Condition, upn: str, detail: str = "") -> bool:
        """Tell whether a condition holds for a mailbox, and count that it was met."""
        with self._lock:
            for fault in tuple(self._faults.values()):
                value = getattr(fault.given, condition)
                if (
                    value is not None
                    and fault.is_on
                    and (value in (True, "*") or str(value).lower() == detail.lower())
                    and (fault.given.mailbox is None or is_mailbox(fault.given.mailbox, upn))
                    and fault.draw()
                ):
                    self.note(fault.kinds)
                    return True
        return False

    def wrap_send(self, send: Send) -> Send:
        """Return a `send` that notes the sync tokens of what is answered."""

        async def note_and_send(message: Message) -> None:
            self.remember_sync_states(message.get("body", b""))
            await send(message)

        return note_and_send

    def remember_sync_states(self, text: bytes) -> None:
        """Note the sync tokens that an answer hands out, for the faults that forgot all others."""
        for fault in tuple(self._faults.values()):
            if fault.sync_states is not None:
                fault.sync_states.learn(text)

    @property
    def need_answers(self) -> bool:
        """Whether any of them must see what is answered."""
        return any(fault.sync_states is not None for fault in self._faults.values())


def _refuse_again(fault: Fault, plan: Plan, seconds: int) -> Fired:
    plan.status, plan.retry_after = 429, seconds
    note = f"called again {seconds} s before Retry-After was over, and refused again"
    return Fired(fault.id, fault.text, note, is_repeat=True)
