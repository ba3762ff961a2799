"""Ids that are none."""

from collections.abc import Iterator

MALFORMED = [
    "x",
    "AAMk",
    "AAAAAESAAA=",
    "tasks2",
    "=",
    "%20",
    "%00",
    "a%2Fb",
    "%E2%82%AC",
    "0",
    "-1",
    "00000000-0000-0000-0000-000000000000",
    "AAMk" * 30,
    "AAMk" * 38,
    "AAMk" * 1000,
    "''''",
]


def spoilt(entity_id: str) -> Iterator[str]:
    """Write an id in ways that make it none."""
    yield entity_id[:-5]
    yield entity_id + "AAAA"
    yield "BBBB" + entity_id[4:]
    yield entity_id[:20] + "+" + entity_id[21:]
    yield entity_id[:20] + "!" + entity_id[21:]
    yield entity_id[:20] + "%0A" + entity_id[20:]
    yield "%20" + entity_id
    yield entity_id.swapcase()
    # The last letter carries bits that belong to no byte.
    yield entity_id.rstrip("=")[:-1] + "B="
