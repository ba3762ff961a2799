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
    "clock": "The server's clock: freeze it, move it, go back to real time.",
    "snapshot": "Save all mailboxes under a name, and go back to them later.",
    "mailbox": "List, show, make and delete mailboxes.",
    "fault": "Make calls fail, so that a test sees how a client copes.",
    "journal": "What clients sent, and what they were answered.",
}
"""What is told of a noun that has verbs."""

BY_PATH = {operation.path: operation for operation in OPERATIONS}
