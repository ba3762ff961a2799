"""The type system: what a service declares of its types, beside what carries them out.

Owns the shape of a declaration, objects of declared types, and the registry.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from afterlook.csom.errors import TypeNotFound

Context = TypeVar("Context")


@dataclass(frozen=True)
class ScalarType:
    """A type of plain values, by its name in the documents."""

    name: str


STRING = ScalarType("String")
BOOLEAN = ScalarType("Boolean")
INT32 = ScalarType("Int32")
UINT32 = ScalarType("UInt32")
DATE_TIME = ScalarType("DateTime")
GUID = ScalarType("Guid")
NONE = ScalarType("None")
"""The return type of a method that returns nothing."""


@dataclass(frozen=True)
class ClientEnum:
    """An enumeration: its members are integers on the wire."""

    name: str
    members: Mapping[str, int]


@dataclass(frozen=True)
class ArrayType:
    """An array of items of one type."""

    item: ClientType


MemberKind = Literal["Scalar", "ObjectPath"]


@dataclass(frozen=True)
class ClientProperty:
    """A property; one of kind ObjectPath leads to an object. Not every one can be set."""

    name: str
    type: ClientType
    kind: MemberKind = "Scalar"
    writable: bool = True


@dataclass(frozen=True)
class Parameter:
    """A parameter of a method.

    `default` is what it is where nothing is given for it, if not the type's own default.
    """

    name: str
    type: ClientType
    default: object = None


Handler = Callable[..., Awaitable[object]]
"""Carries a method out: called with the context, the object, and the arguments by their names."""


@dataclass(frozen=True)
class Method:
    """A method, and what carries it out.

    `overloads` lists further rows of parameter names that callers of other builds send.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: ClientType
    kind: MemberKind
    handler: Handler
    overloads: tuple[tuple[str, ...], ...] = ()


@dataclass(eq=False)
class ObjectType(Generic[Context]):
    """A class of objects: its name on the wire, its id in braces, and its members.

    A collection names what its `items` are. What cannot be made by a client is not
    `constructible`.
    """

    name: str
    type_id: str
    base: ObjectType[Context] | None = None
    properties: Mapping[str, ClientProperty] = field(default_factory=dict)
    methods: dict[str, Method] = field(default_factory=dict)
    items: ObjectType[Context] | None = None
    constructible: bool = False
    static_properties: dict[str, Callable[[Context], Awaitable[ServerObject | None]]] = field(
        default_factory=dict
    )

    def method(
        self,
        name: str,
        *parameters: Parameter,
        returns: ClientType = NONE,
        overloads: tuple[tuple[str, ...], ...] = (),
    ) -> Callable[[Handler], Handler]:
        """Declare a method, with what carries it out."""

        def declare(handler: Handler) -> Handler:
            kind: MemberKind = "ObjectPath" if isinstance(returns, ObjectType) else "Scalar"
            self.methods[name] = Method(name, parameters, returns, kind, handler, overloads)
            return handler

        return declare

    def find_method(self, name: str) -> Method | None:
        """Return the method of a name, of this type or of one that it derives from."""
        method = self.methods.get(name)
        return method if method or self.base is None else self.base.find_method(name)

    def find_property(self, name: str) -> ClientProperty | None:
        """Return the property of a name, of this type or of one that it derives from."""
        part = self.properties.get(name)
        return part if part or self.base is None else self.base.find_property(name)

    def all_properties(self) -> Iterable[ClientProperty]:
        """Return the properties, inherited ones first."""
        if self.base is not None:
            yield from self.base.all_properties()
        yield from self.properties.values()

    def is_a(self, other: ObjectType[Any]) -> bool:
        """Tell whether this is that type or derives from it."""
        return self is other or (self.base is not None and self.base.is_a(other))

    def new(self, **values: object) -> ServerObject:
        """Make an object; what is not given has its default."""
        given = {part.name: default_of(part.type) for part in self.all_properties()}
        return ServerObject(self, given | values, [] if self.items is not None else None)


ClientType = ScalarType | ClientEnum | ArrayType | ObjectType[Any]


@dataclass(slots=True, eq=False)
class ServerObject:
    """An object: the values of its properties, and its items where it is a collection.

    `identity` is the name by which a later request can find it again, where it has one.
    """

    type: ObjectType[Any]
    values: dict[str, object]
    items: list[ServerObject] | None = None
    identity: str | None = None


def scalar(name: str, type_: ClientType, *, writable: bool = True) -> ClientProperty:
    """Declare a scalar property."""
    return ClientProperty(name, type_, "Scalar", writable)


def path(name: str, type_: ObjectType[Any], *, writable: bool = True) -> ClientProperty:
    """Declare a property that leads to an object."""
    return ClientProperty(name, type_, "ObjectPath", writable)


def members(*properties: ClientProperty) -> dict[str, ClientProperty]:
    """Return properties by their names."""
    return {part.name: part for part in properties}


def default_of(type_: ClientType) -> object:
    """Return what a property holds before it is set, and what null is."""
    match type_:
        case ScalarType("Boolean"):
            return False
        case ScalarType("Int32" | "UInt32") | ClientEnum():
            return 0
        case ScalarType("DateTime"):
            return datetime.min  # noqa: DTZ901
        case ArrayType():
            return []
    return None


Finder = Callable[[Context, str], Awaitable[ServerObject | None]]
"""Returns the object of an identity that the service gave out, or None where there is none."""


class Registry(Generic[Context]):
    """The types of a service by their ids, and its objects by their identities."""

    def __init__(self, *types: ObjectType[Context], find: Finder[Context] | None = None) -> None:
        self.types = types
        self.find = find
        self._by_id = {type_.type_id.lower(): type_ for type_ in types}

    def get_type(self, type_id: str) -> ObjectType[Context]:
        """Return the type of an id. Raises `TypeNotFound`."""
        type_ = self._by_id.get(type_id.lower())
        if type_ is None:
            raise TypeNotFound(type_id=type_id.lower())
        return type_
