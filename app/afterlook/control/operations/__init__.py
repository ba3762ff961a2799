"""All operations, in the order in which help and documents show them."""

from __future__ import annotations

from afterlook.control.operations import clock

OPERATIONS = (*clock.OPERATIONS,)

BY_PATH = {operation.path: operation for operation in OPERATIONS}
