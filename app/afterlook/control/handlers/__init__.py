"""What does each operation."""

from __future__ import annotations

from collections.abc import Mapping

from afterlook.control.emulator import Handler
from afterlook.control.handlers import clock
from afterlook.control.operation import Operation

HANDLERS: Mapping[Operation, Handler] = {**clock.HANDLERS}
