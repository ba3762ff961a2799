"""What the calls in the journal become in Microsoft Graph To Do, by the table of `migration`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.migration import calls
from afterlook.migration.calls import SeenCall

if TYPE_CHECKING:
    from afterlook.control.traffic.exchanges import Exchange, Seen


def call_of(exchange: Exchange) -> SeenCall:
    """Return an exchange as the table is asked for it."""
    lines = exchange.request_headers
    return SeenCall(
        wire=exchange.wire,
        method=exchange.method,
        called=exchange.called or "",
        path=exchange.path,
        query=exchange.query.decode("latin-1"),
        headers="\n".join(
            f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in lines
        ),
        body=b"" if exchange.request.is_cut else bytes(exchange.request.kept),
    )


def successor_of(exchange: Exchange) -> Seen | None:
    """Return what a call of the Outlook API becomes; None for any other."""
    return calls.describe_one(call_of(exchange))
