"""A small HTTP/1.1 client, for machines without `wrk`.

Owns sending prepared requests over keep-alive connections for a bounded time. Must not know what
they ask for.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Mapping, Sequence


def run(
    port: int, requests: Sequence[bytes], connections: int, seconds: float
) -> tuple[int, float, int]:
    """Send requests for `seconds`; return how many answers came, in which time, how many failed."""
    return asyncio.run(_run(port, itertools.cycle(requests), connections, seconds))


def request(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """Prepare a request."""
    sent = {**headers, "Content-Length": str(len(body))} if body else headers
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


async def _run(
    port: int, requests: Iterator[bytes], connections: int, seconds: float
) -> tuple[int, float, int]:
    started = time.perf_counter()
    deadline = started + seconds
    counts = await asyncio.gather(
        *(_converse(port, requests, deadline) for _ in range(connections))
    )
    elapsed = time.perf_counter() - started
    return sum(count for count, _ in counts), elapsed, sum(failed for _, failed in counts)


async def _converse(port: int, requests: Iterator[bytes], deadline: float) -> tuple[int, int]:
    """Use one connection until the deadline; return how many answers came, how many failed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    answers = failures = 0
    try:
        async with asyncio.timeout(deadline - time.perf_counter() + 10):
            while time.perf_counter() < deadline:
                writer.write(next(requests))
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                _, _, length = head.partition(b"content-length:")
                if length:
                    await reader.readexactly(int(length.split(b"\r\n", 1)[0]))
                answers += 1
                failures += not head.startswith(b"http/1.1 2")
    except (OSError, EOFError, TimeoutError):
        failures += 1
    finally:
        writer.close()
    return answers, failures
