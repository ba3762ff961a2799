"""What a test that asks for the fixture `afterlook` gets."""

from __future__ import annotations

from afterlook.control.operations import journal
from afterlook.testing.control import ControlFailedError
from afterlook.testing.server import Server


class Afterlook:
    """A server, and a mailbox of this test's own: `url`, `token` and `headers` are for that one.

    `clock`, `fault`, `journal`, `snapshot` and so on are the server's operations; `aio` has their
    awaitable twins.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.mailbox = server.new_mailbox()
        self.url = self.mailbox.url
        self.graph_url = self.mailbox.graph_url
        self.token = self.mailbox.token
        self.headers = self.mailbox.headers
        self.clock = server.clock
        self.fault = server.fault
        self.journal = server.journal
        self.snapshot = server.snapshot
        self.aio = server.aio

    def put_right(self) -> None:
        """Go by real time again, and take all faults away: for the next test."""
        self.clock.reset()
        self.fault.clear()

    def describe_calls(self) -> str:
        """Return what was called with this mailbox, as `afterlook journal` prints it."""
        try:
            found = self.journal(f"mailbox:{self.mailbox.upn}")
        except ControlFailedError as error:
            return str(error)
        return journal.LIST.describe(found)
