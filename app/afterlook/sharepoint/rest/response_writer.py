"""Answers of the REST face: JSON in the form that a client accepts.

Owns how an entity, a collection and an error look in each.

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
from afterlook.sharepoint.rest import type_names
from afterlook.sharepoint.rest.forms import Form, MetadataLevel

MAX_ENTITIES_ON_EVENT_LOOP = 101
"""Entities that are rendered sooner than handed to a thread: a default page, and one more."""


class Entity(NamedTuple):
    """An object: its type, its address below the web, its members, and its version if it has one.

    A member may be an entity, or a collection of them. What has no address is a mere value.
    """

    type: str
    address: str
    members: Mapping[str, object]
    etag: str | None = None


class Feed(NamedTuple):
    """A collection of entities, where it goes on, and of which type it is, empty or not."""

    entities: Sequence[Entity]
    next: str | None = None
    type: str = ""


class Version(NamedTuple):
    """What is left to say of an entity that was written."""

    etag: str


class PrimitiveCollection(NamedTuple):
    """A collection of plain values of one type."""

    type: str
    values: Sequence[object]


@dataclass(frozen=True)
class ResponseWriter:
    """Writes answers in a form, for the web of this address.

    `selected` is the `$select` of the request, as a context of OData 4.0 repeats it.
    """

    form: Form
    web: str
    selected: str = ""

    def answer(self, value: object, status: int = 200, name: str = "value") -> Response:
        """Return an answer; a plain value goes by a name."""
        headers = self.form.headers
        if isinstance(value, Entity):
            if value.etag:
                headers["ETag"] = value.etag
            if status == 201:  # noqa: PLR2004
                headers["Location"] = self._url(value)
        return self._json(self._render_top_level(value, name), status, headers)

    def answer_text(self, text: str) -> Response:
        """Return a bare value."""
        media_type = "text/plain; charset=utf-8"
        return Response(text, headers=self.form.headers, media_type=media_type)

    def answer_empty(self, status: int, etag: str | None = None) -> Response:
        """Return an answer without a body."""
        tag = {} if etag is None else {"ETag": etag}
        return Response(status_code=status, headers=self.form.headers | tag)

    def answer_error(self, error: QueryError, status: int) -> Response:
        """Return an error."""
        code = f"{error.code}, {error.type_name}"
        name = "error" if self._is_verbose or self.form.is_new else "odata.error"
        text = error.message if self.form.is_new else {"lang": "en-US", "value": error.message}
        content = {name: {"code": code, "message": text}}
        return self._json(content, status, self.form.headers | error.headers)

    @property
    def _is_verbose(self) -> bool:
        return self.form.level is MetadataLevel.VERBOSE

    def _json(self, content: object, status: int, headers: dict[str, str]) -> Response:
        media_type = self.form.media_type
        return Response(orjson.dumps(content), status, headers, media_type=media_type)

    def _render_top_level(self, value: object, name: str) -> object:
        rendered = self._render(value)
        if self._is_verbose:
            return {"d": rendered if isinstance(value, Entity | Feed) else {name: rendered}}
        about = self._context(value)
        match value:
            case Entity():
                return about | self._render_members(value)
            case Feed():
                more = {self._name_annotation("odata.nextLink"): value.next} if value.next else {}
                return about | more | {"value": rendered}
            case None:
                return about | {self._name_annotation("odata.null"): True}
        return about | {"value": rendered}

    def _name_annotation(self, annotation: str) -> str:
        return f"@{annotation}" if self.form.is_new else annotation

    def _context(self, value: object) -> dict[str, object]:
        if self.form.level is MetadataLevel.NONE:
            return {}
        if self.form.is_new:
            about = type_names.context_fragment(_type_of(value), single=isinstance(value, Entity))
            about = type_names.select_in_context(about, self.selected)
            return {"@odata.context": f"{self.web}/_api/$metadata#{about}"}
        about = value.type if isinstance(value, Entity) else "Edm"
        return {"odata.metadata": f"{self.web}/_api/$metadata#{about}"}

    def _render(self, value: object) -> object:
        match value:
            case Entity():
                return self._render_members(value)
            case Feed(entities, more):
                rendered = [self._render_members(entity) for entity in entities]
                if not self._is_verbose:
                    return rendered
                return {"results": rendered} | ({"__next": more} if more else {})
            case PrimitiveCollection(type_, values):
                if not self._is_verbose:
                    return list(values)
                return {"__metadata": {"type": f"Collection({type_})"}, "results": list(values)}
            case datetime():
                return write_date(value, zoned=self.form.is_new)
        return value

    def _render_members(self, entity: Entity) -> dict[str, object]:
        rendered = self._annotate(entity)
        is_full = self.form.level is MetadataLevel.FULL
        for name, value in entity.members.items():
            if is_full and (type_ := type_names.declared_name(_type_of(value))):
                rendered[f"{name}@odata.type"] = self._name_type(type_)
            rendered[name] = self._render(value)
        return rendered

    def _annotate(self, entity: Entity) -> dict[str, object]:
        url = self._url(entity)
        if self._is_verbose:
            about = {"id": url, "uri": url, "type": entity.type}
            return {"__metadata": about | ({"etag": entity.etag} if entity.etag else {})}
        if self.form.level is MetadataLevel.NONE:
            return {}
        annotations: dict[str, object] = {"odata.type": self._name_type(entity.type)}
        if entity.address:
            annotations["odata.id"] = url
            if entity.etag:
                annotations["odata.etag"] = entity.etag
            annotations["odata.editLink"] = entity.address
        elif self.form.level is MetadataLevel.MINIMAL:
            return {}
        return {self._name_annotation(name): value for name, value in annotations.items()}

    def _name_type(self, type_: str) -> str:
        return type_names.reference(type_) if self.form.is_new else type_names.odata3_name(type_)

    def _url(self, entity: Entity) -> str:
        return f"{self.web}/_api/{entity.address}"


def write_date(moment: datetime, *, zoned: bool) -> str:
    """Write a moment: as Edm.DateTimeOffset, or as Edm.DateTime, of no zone as it stands."""
    text = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return text + ("Z" if zoned or moment.tzinfo is not None else "")


def _type_of(value: object) -> str:
    """Return the name of a value's type; nothing where it has none."""
    match value:
        case Entity(type_) | Feed(type=type_):
            return type_ if isinstance(value, Entity) or not type_ else f"Collection({type_})"
        case PrimitiveCollection(type_):
            return f"Collection({type_})"
    return type_names.name_primitive(value)
