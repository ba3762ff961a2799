"""The entity data model (OData CSDL 4.0): types, properties, and finding them by name.

Owns what a property can be and what can be asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from afterlook.errors import InvalidUrlQuery, PropertyNotFound
from afterlook.odata.options import OrderKey


@dataclass(frozen=True)
class EdmType:
    """A type, by its full name; `stored` tells types of one name apart that are kept otherwise."""

    name: str
    stored: str = ""

    @property
    def short_name(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(".")[2]


STRING = EdmType("Edm.String")
BINARY = EdmType("Edm.Binary")
BOOLEAN = EdmType("Edm.Boolean")
INT32 = EdmType("Edm.Int32")
INT64 = EdmType("Edm.Int64")
DOUBLE = EdmType("Edm.Double")
DATE_TIME_OFFSET = EdmType("Edm.DateTimeOffset")
DATE = EdmType("Edm.Date")
TIME_OF_DAY = EdmType("Edm.TimeOfDay")
GUID = EdmType("Edm.Guid")
MOMENT = EdmType("Edm.String", stored="instant")
"""Text that is a date and time, kept as an instant: the DateTime of a DateTimeTimeZone."""


@dataclass(frozen=True)
class EnumType(EdmType):
    """An enumeration; a member's number is its place."""

    members: tuple[str, ...] = ()

    @cached_property
    def _numbers(self) -> dict[str, int]:
        numbers = {member.lower(): number for number, member in enumerate(self.members)}
        return numbers | {str(number): number for number in range(len(self.members))}

    def number(self, text: str) -> int | None:
        """Return the number of a member, named in any case or by its number."""
        return self._numbers.get(text.lower())


@dataclass(frozen=True)
class CollectionType(EdmType):
    """A collection of items of one type."""

    item: EdmType = STRING


def collection_of(item: EdmType) -> CollectionType:
    """Return the type of collections of `item`."""
    return CollectionType(f"Collection({item.name})", item=item)


@dataclass(frozen=True)
class Property:
    """A structural property.

    `column` names what the store keeps it in; `parts` are the properties of a complex one.
    """

    name: str
    type: EdmType
    column: str = ""
    nullable: bool = False
    filterable: bool = False
    writable: bool = False
    parts: tuple[Property, ...] = ()


@dataclass(frozen=True)
class StructuredType(EdmType):
    """A complex or entity type: its properties in the order in which they are shown."""

    properties: tuple[Property, ...] = ()

    @cached_property
    def _by_lower(self) -> dict[str, Property]:
        return {part.name.lower(): part for part in self.properties}

    def __iter__(self) -> Iterator[Property]:
        return iter(self.properties)

    def find(self, name: str) -> Property | None:
        """Return the property that a client names in any case."""
        return self._by_lower.get(name.lower())


@dataclass(frozen=True)
class Navigation:
    """A navigation property: where it leads, and whether to many.

    Where filters may ask of what it leads to, `item` is that and `column` where it is kept.
    """

    name: str
    type: str
    many: bool = True
    item: StructuredType | None = None
    column: str = ""


@dataclass(frozen=True)
class EntityType(StructuredType):
    """An entity type, with what `$select` and `$orderby` make of it.

    `properties` and `navigations` hold those of the `base` type too; a type without a base
    names its `key`.
    """

    navigations: tuple[Navigation, ...] = ()
    base: EntityType | None = None
    key: str = ""
    abstract: bool = False

    @cached_property
    def lineage(self) -> tuple[EntityType, ...]:
        """The type and those that it derives from."""
        return (self, *(self.base.lineage if self.base is not None else ()))

    @cached_property
    def declared(self) -> tuple[Property, ...]:
        """The properties that the type adds to its base."""
        inherited = {part.name for part in self.base or ()}
        return tuple(part for part in self.properties if part.name not in inherited)

    @cached_property
    def declared_navigations(self) -> tuple[Navigation, ...]:
        """The navigation properties that the type adds to its base."""
        inherited = self.base.navigations if self.base is not None else ()
        return tuple(one for one in self.navigations if one not in inherited)

    @cached_property
    def complex(self) -> tuple[Property, ...]:
        """The writable properties that are made of others."""
        return tuple(
            part
            for part in self.properties
            if part.writable and isinstance(part.type, StructuredType)
        )

    @cached_property
    def read_only(self) -> frozenset[str]:
        """The names of the properties that a body may hold but not change."""
        return frozenset(part.name for part in self.properties if not part.writable)

    def resolve_path(self, path: str) -> list[Property]:
        """Return the properties that a path leads through, the one it leads to last.

        Raises `PropertyNotFound`.
        """
        trail: list[Property] = []
        for name in path.split("/"):
            parts = trail[-1].parts if trail else self.properties
            match = next((part for part in parts if part.name.lower() == name.lower()), None)
            if match is None:
                raise PropertyNotFound(name=path, type=self.name)
            trail.append(match)
        return trail

    def find_at(self, path: str) -> Property:
        """Return the property at a path such as `Subject` or `DueDateTime/DateTime`, in any case.

        Raises `PropertyNotFound`.
        """
        return self.resolve_path(path)[-1]

    def select(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the properties that `$select` names, those that lead to others among them.

        `*` is all. Raises `PropertyNotFound`.
        """
        if "*" in names:
            return ()
        chosen: dict[str, None] = {}
        for name in names:
            member: Property | Navigation | None = self.find(name) or self._navigation(name)
            if member is None:
                raise PropertyNotFound(name=name, type=self.name)
            chosen[member.name] = None
        return tuple(chosen)

    def _navigation(self, name: str) -> Navigation | None:
        lower = name.lower()
        return next((one for one in self.navigations if one.name.lower() == lower), None)

    def resolve_order(self, keys: tuple[OrderKey, ...]) -> tuple[tuple[str, bool], ...]:
        """Return the columns to sort by. Raises `PropertyNotFound`, `InvalidUrlQuery`."""
        order: dict[str, bool] = {}
        for path, descending in keys:
            match = self.find_at(path)
            if not match.column or isinstance(match.type, CollectionType):
                raise InvalidUrlQuery(option="$orderby")
            # A key that comes again decides nothing any more.
            order.setdefault(match.column, descending)
        return tuple(order.items())
