"""A client that keeps a copy of a collection as the documents tell it to, and trusts nobody.

Outlook Task REST, "Synchronize tasks or task folders". It follows links and never looks into a
token; while it goes it checks what every answer owes it.
"""

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

Json = dict[str, Any]
Outcome = Literal["page", "round", "expired", "gone"]

TRACK = "odata.track-changes"
_ROOT = re.compile(r"^https?://[^/]+")
_DELETED = re.compile(r"(Tasks|TaskFolders)\('([^']+)'\)")


class Answer(NamedTuple):
    """An answer: its status, its headers by lower-case name, its body."""

    status: int
    headers: Mapping[str, str]
    body: Json


Get = Callable[[str, Mapping[str, str]], Answer]
"""Sends a GET to a path of whichever server it likes."""


@dataclass(frozen=True)
class State:
    """All that a replica has to keep: a copy, the link to go on by, and where a round stands.

    `dead` are the ids of the tombstones it was given, `position` is that of the latest entity.
    `is_settled` tells that a round ended, `is_even` that the latest answer ended one, `overlaps`
    that the link is older than the copy, and what it leads to partly known.
    """

    link: str | None = None
    entities: Mapping[str, Json] = field(default_factory=dict)
    dead: frozenset[str] = frozenset()
    position: int = 0
    is_settled: bool = False
    is_even: bool = False
    overlaps: bool = False


class Replica:
    """A copy of the collection at `address`, with the properties that `options` ask for.

    Its `state` may be put back to any that it had, as by a client that lost what it did since.
    """

    def __init__(self, address: str, size: int, options: str = "") -> None:
        self.address, self.size, self.options = address, size, options
        self.state = State()
        self.begun = 0
        self.built_in: frozenset[str] = frozenset()
        """What it has that nobody wrote."""

        self._latest: dict[str, int] = {}
        self._buried: set[str] = set()

    @property
    def latest(self) -> int:
        """The highest position that it has seen."""
        return max(self._latest.values(), default=0)

    def listed(self, get: Get) -> dict[str, Json]:
        """Return the plain list of what this is a copy of."""
        return listed(get, self.address, self.options)

    def go_back(self, state: State, *, keeps_entities: bool = False) -> None:
        """Return to an earlier state; or only to its link, having saved the entities alone."""
        if keeps_entities:
            kept = self.state
            state = replace(state, entities=kept.entities, dead=kept.dead, overlaps=True)
        self.state = state

    def finish(self, get: Get, size: int | None = None) -> Outcome:
        """Go on to the end of a round, beginning anew where the sync state has expired."""
        outcome = self.turn(get, size)
        for _ in range(100_000):
            if outcome in ("round", "gone"):
                return outcome
            outcome = self.turn(get, size)
        raise AssertionError(f"the round never ends: {self.state.link}")

    def turn(self, get: Get, size: int | None = None) -> Outcome:
        """Send the next request and take its answer in."""
        size, link = size or self.size, self.state.link
        first = link is None
        asked = [f"odata.maxpagesize={size}"]
        if link is None or "skiptoken" not in link.lower():
            asked.append(TRACK)
        if link is None:
            link = f"{self.address}?{self.options}" if self.options else self.address
        answer = get(link, {"Prefer": ", ".join(asked)})
        if answer.status == 404:
            assert answer.body["error"]["code"] == "ErrorItemNotFound"
            return "gone"
        if answer.status == 410:
            assert not first, "a full sync has expired"
            assert answer.body["error"]["code"] == "SyncStateNotFound"
            self.state = State()
            return "expired"
        assert answer.status == 200, (link, answer)
        assert (TRACK in answer.headers.get("preference-applied", "")) == first, answer.headers
        assert answer.body["@odata.context"].endswith("/$delta") != first, answer.body
        assert len(answer.body["value"]) <= size
        return self._take(answer.body, first=first)

    def _take(self, body: Json, *, first: bool) -> Outcome:
        before = State() if first else self.state
        self.begun += first
        is_delta = "@odata.deltaLink" in body
        assert is_delta != ("@odata.nextLink" in body), body
        assert is_delta or not first, "the first answer always has a deltaLink"
        link = relative(body["@odata.deltaLink" if is_delta else "@odata.nextLink"])
        token = "%24deltatoken=" if is_delta else "%24skiptoken="
        assert f"{self.address}/?{token}".lower() in link.lower(), link

        entries = ((_key(one), None if "reason" in one else one) for one in body["value"])
        return self._absorb(before, entries, link, ended=is_delta and not first)

    def _absorb(
        self, before: State, entries: Iterable[tuple[str, Json | None]], link: str, *, ended: bool
    ) -> Outcome:
        """Take in the entities of an answer, None for what was deleted, and its link."""
        entities, dead, last = dict(before.entities), set(before.dead), before.position
        given: set[str] = set()
        for key, entity in entries:
            assert key not in given, f"{key} twice on a page"
            given.add(key)
            if entity is None:
                assert before.overlaps or key not in dead, f"{key} was deleted twice"
                dead.add(key)
                self._buried.add(key)
                entities.pop(key, None)
                continue
            known = None if before.overlaps else before.entities.get(key)
            number = self._check(key, entity, known)
            if before.is_settled and number is not None:
                assert number > last, f"{key} is out of order"
                last = number
            entities[key] = self.comparable(entity)
        self.state = State(
            link,
            entities,
            frozenset(dead),
            last,
            is_settled=before.is_settled or ended,
            is_even=ended,
            overlaps=before.overlaps and not ended,
        )
        return "round" if ended else "page"

    def comparable(self, entity: Json) -> Json:
        """Return an entity as it compares with one of the plain list."""
        return comparable(entity)

    def _check(self, key: str, entity: Json, known: Json | None) -> int | None:
        """Expect an entity to be newer than what is known of it; return its position."""
        assert key not in self._buried, f"{key} came back from the dead"
        number = position(entity)
        if number is None:
            return None
        assert number >= self._latest.get(key, 0), f"{key} went back"
        if known is not None:
            assert number > (position(known) or 0), f"{key} came again, unchanged"
        self._latest[key] = number
        return number


def listed(get: Get, address: str, options: str = "") -> dict[str, Json]:
    """Return the whole plain list at an address by id, as it compares with a replica's copy."""
    link: str | None = f"{address}?$top=1000{'&' if options else ''}{options}"
    found: dict[str, Json] = {}
    while link is not None:
        answer = get(link, {})
        assert answer.status == 200, (link, answer)
        page = {entity["Id"]: comparable(entity) for entity in answer.body["value"]}
        assert not found.keys() & page.keys()
        found |= page
        following = answer.body.get("@odata.nextLink")
        link = None if following is None else relative(following)
    return found


def differences(copy: Mapping[str, Json], listing: Mapping[str, Json]) -> list[object]:
    """Tell how a replica's copy differs from the list; the order of neither counts."""
    return [
        (copy.get(key), listing.get(key))
        for key in sorted(copy.keys() | listing.keys())
        if copy.get(key) != listing.get(key)
    ]


def comparable(entity: Json) -> Json:
    """Leave off what says how an entity was asked for: contexts, and the server's name."""
    own = {name: value for name, value in entity.items() if not name.endswith("@odata.context")}
    return own | {"@odata.id": relative(entity["@odata.id"])}


def relative(link: str) -> str:
    """Return a link without the server."""
    return _ROOT.sub("", link)


def position(entity: Json) -> int | None:
    """Read the number at the end of an entity's ETag or ChangeKey, which are the same."""
    found = set(_change_keys(entity))
    assert len(found) <= 1, entity
    return int.from_bytes(base64.b64decode(found.pop())[-6:], "big") if found else None


def _change_keys(entity: Json) -> Iterator[str]:
    if "ChangeKey" in entity:
        yield entity["ChangeKey"]
    if "@odata.etag" in entity:
        yield entity["@odata.etag"].removeprefix('W/"').removesuffix('"')


def _key(entry: Json) -> str:
    if "reason" not in entry:
        return str(entry["Id"])
    assert list(entry) == ["@odata.context", "id", "reason"], entry
    assert entry["@odata.context"].endswith("/$deletedEntity")
    assert entry["reason"] == "deleted"
    match = _DELETED.fullmatch(entry["id"])
    assert match is not None, entry
    return match[2]
