"""`GraphOutlookRequest`: a request for the Outlook API's own routes that speaks as Graph does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from fastapi import Request

from afterlook.errors import AccessDenied
from afterlook.graph.dependencies import name_user
from afterlook.graph.edm import NAMESPACE
from afterlook.graph.outlook import translation
from afterlook.graph.outlook.edm import declared_type, name_member, name_parts, name_type
from afterlook.graph.request import GraphRequest
from afterlook.odata.formats import Level
from afterlook.odata.options import NO_OPTIONS, QueryOptions
from afterlook.outlook.dependencies import read_request_as
from afterlook.outlook.request import OutlookRequest

if TYPE_CHECKING:
    from afterlook.odata.edm import EdmType, EntityType
    from afterlook.odata.filter.scope import FilterScope
    from afterlook.outlook.render import Entity, View

_SEGMENT = re.compile(r"(?:(?<=/)|^)[A-Z](?=\w*(?:[/(.]|$))")
"""What a segment begins with that the Outlook API spells with a capital; no key has a slash."""

_TYPE = re.compile(r"(?<=/)Microsoft\.OutlookServices\.\w+")


@dataclass(slots=True)
class GraphOutlookRequest(GraphRequest):
    """A request below `/beta/me/outlook`: bodies and answers in camelCase, on the way."""

    namespace: ClassVar[str] = NAMESPACE
    has_sync: ClassVar[bool] = False

    def declared_type(self, entity_type: EntityType) -> EntityType:
        """Return a type as Graph declares it."""
        return declared_type(entity_type)

    def read_select(self, entity_type: EntityType, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return which rendered members a `$select` names. Raises `PropertyNotFound`."""
        if not names:
            return ()
        wanted = declared_type(entity_type).select(names)
        rendered = {spelt: name for name, spelt in name_parts(entity_type).items()}
        return tuple(rendered[name] for name in wanted)

    def scope(self, entity_type: EntityType) -> FilterScope:
        """Return how filters on entities of a type are read for this caller."""
        scope = OutlookRequest.scope(self, declared_type(entity_type))
        constants = {name_member(name): value for name, value in scope.constants.items()}
        return replace(scope, constants=constants)

    def view(self, entity_type: EntityType, options: QueryOptions = NO_OPTIONS) -> View:
        """Return how entities of a type are shown to this caller. Raises `PropertyNotFound`."""
        view = OutlookRequest.view(self, entity_type, options)
        return view._replace(user_url=f"{self.root}/{self.user}/outlook", has_etags=True)

    def apply_format(self, options: QueryOptions) -> None:
        """Answer in the format that `$format` names, if it does. Raises `FormatNotSupported`."""
        OutlookRequest.apply_format(self, options)
        self.level = _level(self.level)

    def context(self, path: str, view: View | None = None) -> str:
        """Return the context URL of a collection, `path` naming it below the user."""
        names = map(name_member, view.select) if view is not None else ()
        selected = ",".join(names)
        spelt = _spell_path(path).replace("=", "%3D")
        below = f"{self.user}/outlook/{spelt}"
        return f"{self.root}/$metadata#{below}{f'({selected})' if selected else ''}"

    def headers(self, **further: str) -> dict[str, str]:
        """Return the headers of an answer; addresses in them are Graph's."""
        for name in ("Location", "OData-EntityId"):
            if name in further:
                start = f"{self.root}/{self.user}/outlook/"
                further[name] = start + _spell_path(further[name].removeprefix(start))
        return GraphRequest.headers(self, **further)

    def present(self, content: Entity, entity_type: EntityType) -> Entity:
        """Return an answer as Graph spells it."""
        entities = content.get("value")
        if not isinstance(entities, list):
            return translation.present(content, entity_type)
        shown = [translation.present(entity, entity_type) for entity in entities]
        return {**content, "value": shown}

    def present_value(self, value: object, type_: EdmType) -> object:
        """Return the value of a single property as Graph spells it."""
        return translation.present_value(value, type_)

    @property
    def present_item(self) -> Callable[[bytes], bytes]:
        """What makes of an attached item the one that Graph shows."""
        return translation.present_item

    def spell_body(
        self, body: dict[str, object], entity_type: EntityType | None
    ) -> dict[str, object]:
        """Return a body in the Outlook API's spelling. Raises `PropertyUnknown`."""
        return body if entity_type is None else translation.spell(body, entity_type)


async def read_outlook_request(http: Request) -> GraphOutlookRequest:
    """Read what is in the address and the headers of a request; see `read_request_as`.

    Raises `AccessDenied` for an app on its own too, within a batch as well.
    """
    request = await read_request_as(GraphOutlookRequest, http, name_user)
    if request.caller.is_app:
        raise AccessDenied
    request.level = _level(request.level)
    return request


def _level(level: Level) -> Level:
    """Return the level that is answered at: `full` is as `minimal`."""
    return Level.MINIMAL if level is Level.FULL else level


def _spell_path(path: str) -> str:
    typed = _TYPE.sub(lambda match: name_type(match[0]), path)
    return _SEGMENT.sub(lambda match: match[0].lower(), typed)
