"""The operations of the control surface, from Python.

Made of their declarations by `make openapi`; change those. `docs/control.md` has the answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

Result = dict[str, Any]
Call = Callable[[str, str, Mapping[str, object]], Result]
AsyncCall = Callable[[str, str, Mapping[str, object]], Awaitable[Result]]


class Clock:
    """The server's clock: freeze it, move it, go back to real time."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def show(self) -> Result:
        """Show what time it is for the server."""
        return self._call("GET", "/_emulator/api/clock/show", {})

    def freeze(self, at: str | datetime | None = None) -> Result:
        """Stop the clock, at an instant or now.

        at: Instant, such as 2016-04-22T05:44:01Z; else now.
        """
        return self._call("POST", "/_emulator/api/clock/freeze", {"at": at})

    def set(self, to: str | datetime) -> Result:
        """Set the clock; it goes on from there, unless it is frozen.

        to: Instant, such as 2016-04-22T05:44:01Z.
        """
        return self._call("POST", "/_emulator/api/clock/set", {"to": to})

    def advance(self, by: str | timedelta) -> Result:
        """Move the clock forward or back; a frozen clock stays frozen.

        by: Length of time: 32d, 1h30m, -2w or P1DT12H.
        """
        return self._call("POST", "/_emulator/api/clock/advance", {"by": by})

    def reset(self) -> Result:
        """Go by real time again."""
        return self._call("POST", "/_emulator/api/clock/reset", {})

    def due(self) -> Result:
        """List when things issued now would expire, and what else falls due."""
        return self._call("GET", "/_emulator/api/clock/due", {})


class Fault:
    """Make calls fail, so that a test sees how a client copes."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def list(self) -> Result:
        """List the faults that are set."""
        return self._call("GET", "/_emulator/api/fault/list", {})

    def kinds(self) -> Result:
        """List what can go wrong, with its parameters, and ready-made faults."""
        return self._call("GET", "/_emulator/api/fault/kinds", {})

    def add(
        self,
        *,
        preset: str | None = None,
        method: str | None = None,
        path: str | None = None,
        mailbox: str | None = None,
        wire: str | None = None,
        part: str | None = None,
        nth: int | None = None,
        times: int | None = None,
        probability: float | None = None,
        seed: int | None = None,
        status: int | None = None,
        code: str | None = None,
        retry_after: int | None = None,
        after: bool | None = None,
        malformed: bool | None = None,
        truncate: int | None = None,
        delay: str | None = None,
        distribution: str | None = None,
        spread: str | None = None,
        slow: int | None = None,
        reset: str | None = None,
        close: str | None = None,
        sync_state_lost: bool | None = None,
        provider_down: str | None = None,
        exchange_sync_errors: bool | None = None,
    ) -> Result:
        """Set a fault for the calls that match.

        preset: Ready-made fault to start from: throttled, outage, flaky, expired, no-mailbox,
            lost-answer, resync, slow, dropped.
        method: Only calls by this method, such as POST.
        path: Only calls with this text in the path; with * or ? in it, the whole path.
        mailbox: Only calls to the mailbox of this UPN, or of its part before the @.
        wire: Only calls by this wire: outlook, graph, csom, rest (both of SharePoint), page (My
            Tasks) or other.
        part: Only this request (number or id) within a batch; * for each.
        nth: Start at the nth matching call.
        times: How often it fires; 1 with nth, else always.
        probability: Share of matching calls that it fires for, such as 0.25.
        seed: Seed of the chance, for the same outcome in each run.
        status: Status from 400 to 599, such as 429, 503 or 401.
        code: Code of the error instead of the wire's own, on Outlook and Graph.
        retry_after: Seconds in Retry-After; whoever calls again sooner is refused again.
            Default: 5 with a 429, else none; 0 leaves the header out.
        after: Do the work first, so that only its answer is lost.
        malformed: Make the body of the answer unreadable.
        truncate: Percentage of the body to send, 0 to 99.
        delay: How long to wait, such as 200ms or 1.5s; 60s at most.
        distribution: fixed; uniform: up to spread more; normal: spread is the standard
            deviation; lognormal: delay is the median, and five of six calls take less than
            spread more.
        spread: How far the delay varies.
        slow: Bytes per second; after 60 s the rest comes at once.
        reset: before: before the answer's head; head: after it; half: half-way through the
            body.
        close: before: before the answer's head; head: after it; half: half-way through the
            body.
        sync_state_lost: Accept only sync tokens issued from now on.
        provider_down: Title of the list, or * for all.
        exchange_sync_errors: Let Exchange synchronisation end with errors.
        """
        return self._call(
            "POST",
            "/_emulator/api/fault/add",
            {
                "preset": preset,
                "method": method,
                "path": path,
                "mailbox": mailbox,
                "wire": wire,
                "part": part,
                "nth": nth,
                "times": times,
                "probability": probability,
                "seed": seed,
                "status": status,
                "code": code,
                "retry_after": retry_after,
                "after": after,
                "malformed": malformed,
                "truncate": truncate,
                "delay": delay,
                "distribution": distribution,
                "spread": spread,
                "slow": slow,
                "reset": reset,
                "close": close,
                "sync_state_lost": sync_state_lost,
                "provider_down": provider_down,
                "exchange_sync_errors": exchange_sync_errors,
            },
        )

    def remove(self, id: int) -> Result:
        """Remove a fault.

        id: The number of a fault, as `fault list` shows it.
        """
        return self._call("POST", "/_emulator/api/fault/remove", {"id": id})

    def pause(self, id: int) -> Result:
        """Switch a fault off until it is resumed; its counts stay.

        id: The number of a fault, as `fault list` shows it.
        """
        return self._call("POST", "/_emulator/api/fault/pause", {"id": id})

    def resume(self, id: int) -> Result:
        """Let a paused fault fire again.

        id: The number of a fault, as `fault list` shows it.
        """
        return self._call("POST", "/_emulator/api/fault/resume", {"id": id})

    def clear(self) -> Result:
        """Remove all faults."""
        return self._call("POST", "/_emulator/api/fault/clear", {})


class Journal:
    """What clients sent, and what they were answered."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def __call__(
        self,
        query: str | None = None,
        *,
        wait: float | None = None,
        count: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> Result:
        """List exchanges, oldest first; or wait for one, or expect so many.

        query: Which exchanges, such as 'status:4xx method:POST path:/tasks mailbox:alice
            fault:yes since:5m "text"'.
        wait: Seconds to wait until one matches, or as many as `count` says.
        count: How many must match, no more and no fewer.
        after: Only exchanges after the one of this number.
        limit: How many to list, at most: the newest of them.
        """
        return self._call(
            "GET",
            "/_emulator/api/journal",
            {"query": query, "wait": wait, "count": count, "after": after, "limit": limit},
        )

    def show(self, id: int) -> Result:
        """Show one exchange whole: what differs from the contract, what it becomes in Graph.

        id: The number of an exchange.
        """
        return self._call("GET", "/_emulator/api/journal/show", {"id": id})

    def clear(self) -> Result:
        """Forget all exchanges; numbering goes on."""
        return self._call("POST", "/_emulator/api/journal/clear", {})


class Mailbox:
    """List, show, make and delete mailboxes."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def list(self, *, limit: int | None = None) -> Result:
        """List the mailboxes, the newest first.

        limit: The most to list.
        """
        return self._call("GET", "/_emulator/api/mailbox/list", {"limit": limit})

    def show(self, mailbox: str, *, limit: int | None = None) -> Result:
        """Show the folders and tasks of a mailbox.

        mailbox: Its name in addresses, such as alice, or its user's UPN.
        limit: The most tasks to show.
        """
        return self._call(
            "GET", "/_emulator/api/mailbox/show", {"mailbox": mailbox, "limit": limit}
        )

    def create(
        self, *, upn: str | None = None, owner: str | None = None, expires_in: int | None = None
    ) -> Result:
        """Make a mailbox, with a token that opens it: one for each test, say.

        upn: User principal name; alice: alice@afterlook.example; omitted: a new one.
        owner: Display name of its user.
        expires_in: Seconds until its token expires; omitted: never.
        """
        return self._call(
            "POST",
            "/_emulator/api/mailbox/create",
            {"upn": upn, "owner": owner, "expires_in": expires_in},
        )

    def delete(self, mailbox: str) -> Result:
        """Delete a mailbox with everything in it.

        mailbox: Its name in addresses, such as alice, or its user's UPN.
        """
        return self._call("POST", "/_emulator/api/mailbox/delete", {"mailbox": mailbox})


class Snapshot:
    """Save all mailboxes under a name, and go back to them later."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def save(self, name: str) -> Result:
        """Save all mailboxes under a name, in place of an earlier snapshot of that name.

        name: Name: up to 64 letters, digits, dots, dashes and underscores.
        """
        return self._call("POST", "/_emulator/api/snapshot/save", {"name": name})

    def restore(self, name: str) -> Result:
        """Go back to a snapshot: its mailboxes are as they were, all others are gone.

        name: Name: up to 64 letters, digits, dots, dashes and underscores.
        """
        return self._call("POST", "/_emulator/api/snapshot/restore", {"name": name})

    def list(self) -> Result:
        """List the snapshots, the latest first."""
        return self._call("GET", "/_emulator/api/snapshot/list", {})

    def delete(self, name: str) -> Result:
        """Delete a snapshot.

        name: Name: up to 64 letters, digits, dots, dashes and underscores.
        """
        return self._call("POST", "/_emulator/api/snapshot/delete", {"name": name})


class Operations:
    """All operations of a server."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.clock = Clock(call)
        self.fault = Fault(call)
        self.journal = Journal(call)
        self.mailbox = Mailbox(call)
        self.snapshot = Snapshot(call)

    def reset(self, *, mailbox: str | None = None) -> Result:
        """Go back to the seed that the server was started with.

        mailbox: Name or UPN of a mailbox; else all of them.
        """
        return self._call("POST", "/_emulator/api/reset", {"mailbox": mailbox})

    def seed(self, seed: str | Mapping[str, Any], *, mailbox: str | None = None) -> Result:
        """Add a seed, by name or from a file, to what is there; all or nothing.

        seed: A shipped seed's name, or a seed as a JSON object.
        mailbox: Mailbox to load it into, whatever the seed says; the seed must have just one.
        """
        return self._call("POST", "/_emulator/api/seed", {"seed": seed, "mailbox": mailbox})

    def export(self, *, mailbox: str | None = None, format: str | None = None) -> Result:
        """Write mailboxes with everything in them to one JSON file.

        mailbox: Name or UPN of a mailbox; else all of them.
        format: afterlook: with everything; graph: lists of To Do as Graph answers.
        """
        return self._call("GET", "/_emulator/api/export", {"mailbox": mailbox, "format": format})

    def import_(
        self,
        document: Mapping[str, Any],
        *,
        mailbox: str | None = None,
        replace: bool | None = None,
    ) -> Result:
        """Read a file of `export`, or lists as Microsoft Graph answers them; all or nothing.

        document: What `export` wrote, or lists as Graph answers them, as a JSON object.
        mailbox: Mailbox that Graph's lists are added to, else the demo user's.
        replace: Replace the mailboxes that the file names, if they are there.
        """
        return self._call(
            "POST",
            "/_emulator/api/import",
            {"document": document, "mailbox": mailbox, "replace": replace},
        )

    def token(
        self, *, user: str, scope: str | None = None, expires_in: int | None = None
    ) -> Result:
        """Make a bearer token for a user.

        user: A mailbox's name, or a UPN; a user who has no mailbox yet gets one.
        scope: Scopes, separated by spaces (default: all).
        expires_in: Seconds until it expires; 0 or less: it has expired already.
        """
        return self._call(
            "POST", "/_emulator/api/token", {"user": user, "scope": scope, "expires_in": expires_in}
        )

    def migrate_report(self, *, mailbox: str | None = None, examples: int | None = None) -> Result:
        """Report what becomes of calls and data in Microsoft Graph To Do, and what is lost.

        mailbox: Name or UPN of a mailbox; else all of them.
        examples: How many to name of each thing, at most.
        """
        return self._call(
            "GET", "/_emulator/api/migrate-report", {"mailbox": mailbox, "examples": examples}
        )


class AsyncClock:
    """The server's clock: freeze it, move it, go back to real time."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call

    async def show(self) -> Result:
        """Show what time it is for the server."""
        return await self._call("GET", "/_emulator/api/clock/show", {})

    async def freeze(self, at: str | datetime | None = None) -> Result:
        """Stop the clock, at an instant or now.

        at: Instant, such as 2016-04-22T05:44:01Z; else now.
        """
        return await self._call("POST", "/_emulator/api/clock/freeze", {"at": at})

    async def set(self, to: str | datetime) -> Result:
        """Set the clock; it goes on from there, unless it is frozen.

        to: Instant, such as 2016-04-22T05:44:01Z.
        """
        return await self._call("POST", "/_emulator/api/clock/set", {"to": to})

    async def advance(self, by: str | timedelta) -> Result:
        """Move the clock forward or back; a frozen clock stays frozen.

        by: Length of time: 32d, 1h30m, -2w or P1DT12H.
        """
        return await self._call("POST", "/_emulator/api/clock/advance", {"by": by})

    async def reset(self) -> Result:
        """Go by real time again."""
        return await self._call("POST", "/_emulator/api/clock/reset", {})

    async def due(self) -> Result:
        """List when things issued now would expire, and what else falls due."""
        return await self._call("GET", "/_emulator/api/clock/due", {})


class AsyncFault:
    """Make calls fail, so that a test sees how a client copes."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call

    async def list(self) -> Result:
        """List the faults that are set."""
        return await self._call("GET", "/_emulator/api/fault/list", {})

    async def kinds(self) -> Result:
        """List what can go wrong, with its parameters, and ready-made faults."""
        return await self._call("GET", "/_emulator/api/fault/kinds", {})

    async def add(
        self,
        *,
        preset: str | None = None,
        method: str | None = None,
        path: str | None = None,
        mailbox: str | None = None,
        wire: str | None = None,
        part: str | None = None,
        nth: int | None = None,
        times: int | None = None,
        probability: float | None = None,
        seed: int | None = None,
        status: int | None = None,
        code: str | None = None,
        retry_after: int | None = None,
        after: bool | None = None,
        malformed: bool | None = None,
        truncate: int | None = None,
        delay: str | None = None,
        distribution: str | None = None,
        spread: str | None = None,
        slow: int | None = None,
        reset: str | None = None,
        close: str | None = None,
        sync_state_lost: bool | None = None,
        provider_down: str | None = None,
        exchange_sync_errors: bool | None = None,
    ) -> Result:
        """Set a fault for the calls that match.

        preset: Ready-made fault to start from: throttled, outage, flaky, expired, no-mailbox,
            lost-answer, resync, slow, dropped.
        method: Only calls by this method, such as POST.
        path: Only calls with this text in the path; with * or ? in it, the whole path.
        mailbox: Only calls to the mailbox of this UPN, or of its part before the @.
        wire: Only calls by this wire: outlook, graph, csom, rest (both of SharePoint), page (My
            Tasks) or other.
        part: Only this request (number or id) within a batch; * for each.
        nth: Start at the nth matching call.
        times: How often it fires; 1 with nth, else always.
        probability: Share of matching calls that it fires for, such as 0.25.
        seed: Seed of the chance, for the same outcome in each run.
        status: Status from 400 to 599, such as 429, 503 or 401.
        code: Code of the error instead of the wire's own, on Outlook and Graph.
        retry_after: Seconds in Retry-After; whoever calls again sooner is refused again.
            Default: 5 with a 429, else none; 0 leaves the header out.
        after: Do the work first, so that only its answer is lost.
        malformed: Make the body of the answer unreadable.
        truncate: Percentage of the body to send, 0 to 99.
        delay: How long to wait, such as 200ms or 1.5s; 60s at most.
        distribution: fixed; uniform: up to spread more; normal: spread is the standard
            deviation; lognormal: delay is the median, and five of six calls take less than
            spread more.
        spread: How far the delay varies.
        slow: Bytes per second; after 60 s the rest comes at once.
        reset: before: before the answer's head; head: after it; half: half-way through the
            body.
        close: before: before the answer's head; head: after it; half: half-way through the
            body.
        sync_state_lost: Accept only sync tokens issued from now on.
        provider_down: Title of the list, or * for all.
        exchange_sync_errors: Let Exchange synchronisation end with errors.
        """
        return await self._call(
            "POST",
            "/_emulator/api/fault/add",
            {
                "preset": preset,
                "method": method,
                "path": path,
                "mailbox": mailbox,
                "wire": wire,
                "part": part,
                "nth": nth,
                "times": times,
                "probability": probability,
                "seed": seed,
                "status": status,
                "code": code,
                "retry_after": retry_after,
                "after": after,
                "malformed": malformed,
                "truncate": truncate,
                "delay": delay,
                "distribution": distribution,
                "spread": spread,
                "slow": slow,
                "reset": reset,
                "close": close,
                "sync_state_lost": sync_state_lost,
                "provider_down": provider_down,
                "exchange_sync_errors": exchange_sync_errors,
            },
        )

    async def remove(self, id: int) -> Result:
        """Remove a fault.

        id: The number of a fault, as `fault list` shows it.
        """
        return await self._call("POST", "/_emulator/api/fault/remove", {"id": id})

    async def pause(self, id: int) -> Result:
        """Switch a fault off until it is resumed; its counts stay.

        id: The number of a fault, as `fault list` shows it.
        """
        return await self._call("POST", "/_emulator/api/fault/pause", {"id": id})

    async def resume(self, id: int) -> Result:
        """Let a paused fault fire again.

        id: The number of a fault, as `fault list` shows it.
        """
        return await self._call("POST", "/_emulator/api/fault/resume", {"id": id})

    async def clear(self) -> Result:
        """Remove all faults."""
        return await self._call("POST", "/_emulator/api/fault/clear", {})


class AsyncJournal:
    """What clients sent, and what they were answered."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call

    async def __call__(
        self,
        query: str | None = None,
        *,
        wait: float | None = None,
        count: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> Result:
        """List exchanges, oldest first; or wait for one, or expect so many.

        query: Which exchanges, such as 'status:4xx method:POST path:/tasks mailbox:alice
            fault:yes since:5m "text"'.
        wait: Seconds to wait until one matches, or as many as `count` says.
        count: How many must match, no more and no fewer.
        after: Only exchanges after the one of this number.
        limit: How many to list, at most: the newest of them.
        """
        return await self._call(
            "GET",
            "/_emulator/api/journal",
            {"query": query, "wait": wait, "count": count, "after": after, "limit": limit},
        )

    async def show(self, id: int) -> Result:
        """Show one exchange whole: what differs from the contract, what it becomes in Graph.

        id: The number of an exchange.
        """
        return await self._call("GET", "/_emulator/api/journal/show", {"id": id})

    async def clear(self) -> Result:
        """Forget all exchanges; numbering goes on."""
        return await self._call("POST", "/_emulator/api/journal/clear", {})


class AsyncMailbox:
    """List, show, make and delete mailboxes."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call

    async def list(self, *, limit: int | None = None) -> Result:
        """List the mailboxes, the newest first.

        limit: The most to list.
        """
        return await self._call("GET", "/_emulator/api/mailbox/list", {"limit": limit})

    async def show(self, mailbox: str, *, limit: int | None = None) -> Result:
        """Show the folders and tasks of a mailbox.

        mailbox: Its name in addresses, such as alice, or its user's UPN.
        limit: The most tasks to show.
        """
        return await self._call(
            "GET", "/_emulator/api/mailbox/show", {"mailbox": mailbox, "limit": limit}
        )

    async def create(
        self, *, upn: str | None = None, owner: str | None = None, expires_in: int | None = None
    ) -> Result:
        """Make a mailbox, with a token that opens it: one for each test, say.

        upn: User principal name; alice: alice@afterlook.example; omitted: a new one.
        owner: Display name of its user.
        expires_in: Seconds until its token expires; omitted: never.
        """
        return await self._call(
            "POST",
            "/_emulator/api/mailbox/create",
            {"upn": upn, "owner": owner, "expires_in": expires_in},
        )

    async def delete(self, mailbox: str) -> Result:
        """Delete a mailbox with everything in it.

        mailbox: Its name in addresses, such as alice, or its user's UPN.
        """
        return await self._call("POST", "/_emulator/api/mailbox/delete", {"mailbox": mailbox})


class AsyncSnapshot:
    """Save all mailboxes under a name, and go back to them later."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call

    async def save(self, name: str) -> Result:
        """Save all mailboxes under a name, in place of an earlier snapshot of that name.

        name: Name: up to 64 letters, digits, dots, dashes and underscores.
        """
        return await self._call("POST", "/_emulator/api/snapshot/save", {"name": name})

    async def restore(self, name: str) -> Result:
        """Go back to a snapshot: its mailboxes are as they were, all others are gone.

        name: Name: up to 64 letters, digits, dots, dashes and underscores.
        """
        return await self._call("POST", "/_emulator/api/snapshot/restore", {"name": name})

    async def list(self) -> Result:
        """List the snapshots, the latest first."""
        return await self._call("GET", "/_emulator/api/snapshot/list", {})

    async def delete(self, name: str) -> Result:
        """Delete a snapshot.

        name: Name: up to 64 letters, digits, dots, dashes and underscores.
        """
        return await self._call("POST", "/_emulator/api/snapshot/delete", {"name": name})


class AsyncOperations:
    """All operations of a server."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call
        self.clock = AsyncClock(call)
        self.fault = AsyncFault(call)
        self.journal = AsyncJournal(call)
        self.mailbox = AsyncMailbox(call)
        self.snapshot = AsyncSnapshot(call)

    async def reset(self, *, mailbox: str | None = None) -> Result:
        """Go back to the seed that the server was started with.

        mailbox: Name or UPN of a mailbox; else all of them.
        """
        return await self._call("POST", "/_emulator/api/reset", {"mailbox": mailbox})

    async def seed(self, seed: str | Mapping[str, Any], *, mailbox: str | None = None) -> Result:
        """Add a seed, by name or from a file, to what is there; all or nothing.

        seed: A shipped seed's name, or a seed as a JSON object.
        mailbox: Mailbox to load it into, whatever the seed says; the seed must have just one.
        """
        return await self._call("POST", "/_emulator/api/seed", {"seed": seed, "mailbox": mailbox})

    async def export(self, *, mailbox: str | None = None, format: str | None = None) -> Result:
        """Write mailboxes with everything in them to one JSON file.

        mailbox: Name or UPN of a mailbox; else all of them.
        format: afterlook: with everything; graph: lists of To Do as Graph answers.
        """
        return await self._call(
            "GET", "/_emulator/api/export", {"mailbox": mailbox, "format": format}
        )

    async def import_(
        self,
        document: Mapping[str, Any],
        *,
        mailbox: str | None = None,
        replace: bool | None = None,
    ) -> Result:
        """Read a file of `export`, or lists as Microsoft Graph answers them; all or nothing.

        document: What `export` wrote, or lists as Graph answers them, as a JSON object.
        mailbox: Mailbox that Graph's lists are added to, else the demo user's.
        replace: Replace the mailboxes that the file names, if they are there.
        """
        return await self._call(
            "POST",
            "/_emulator/api/import",
            {"document": document, "mailbox": mailbox, "replace": replace},
        )

    async def token(
        self, *, user: str, scope: str | None = None, expires_in: int | None = None
    ) -> Result:
        """Make a bearer token for a user.

        user: A mailbox's name, or a UPN; a user who has no mailbox yet gets one.
        scope: Scopes, separated by spaces (default: all).
        expires_in: Seconds until it expires; 0 or less: it has expired already.
        """
        return await self._call(
            "POST", "/_emulator/api/token", {"user": user, "scope": scope, "expires_in": expires_in}
        )

    async def migrate_report(
        self, *, mailbox: str | None = None, examples: int | None = None
    ) -> Result:
        """Report what becomes of calls and data in Microsoft Graph To Do, and what is lost.

        mailbox: Name or UPN of a mailbox; else all of them.
        examples: How many to name of each thing, at most.
        """
        return await self._call(
            "GET", "/_emulator/api/migrate-report", {"mailbox": mailbox, "examples": examples}
        )
