"""All operations, in the order in which help and documents show them."""

from __future__ import annotations

from afterlook.control.operations import clock, faults, journal, mailboxes, migration, state

OPERATIONS = (
    *clock.OPERATIONS,
    *state.OPERATIONS,
    *mailboxes.OPERATIONS,
    *faults.OPERATIONS,
    *journal.OPERATIONS,
    *migration.OPERATIONS,
)

NOUNS = {
    "clock": "What time it is for the server: stop its clock, turn it, give it back.",
    "snapshot": "All mailboxes as they once were, kept under names, to go back to.",
    "mailbox": "The mailboxes that there are, and new ones for tests.",
    "fault": "What goes wrong for clients, so that a test sees how they bear it.",
    "journal": "What clients sent, and what they were answered.",
}
"""What is told of a noun that has verbs."""

BY_PATH = {operation.path: operation for operation in OPERATIONS}
