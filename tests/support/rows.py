"""Rows that tests begin with."""

from afterlook.runtime.instants import Instant
from afterlook.store.rows import TaskRow

BLANK_TASK = TaskRow(id=0, folder_id=0, change=0, created=Instant(0), modified=Instant(0))
"""A task about which nothing was said."""
