"""Answers of the REST face: JSON at the level of metadata that a client asks for.

Owns how an entity, a collection and an error look at each level. Must not know any type.

An entity is its members; arrays of plain values among them are collections of a primitive type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson
from starlette.responses import Response

from afterlook.csom.errors import QueryError

HEADERS = {
    "Cache-Control": "private, max-age=0",
    "X-Content-Type-Options": "nosniff",
    "DataServiceVersion": "3.0",
}

FEW = 101
"""Entities that are shown faster than handed over to a thread: a usual page, and one more."""

VERBOSE, MINIMAL, NONE = "verbose", "minimalmetadata", "nometadata"


class Entity(NamedTuple):
    """An object: its type, its address below the web, its members, and its version if it has one.

    A member may be an entity, or a collection of them.
    """

    type: str
    address: str
    members: Mapping[str, object]
    etag: str | None = None


class Feed(NamedTuple):
    """A collection of entities, and where it goes on."""

    entities: Sequence[Entity]
    next: str | None = None


class Version(NamedTuple):
    """What is left to say of an entity that was written."""

    etag: str


class Numbers(NamedTuple):
    """A collection of plain values of one type."""

    type: str
    values: Sequence[object]


@dataclass(frozen=True)
class Writer:
    """Writes answers at a level, for the web of this address."""

    level: str
    web: str

    def answer(self, value: object, status: int = 200, name: str = "value") -> Response:
        """Return an answer; a plain value goes by a name."""
        headers = dict(HEADERS)
        if isinstance(value, Entity):
            if value.etag:
                headers["ETag"] = value.etag
            if status == 201:  # noqa: PLR2004
                headers["Location"] = self._url(value)
        return self._json(self._top(value, name), status, headers)

    def refusal(self, error: QueryError, status: int) -> Response:
        """Return an error."""
        code = f"{error.code}, {error.type_name}"
        said = {"code": code, "message": {"lang": "en-US", "value": error.message}}
        name = "error" if self.level == VERBOSE else "odata.error"
        return self._json({name: said}, status, HEADERS | error.headers)

    def _json(self, content: object, status: int, headers: dict[str, str]) -> Response:
        streaming = "" if self.level == VERBOSE else ";streaming=true"
        media_type = f"application/json;odata={self.level}{streaming};charset=utf-8"
        return Response(orjson.dumps(content), status, headers, media_type=media_type)

    def _top(self, value: object, name: str) -> object:
        shown = self._shown(value)
        if self.level == VERBOSE:
            return {"d": shown if isinstance(value, Entity | Feed) else {name: shown}}
        if isinstance(value, Feed):
            more = {"odata.nextLink": value.next} if value.next else {}
            return self._context(value) | more | {"value": shown}
        if isinstance(value, Entity):
            return self._context(value) | self._members(value)
        if value is None:
            return self._context(value) | {"odata.null": True}
        return self._context(value) | {"value": shown}

    def _context(self, value: object) -> dict[str, object]:
        if self.level == NONE:
            return {}
        about = value.type if isinstance(value, Entity) else "Edm"
        return {"odata.metadata": f"{self.web}/_api/$metadata#{about}"}

    def _shown(self, value: object) -> object:
        is_verbose = self.level == VERBOSE
        match value:
            case Entity():
                return self._members(value)
            case Feed(entities, more):
                shown = [self._members(entity) for entity in entities]
                if not is_verbose:
                    return shown
                return {"results": shown} | ({"__next": more} if more else {})
            case Numbers(type_, values):
                if not is_verbose:
                    return list(values)
                return {"__metadata": {"type": f"Collection({type_})"}, "results": list(values)}
            case datetime():
                return date(value)
        return value

    def _members(self, entity: Entity) -> dict[str, object]:
        members = {name: self._shown(value) for name, value in entity.members.items()}
        return self._about(entity) | members

    def _about(self, entity: Entity) -> dict[str, object]:
        url = self._url(entity)
        if self.level == VERBOSE:
            about = {"id": url, "uri": url, "type": entity.type}
            return {"__metadata": about | ({"etag": entity.etag} if entity.etag else {})}
        if self.level == NONE:
            return {}
        tag = {"odata.etag": entity.etag} if entity.etag else {}
        return {"odata.type": entity.type, "odata.id": url, **tag, "odata.editLink": entity.address}

    def _url(self, entity: Entity) -> str:
        return f"{self.web}/_api/{entity.address}"


def level_of(accept: str) -> str:
    """Return the level that an `Accept` asks for; whoever asks for no JSON gets it at minimal."""
    asked = accept.lower().replace(" ", "")
    if "odata=verbose" in asked:
        return VERBOSE
    return NONE if "odata=nometadata" in asked else MINIMAL


def date(moment: datetime) -> str:
    """Write a moment as Edm.DateTime: one of no zone as it stands."""
    text = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return text + ("" if moment.tzinfo is None else "Z")
