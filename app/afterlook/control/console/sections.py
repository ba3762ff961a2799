"""The pages of the console, and which operations each is about."""

from __future__ import annotations

from typing import NamedTuple

from afterlook.control.operation import CONTROL_ROOT


class Section(NamedTuple):
    """A page: its address is below the console's, and `nouns` are those of its operations."""

    key: str
    name: str
    icon: str
    nouns: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it is."""
        return f"{CONTROL_ROOT}/" if self == SECTIONS[0] else f"{CONTROL_ROOT}/{self.key}"


SECTIONS = (
    Section("requests", "Requests", "requests", ("journal",)),
    Section("mailboxes", "Mailboxes", "user", ("mailbox", "reset", "seed", "migrate-report")),
    Section("clock", "Clock", "clock", ("clock",)),
    Section("faults", "Faults", "fault", ("fault",)),
    Section("snapshots", "Snapshots", "save", ("snapshot", "export", "import")),
    Section("tokens", "Tokens", "key", ("token",)),
)
"""In the order in which they are shown; the first is where one begins."""
