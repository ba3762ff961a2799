"""Requests within a batch, for whoever looks on at requests or disturbs them.

Owns how a wire lets it: a batch whose scope has a `Watch` asks it for each answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from afterlook.errors import ServiceError
from afterlook.odata.batch import Answer, Operation

if TYPE_CHECKING:
    from starlette.types import Scope

PARTS = "afterlook.parts"
"""The key of a `Watch` in the ASGI scope of a batch."""

GetAnswer = Callable[[], Awaitable[Answer]]
Refuse = Callable[[ServiceError], Answer]

Watch = Callable[[Operation, str, GetAnswer, Refuse], Awaitable[Answer]]
"""Returns what a request is answered, given the UPN of whose mailbox it is for.

It has it answered, or refuses it in the words of the wire; perhaps on another thread than the
batch, but never two of one batch at once.
"""


async def answer_part(
    scope: Scope, operation: Operation, upn: str, answer: GetAnswer, refuse: Refuse
) -> Answer:
    """Answer a request of a batch whose own scope is given."""
    watch: Watch | None = scope.get(PARTS)
    return await (answer() if watch is None else watch(operation, upn, answer, refuse))
