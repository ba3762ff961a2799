"""What a request within a batch is given instead of finding it by its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import Caller
    from afterlook.store.transactions import StoreAccess

SUBREQUEST = "afterlook.subrequest"
"""The key of a `SubrequestContext` in the ASGI scope of a request within a batch."""


class SubrequestContext(NamedTuple):
    """Where the use case of a request within a batch runs, and for whom."""

    store: StoreAccess
    caller: Caller
