"""A request, read: its actions, its object paths, and the values in them ([MS-CSOM] 3.1.4.1).

Owns their shapes only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class ScalarValue(NamedTuple):
    """A value as it stands in the request: the name of its type, and its text."""

    type: str
    text: str


class Reference(NamedTuple):
    """What an object path leads to."""

    path: int


class ValueObject(NamedTuple):
    """An object that is sent whole."""

    type_id: str
    properties: Mapping[str, Value]


class Array(NamedTuple):
    """Values in a row."""

    items: tuple[Value, ...]


class Dictionary(NamedTuple):
    """Values by name."""

    entries: Mapping[str, Value]


Value = ScalarValue | Reference | ValueObject | Array | Dictionary
Arguments = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Construction:
    """The path of a new object."""

    type_id: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class MethodPath:
    """The path of what a method returns."""

    parent: int
    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class StaticMethodPath:
    """The path of what a static method returns."""

    type_id: str
    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class PropertyPath:
    """The path of an object that is a property of another."""

    parent: int
    name: str


@dataclass(frozen=True, slots=True)
class StaticPropertyPath:
    """The path of an object that is a static property."""

    type_id: str
    name: str


@dataclass(frozen=True, slots=True)
class IdentityPath:
    """The path of an object that the server named before."""

    name: str


Path = (
    Construction | MethodPath | StaticMethodPath | PropertyPath | StaticPropertyPath | IdentityPath
)


@dataclass(frozen=True, slots=True)
class ExpressionOperation:
    """An operation of the expression language: its name, attributes and operands."""

    name: str
    attributes: Mapping[str, str]
    operands: tuple[ExpressionOperation, ...]
    constant: Value | None = None


@dataclass(frozen=True, slots=True)
class PropertyQuery:
    """One property of a query, and how much of what it leads to is wanted."""

    name: str
    select_all: bool
    query: ClientQuery | None = None
    children: ChildItemQuery | None = None


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """Which properties of an object are wanted."""

    select_all: bool
    properties: tuple[PropertyQuery, ...]


@dataclass(frozen=True, slots=True)
class ChildItemQuery(ClientQuery):
    """Which properties of a collection's items are wanted, and of which items."""

    expression: ExpressionOperation | None = None


@dataclass(frozen=True, slots=True)
class Instantiate:
    """Evaluate a path, and tell whether it leads to null."""

    id: int
    path: int


@dataclass(frozen=True, slots=True)
class QueryObject:
    """Serialize what a path leads to."""

    id: int
    path: int
    query: ClientQuery
    children: ChildItemQuery | None


@dataclass(frozen=True, slots=True)
class SetProperty:
    """Set a property of what a path leads to."""

    id: int
    path: int
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class SetStaticProperty:
    """Set a static property."""

    id: int
    type_id: str
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class CallMethod:
    """Call a method of what a path leads to."""

    id: int
    path: int
    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class CallStaticMethod:
    """Call a static method."""

    id: int
    type_id: str
    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class QueryIdentity:
    """Tell the identity of what a path leads to."""

    id: int
    path: int


@dataclass(frozen=True, slots=True)
class ExceptionScope:
    """Do actions; where one fails go on with `caught`, and in any case with `finally_`."""

    id: int
    tried: tuple[Action, ...]
    caught: tuple[Action, ...] = ()
    finally_: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionalScope:
    """Do one or the other row of actions."""

    id: int
    test: ExpressionOperation
    if_true: tuple[Action, ...]
    if_false: tuple[Action, ...]


Action = (
    Instantiate
    | QueryObject
    | SetProperty
    | SetStaticProperty
    | CallMethod
    | CallStaticMethod
    | QueryIdentity
    | ExceptionScope
    | ConditionalScope
)


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """A whole request. Paths stand in any order."""

    actions: tuple[Action, ...]
    paths: Mapping[int, Path]
