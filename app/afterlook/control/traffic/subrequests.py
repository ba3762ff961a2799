"""Requests within a batch: kept as exchanges of their own, refused by the faults that are for them.

Owns their places in the batch, and which address each is taken to have.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from afterlook.control.traffic import wire_names
from afterlook.control.traffic.exchanges import Exchange
from afterlook.control.traffic.faults.faults import Call, Faults
from afterlook.control.traffic.faults.syncstates import sync_token
from afterlook.control.traffic.wire_names import name_wire

if TYPE_CHECKING:
    from afterlook.http.subrequests import GetResponse, Refuse
    from afterlook.odata.batch import Subrequest, Subresponse
    from afterlook.runtime.clock import AdjustableClock

_SEGMENTS = {"outlook": 3, "graph": 2}
"""Segments of the root of a version, the empty one before it too."""


class SubrequestsWatch:
    """The `SubrequestHook` of one batch."""

    def __init__(self, batch: Exchange, faults: Faults, clock: AdjustableClock) -> None:
        self._batch, self._faults, self._clock = batch, faults, clock

    async def __call__(
        self, subrequest: Subrequest, upn: str, respond: GetResponse, refuse: Refuse
    ) -> Subresponse:
        """Answer a request, and keep what it was and what it was answered."""
        begun = perf_counter()
        exchange = self._begin(subrequest, upn)
        met = self._faults.meet(self._as_call(exchange, subrequest)) if len(self._faults) else None
        if met is None:
            response = await respond()
        else:
            plan, exchange.fired = met
            if plan.is_late:
                await respond()
            # A part can meet nothing but a refusal.
            headers = {"Retry-After": str(plan.retry_after)} if plan.retry_after else {}
            response = refuse(wire_names.refuse(exchange.wire, plan, headers))
        exchange.status = response.status
        exchange.answer_headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers
        ]
        exchange.add_bodies(subrequest.body, response.body)
        if self._faults.need_answers:
            self._faults.remember_sync_states(response.body)
        exchange.end((perf_counter() - begun) * 1000)
        return response

    def _begin(self, subrequest: Subrequest, upn: str) -> Exchange:
        batch = self._batch
        try:
            parts = urlsplit(subrequest.url)
        except ValueError:
            parts = urlsplit("")
        path = unquote(parts.path)
        if not path.startswith("/"):
            path = f"{batch.path.rpartition('/')[0]}/{path}"
        elif batch.wire in _SEGMENTS and batch.wire != name_wire(path):
            # With a slash before it, it counts from the root of the version.
            root = "/".join(batch.path.split("/")[: _SEGMENTS[batch.wire]])
            path = f"{root}{path}"
        scope = {
            "method": subrequest.method,
            "raw_path": subrequest.url.partition("?")[0].encode("utf-8", "replace"),
            "query_string": parts.query.encode("utf-8", "replace"),
            "headers": [
                (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
                for name, value in subrequest.headers
            ],
        }
        now = self._clock.now()
        exchange = Exchange(scope, now, self._clock.real, path)
        assert batch.parts is not None  # noqa: S101
        batch.parts.append(exchange)
        exchange.part = subrequest.id or str(len(batch.parts))
        exchange.mailbox = upn
        return exchange

    def _as_call(self, exchange: Exchange, subrequest: Subrequest) -> Call:
        assert self._batch.parts is not None  # noqa: S101
        names = (str(len(self._batch.parts)), *((subrequest.id,) if subrequest.id else ()))
        return Call(
            method=exchange.method,
            path=exchange.path,
            wire=exchange.wire,
            mailbox=exchange.mailbox,
            caller=id(self._batch),
            sync_token=sync_token(exchange.query.decode("latin-1")),
            part=names,
        )
