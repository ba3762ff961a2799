"""The objects of client.svc by REST: `SP.WorkManagement.OM.…Manager/Method(…)/Property`.

Owns the way from an address to declared types (docs/reference/csom.md §3.1, no. 10): whatever the
registry declares can be called, but for what the service had not.
"""

from __future__ import annotations

from collections.abc import Mapping

from afterlook.csom.errors import MethodNotFound, NullObject, WrongFormat
from afterlook.csom.service import Service
from afterlook.csom.types import ArrayType, ClientType, Method, ObjectType, ScalarType, ServerObject
from afterlook.csom.values import convert_argument, read_date_time
from afterlook.sharepoint.registry import REGISTRY
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest.errors import AddressUnknown, BodyMalformed
from afterlook.sharepoint.rest.paths import RestSegment
from afterlook.sharepoint.rest.response_writer import Entity, Feed, PrimitiveCollection
from afterlook.sharepoint.rest.rest_request import RestRequest

NOT_SERVED = frozenset({"readtasks", "setusersettings", "setpersistedproperties"})
"""Methods that were never in REST."""

SAFE = ("get", "is", "createsession", "createlocationorientedsession")
"""What the names of methods begin with that a GET may call: no link must be able to write.
`GetRefreshStatus` drives a refresh on, but begins none."""

_MANAGERS = {
    type_.name.lower(): type_
    for type_ in REGISTRY.types
    if type_.constructible and type_.methods and not type_.properties
}


def is_known(segment: RestSegment) -> bool:
    """Tell whether an address begins with an object of this kind."""
    return segment.key in _MANAGERS and not segment.arguments


async def answer(request: RestRequest) -> tuple[object, str]:
    """Follow an address; return what it leads to, and its name. Raises `QueryError`."""
    request.expect_method("GET", "POST")
    request.expect_options()
    first, *steps = request.segments
    value: object = _MANAGERS[first.key].new()
    type_: ClientType | None = None
    service = Service(REGISTRY, request.context)
    body = _body(request)
    for step in steps:
        if not isinstance(value, ServerObject):
            raise NullObject(name=step.name)
        method = _method(value.type, step.key)
        given = body if step is steps[-1] else {}
        if method is None:
            value, type_ = _property(value, step, request)
        else:
            if request.method == "GET" and not step.key.startswith(SAFE):
                request.expect_method("POST")
            value = await service.call(value, method, _arguments(method, step, given))
            given, type_ = {}, method.returns
        if given:
            raise BodyMalformed(reason=f"'{step.name}' takes no parameters.")
    return _render(value, request.text.strip("/"), type_), steps[-1].name if steps else first.name


def _body(request: RestRequest) -> Mapping[str, object]:
    if request.form.is_new:
        return request.body
    return {name: value for name, value in request.body.items() if name != "__metadata"}


def _method(type_: ObjectType[RequestContext], key: str) -> Method | None:
    kind: ObjectType[RequestContext] | None = type_
    while kind is not None:
        for name, method in kind.methods.items():
            if name.lower() == key:
                if key in NOT_SERVED:
                    raise MethodNotFound(name=name)
                return method
        kind = kind.base
    return None


def _property(
    owner: ServerObject, step: RestSegment, request: RestRequest
) -> tuple[object, ClientType | None]:
    for name, value in owner.values.items():
        if name.lower() == step.key and step.arguments is None:
            return value, _type_of(owner, name)
    raise AddressUnknown(path=request.text[:128])


def _arguments(
    method: Method, step: RestSegment, body: Mapping[str, object]
) -> Mapping[str, object]:
    """Return arguments by name: from the parentheses by name or by place, or from the body."""
    declared = {parameter.name.lower(): parameter for parameter in method.parameters}
    places = list(declared)
    named: dict[str, object] = {}
    given: list[tuple[str | int, object]] = [*(step.arguments or {}).items(), *body.items()]
    for key, value in given:
        name = key.lower() if isinstance(key, str) else places[key] if key < len(places) else ""
        if name not in declared or name in named:
            raise WrongFormat(reason=f"'{method.name}' has no such parameter, or has it twice.")
        named[name] = value
    return {
        parameter.name: convert_argument(_convert(named.get(name), parameter.type), parameter)
        for name, parameter in declared.items()
    }


def _convert(value: object, type_: ClientType) -> object:
    """Return a literal of JSON, or of an address, as one that the object model knows."""
    if isinstance(type_, ArrayType) and isinstance(value, dict):
        return value.get("results")
    if type_ == ScalarType("DateTime") and isinstance(value, str):
        try:
            return read_date_time(value)
        except (ValueError, OverflowError) as error:
            raise WrongFormat(reason="The value is no valid DateTime.") from error
    return value


def _type_of(owner: ServerObject, name: str) -> ClientType | None:
    declared = owner.type.find_property(name)
    return None if declared is None else declared.type


def _render(value: object, address: str, type_: ClientType | None) -> object:
    match value:
        case ServerObject(items=list() as items):
            of = value.type.items
            name = "" if of is None else of.name
            return Feed([_render_object(item, address) for item in items], type=name)
        case ServerObject():
            return _render_object(value, address)
        case list():
            item = type_.item if isinstance(type_, ArrayType) else None
            plain = item.name if isinstance(item, ScalarType) else "Int32"
            return PrimitiveCollection(f"Edm.{plain}", value)
    return value


def _render_object(value: ServerObject, address: str) -> Entity:
    members = {
        name: _render(part, f"{address}/{name}", _type_of(value, name))
        for name, part in value.values.items()
    }
    return Entity(value.type.name, address, members)
