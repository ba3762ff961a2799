"""The server in a test's own process."""

import anyio
import httpx2
import pytest

from afterlook.testing.control import ControlFailedError
from afterlook.testing.in_process import in_process


def test_without_a_socket() -> None:
    async def use() -> None:
        async with in_process() as server:
            mailbox = await server.new_mailbox("alice@contoso.example")
            await server.aio.clock.freeze("2016-04-22T05:44:01Z")
            transport = httpx2.ASGITransport(server.app)
            async with httpx2.AsyncClient(
                transport=transport, base_url=server.url, headers=mailbox.headers
            ) as client:
                made = await client.post("/api/v2.0/me/tasks", json={"Subject": "Milk"})
                assert made.json()["CreatedDateTime"] == "2016-04-22T05:44:01Z"
                found = await client.get(f"{mailbox.graph_url}/me/todo/lists/tasks/tasks")
                assert [each["title"] for each in found.json()["value"]] == ["Milk"]
            listed = await server.aio.mailbox.list()
            assert [each["upn"] for each in listed["mailboxes"]] == ["alice@contoso.example"]
            with pytest.raises(ControlFailedError, match="by: give a length of time") as refused:
                await server.aio.clock.advance("soon")
            assert (refused.value.status, refused.value.code) == (400, "InvalidParameter")

    anyio.run(use)


def test_with_settings_of_serve() -> None:
    async def use() -> None:
        async with in_process("demo", auth="any") as server:
            async with httpx2.AsyncClient(
                transport=httpx2.ASGITransport(server.app), base_url=server.url
            ) as client:
                assert (await client.get("/api/v2.0/me/tasks")).status_code == 401
            assert (await server.aio.mailbox.list())["total"] > 0

    anyio.run(use)
