"""A replica in the state machine: it knows when it may be told to begin anew, and when it must."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from afterlook.runtime.instants import TICKS_PER_SECOND
from tests.sync.replica import Outcome, Replica, State, differences

if TYPE_CHECKING:
    from tests.sync.machine import Machine


class Kept(NamedTuple):
    """A replica's state; the second, and the count of deletions, of which its link knew all."""

    state: State = State()
    as_of: int = 0
    deletions: int = 0


@dataclass(frozen=True)
class Request:
    """A request that was sent: from which state, of what size, and what came of it."""

    kept: Kept
    size: int
    writes: int
    outcome: Outcome
    state: State


class Follower:
    """A copy of the folders of a machine's mailbox, or of the tasks in `folder`."""

    def __init__(self, replica: Replica, folder: str | None) -> None:
        self._replica = replica
        self._folder = folder
        self._as_of = self._deletions = 0
        self._sent: list[Request] = []

    def turn(self, machine: Machine, size: int | None = None) -> Outcome:
        """Go on by a page; at the end of a round, expect to be even with the plain list."""
        kept, now = self._kept, machine.service.clock.instant
        get, size = machine.service.get(machine.token), size or self._replica.size
        outcome = self._replica.turn(get, size)
        self._sent.append(Request(kept, size, machine.writes, outcome, self._replica.state))
        if outcome == "gone":
            assert self._folder not in machine.folders
            machine.followers.remove(self)
            return outcome
        assert self._folder is None or self._folder in machine.folders
        self._expect_expiry(machine, kept, outcome)
        if outcome == "round":
            self._expect_even(machine)
        if outcome == "round" or kept.state.link is None:
            self._as_of, self._deletions = now // TICKS_PER_SECOND, len(machine.deletions)
        return outcome

    def finish(self, machine: Machine) -> None:
        """Go on to the end of a round."""
        while self.turn(machine) not in ("round", "gone"):
            pass

    def repeat(self, machine: Machine, *, keeps_entities: bool) -> None:
        """Send the latest request again; where nothing was written since, it changes nothing."""
        if not self._sent:
            return
        before = self._sent[-1]
        # Only what that very answer brought can have outlived the link.
        is_latest = self._replica.state is before.state and before.outcome != "expired"
        self._return(before.kept, keeps_entities=keeps_entities and is_latest)
        outcome = self.turn(machine, before.size)
        if before.writes == machine.writes and "expired" not in (outcome, before.outcome):
            assert outcome == before.outcome
            assert self._replica.state.entities == before.state.entities

    def fall_back(self, to: int) -> None:
        """Go back to an earlier state."""
        if self._sent:
            self._return(self._sent[to % len(self._sent)].kept)

    @property
    def _kept(self) -> Kept:
        return Kept(self._replica.state, self._as_of, self._deletions)

    def _return(self, kept: Kept, *, keeps_entities: bool = False) -> None:
        self._replica.go_back(kept.state, keeps_entities=keeps_entities)
        _, self._as_of, self._deletions = kept

    def _expect_expiry(self, machine: Machine, kept: Kept, outcome: Outcome) -> None:
        """Expect a 410 beyond the horizon, and else only for deletions that may be forgotten."""
        if kept.state.link is None:
            return
        horizon = machine.service.horizon
        is_old = machine.service.clock.instant - kept.as_of * TICKS_PER_SECOND > horizon
        may_miss = any(at < machine.peak - horizon for at in machine.deletions[kept.deletions :])
        assert outcome == "expired" or not is_old
        assert outcome != "expired" or is_old or may_miss

    def _expect_even(self, machine: Machine) -> None:
        copy, of = self._replica.state.entities, self._replica
        get = machine.service.get(machine.token)
        there = of.listed(get)
        assert not differences(copy, there)
        known = machine.folders if self._folder is None else machine.folders[self._folder]
        assert set(copy) - of.built_in == set(known)
