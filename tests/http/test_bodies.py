"""Reading bodies, as far as it does not show on the wire."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from afterlook.errors import BodyNotReadable
from afterlook.http import bodies


def test_a_client_that_goes() -> None:
    """Is a refusal like any other, and no defect to be logged."""
    coming: list[Message] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return coming.pop(0)

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(BodyNotReadable):
        asyncio.run(bodies.read(request, 100))
