"""The front of the application: what every request passes before a route, and its answer after.

All guards share one layer: with a layer for each, a GET by key took an eighth longer. Owns the
order of the guards, and that an error is answered whoever raises it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from afterlook.errors import ServiceError
from afterlook.http.guards import answer_ids
from afterlook.http.sender import Sender

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from afterlook.http.gate import Gate
    from afterlook.http.rates import RateLimit
    from afterlook.runtime.ids import Ids

RenderError = Callable[[ServiceError, "Scope"], "Response"]
"""Renders an error as a response in the form of the wire that was called."""


Guard = Callable[["Scope", Sender], "Response | None"]
"""Looks at the head of a request; may alter its scope, or add headers to its answer.

Returns what is answered in place of a route, if anything, or raises a `ServiceError`.
"""


class Front:
    """Passes requests through `guards`, then `rate_limit`, then `addresses`, to `app`.

    Where there is a `gate`, they pass it last of all; what is `beside` it, by how its path begins,
    does not, for it shuts the gate itself.
    """

    def __init__(
        self,
        app: ASGIApp,
        ids: Ids,
        guards: Sequence[Guard],
        rate_limit: RateLimit | None,
        addresses: Guard,
        render_error: RenderError,
        render_defect: Callable[[], Response],
        gate: Gate | None = None,
        beside: str = "",
    ) -> None:
        self._app = app
        self._ids = ids
        self._guards = guards
        self._rate_limit = rate_limit
        self._addresses = addresses
        self._render_error = render_error
        self._render_defect = render_defect
        self._gate = gate
        self._beside = beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; an exception that nobody expected is answered, and raised again."""
        # The server goes on to use the scope that it handed over: there, a HEAD stays one.
        scope = {**scope}
        sender = Sender(send, scope["headers"], answer_ids(self._ids, scope["headers"]))
        try:
            try:
                app = await self._refuse(scope, sender) or self._app
                # By the path as the guards have left it: in its normal form.
                if self._gate is None or scope["path"].startswith(self._beside):
                    await app(scope, receive, sender)
                else:
                    if self._gate.is_shut:
                        await self._gate.wait()
                    self._gate.enter()
                    try:
                        await app(scope, receive, sender)
                    finally:
                        self._gate.leave()
            except ServiceError as error:
                # Content that is sent in parts may be deleted before its first part is read.
                if sender.has_begun:
                    raise
                await self._render_error(error, scope)(scope, receive, sender)
        except Exception:
            if not sender.has_sent:
                # No guard has a part in this one.
                await self._render_defect()(scope, receive, send)
            raise

    async def _refuse(self, scope: Scope, sender: Sender) -> Response | None:
        for guard in self._guards:
            response = guard(scope, sender)
            if response is not None:
                return response
        if self._rate_limit is not None:
            await self._rate_limit.count(scope, sender)
        return self._addresses(scope, sender)
