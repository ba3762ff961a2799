"""The layer around the application that sees what passes: keeps, counts and disturbs it.

Owns what a call meets, in which order. Where nothing is to be seen to, it hands everything on.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING

from starlette.requests import Request

from afterlook.auth.choices import choice_of
from afterlook.auth.identity import EXPIRED
from afterlook.auth.mailboxes import CALLED, MailboxResolver
from afterlook.control.traffic.clients import Client, no_body
from afterlook.control.traffic.exchanges import CALL, Exchange, HeaderLines
from afterlook.control.traffic.faults.faults import Call, Faults, Fired
from afterlook.control.traffic.faults.faulty_send import FaultySend
from afterlook.control.traffic.faults.headers import HEADER, InvalidFaultError, read_header
from afterlook.control.traffic.faults.syncstates import sync_token
from afterlook.control.traffic.subrequests import SubrequestsWatch
from afterlook.control.traffic.wire_names import is_seen, refuse
from afterlook.errors import InvalidRequest, ServiceError
from afterlook.http.connection_bounds import END
from afterlook.http.paths import is_normal, normalise, raw_path
from afterlook.http.subrequests import HOOK

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from afterlook.control.traffic.faults.plans import Plan
    from afterlook.control.traffic.journal import Journal
    from afterlook.control.traffic.metrics import Metrics
    from afterlook.control.traffic.routes import Labels
    from afterlook.http.sender import Sender
    from afterlook.runtime.clock import AdjustableClock

UNAUTHORIZED = 401

_OF_MAILBOXES = frozenset({"outlook", "graph", "csom", "rest"})
"""Wires each of whose calls is for a mailbox."""

_WITHOUT_BODY = frozenset({"GET", "HEAD"})

Met = tuple["Plan", Fired]


def refuse_by_fault(scope: Scope, _: Sender) -> None:
    """As a guard: refuse a call that a fault refuses, with all that its answer has beside.

    Raises a `ServiceError`. It is the last guard: what is not let in meets no fault.
    """
    exchange: Exchange | None = scope.get(CALL)
    if exchange is not None:
        exchange.scope = scope
        if exchange.refusal is not None:
            raise exchange.refusal


class Recorder:
    """Passes requests to `app`, the front. Without a journal and metrics it only disturbs."""

    def __init__(
        self,
        app: ASGIApp,
        clock: AdjustableClock,
        mailboxes: MailboxResolver,
        journal: Journal,
        faults: Faults | None,
        metrics: Metrics | None,
        labels: Labels,
    ) -> None:
        self._app = app
        self._clock = clock
        self._mailboxes = mailboxes
        self._journal, self._keeps = journal, journal.is_on
        self._faults = faults
        self._metrics = metrics
        self._labels = labels

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        raw = raw_path(scope)
        path = scope["path"] if is_normal(raw) else normalise(raw)[0]
        if not is_seen(path):
            await self._app(scope, receive, send)
            return
        clock, metrics, faults, keeps = self._clock, self._metrics, self._faults, self._keeps
        now = clock.now()
        exchange = Exchange(scope, now, now if clock.is_real else clock.real, path)
        scope[CALL] = exchange
        if "$batch" in path.lower() and faults is not None:
            exchange.parts = []
            scope[HOOK] = SubrequestsWatch(exchange, faults, clock)
        if metrics is not None:
            metrics.in_flight += 1
        if keeps and exchange.method not in _WITHOUT_BODY:
            receive = exchange.wrap_receive(receive)
        send = exchange.wrap_send(send, keeps=keeps)
        begun = perf_counter()
        try:
            if faults is None or not (len(faults) or _has_header(scope["headers"])):
                await self._app(scope, receive, send)
            else:
                await self._disturb(faults, exchange, scope, receive, send)
        finally:
            self._end(exchange, perf_counter() - begun)

    def _end(self, exchange: Exchange, seconds: float) -> None:
        scope, metrics = exchange.scope, self._metrics
        if scope is not None:
            exchange.operation = self._labels.of(scope)
            called = scope.get(CALLED)
            if called is not None:
                exchange.mailbox = called.upn
            # It holds the exchange in turn, which would be left to the garbage collector.
            exchange.scope = None
        if metrics is not None:
            metrics.in_flight -= 1
            metrics.count(exchange, seconds)
        if self._keeps:
            exchange.end(seconds * 1000)
            self._journal.add(exchange)

    async def _disturb(
        self, faults: Faults, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request that may meet a fault."""
        met = await self._meet(faults, scope, exchange)
        if faults.need_answers:
            scope["headers"] = _without_coding(scope["headers"])
            send = faults.wrap_send(send)
        if met is None:
            await self._app(scope, receive, send)
        else:
            exchange.fired = met[1]
            await self._carry_out(met[0], exchange, scope, receive, send)

    async def _meet(self, faults: Faults, scope: Scope, exchange: Exchange) -> Met | None:
        """Return what a call meets, by its own header or by a fault that is set."""
        lines = [value for name, value in scope["headers"] if name == HEADER]
        if not (lines or len(faults)):
            return None
        authorization = b", ".join(v for name, v in scope["headers"] if name == b"authorization")
        if exchange.wire in _OF_MAILBOXES or faults.need_mailbox:
            await self._find_mailbox(scope, exchange, authorization)
        if lines:
            try:
                plan, fired, kinds = read_header(lines)
            except InvalidFaultError as error:
                exchange.refusal = InvalidRequest(reason=f"X-Afterlook-Fault: {error}")
                return None
            faults.note(kinds)
            return plan, fired
        return faults.meet(_as_call(exchange, authorization))

    async def _find_mailbox(self, scope: Scope, exchange: Exchange, authorization: bytes) -> None:
        """Note whose mailbox is called, which is made now where it is new."""
        try:
            mailbox = await self._mailboxes.resolve(
                authorization.decode("latin-1") or None, choice_of(Request(scope))
            )
            exchange.mailbox = mailbox.upn
        except ServiceError:
            # Whoever cannot be told hears why further in, unless they meet a fault before.
            exchange.mailbox = None

    async def _carry_out(
        self, plan: Plan, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        client = Client(receive)
        end = (scope.get("extensions") or {}).get(END)
        faulty_send = FaultySend(send, plan, client, end)
        if plan.seconds and await client.leaves_within(plan.seconds):
            return
        if plan.ends == "before" and not plan.is_late:
            await faulty_send.end()
            return
        if plan.needs_plain_body:
            scope = {**scope, "headers": _without_coding(scope["headers"])}
        run = partial(self._app, scope)
        if plan.is_late:
            await run(client.receive, _swallow)
            if plan.ends == "before":
                await faulty_send.end()
                return
            client = Client(no_body)
        if plan.status is not None:
            exchange.refusal = _refusal(plan, exchange.wire)
        await run(client.receive, faulty_send)


def _as_call(exchange: Exchange, authorization: bytes) -> Call:
    return Call(
        method=exchange.method,
        path=exchange.path,
        wire=exchange.wire,
        mailbox=exchange.mailbox,
        caller=sha256(authorization).digest(),
        sync_token=sync_token(exchange.query.decode("latin-1")),
    )


def _has_header(headers: HeaderLines) -> bool:
    return HEADER in dict(headers)


def _refusal(plan: Plan, wire: str) -> ServiceError:
    headers: dict[str, str] = {}
    if plan.retry_after:
        headers["Retry-After"] = str(plan.retry_after)
    if plan.status == UNAUTHORIZED:
        headers |= EXPIRED
    return refuse(wire, plan, headers)


def _without_coding(headers: HeaderLines) -> list[tuple[bytes, bytes]]:
    return [pair for pair in headers if pair[0] != b"accept-encoding"]


async def _swallow(_: Message) -> None:
    """Take an answer that nobody is to hear of."""
