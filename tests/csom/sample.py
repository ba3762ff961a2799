"""A service of its own for the tests of the toolkit, and requests to it."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from afterlook.csom.json_writer import write_document
from afterlook.csom.processor import Processor
from afterlook.csom.request_reader import read_request
from afterlook.csom.schema import NAMESPACE
from afterlook.csom.types import (
    BOOLEAN,
    DATE_TIME,
    GUID,
    INT32,
    STRING,
    UINT32,
    ArrayType,
    ClientEnum,
    ObjectType,
    Parameter,
    Registry,
    ServerObject,
    members,
    path,
    scalar,
)
from afterlook.errors import AccessDenied, ItemNotFound


@dataclass
class Log:
    """What the service was asked to do, in its order."""

    calls: list[tuple[str, Any]] = field(default_factory=list)


Type = ObjectType[Log]

THING_ID = "{00000000-0000-0000-0000-00000000000A}"
SERVICE_ID = "{00000000-0000-0000-0000-00000000000c}"
PART_ID = "{00000000-0000-0000-0000-00000000000e}"
SPECIAL_ID = "{00000000-0000-0000-0000-00000000000d}"
COLOURS = ClientEnum("Sample.Colour", {"red": 0, "green": 1})

THING: Type = ObjectType(
    "Sample.Thing",
    THING_ID,
    properties=members(
        scalar("Title", STRING),
        scalar("Count", INT32),
        scalar("Size", UINT32),
        scalar("When", DATE_TIME),
        scalar("IsDone", BOOLEAN),
        scalar("Key", GUID),
        scalar("Colour", COLOURS),
        scalar("Tags", ArrayType(STRING)),
        scalar("Numbers", ArrayType(INT32)),
        scalar("Made", STRING, writable=False),
    ),
    constructible=True,
)
SPECIAL: Type = ObjectType("Sample.Special", SPECIAL_ID, THING, constructible=True)
THINGS: Type = ObjectType("Sample.Things", "{00000000-0000-0000-0000-00000000000b}", items=THING)
PART: Type = ObjectType("Sample.Part", PART_ID)
SERVICE: Type = ObjectType("Sample.Service", SERVICE_ID, constructible=True)
THING.properties = {
    **THING.properties,
    **members(path("Other", THING), path("Parts", THINGS)),
}


@SERVICE.method("Make", Parameter("title", STRING), Parameter("count", INT32), returns=THING)
async def make(log: Log, _: ServerObject, title: str, count: int) -> ServerObject:
    log.calls.append(("Make", title))
    return THING.new(Title=title, Count=count)


@SERVICE.method("Copy", Parameter("thing", THING), returns=THING)
async def copy(log: Log, _: ServerObject, thing: ServerObject | None) -> ServerObject | None:
    log.calls.append(("Copy", None if thing is None else thing.values["Title"]))
    return None if thing is None else THING.new(**thing.values)


@SERVICE.method("List", returns=THINGS)
async def list_things(_: Log, __: ServerObject) -> ServerObject:
    things = THINGS.new()
    things.items = [THING.new(Title=title, Count=count) for title, count in LISTED]
    things.items.append(SPECIAL.new(Title="e", Count=9))
    return things


LISTED = [("c", 1), ("a", 2), ("b", 1), ("d", 2)]


@SERVICE.method("Many", Parameter("count", INT32), returns=THINGS)
async def many(_: Log, __: ServerObject, count: int) -> ServerObject:
    things = THINGS.new()
    things.items = [THING.new(Count=number) for number in range(count)]
    return things


@SERVICE.method("Called", Parameter("titles", ArrayType(STRING)), returns=THINGS)
async def called(_: Log, __: ServerObject, titles: list[str | None]) -> ServerObject:
    things = THINGS.new()
    things.items = [THING.new(Title=title, Count=number) for number, title in enumerate(titles)]
    return things


@SERVICE.method("Empty", returns=THINGS)
async def empty(_: Log, __: ServerObject) -> ServerObject:
    return THINGS.new()


@SERVICE.method("Do", Parameter("what", STRING))
async def do(log: Log, _: ServerObject, what: str) -> None:
    log.calls.append(("Do", what))


@SERVICE.method("Sum", Parameter("numbers", ArrayType(INT32)), returns=INT32)
async def sum_up(_: Log, __: ServerObject, numbers: list[int] | None) -> int:
    return sum(numbers or [])


@SERVICE.method("Titles", Parameter("things", ArrayType(THING)), returns=ArrayType(STRING))
async def titles(_: Log, __: ServerObject, things: list[ServerObject]) -> list[object]:
    return [thing.values["Title"] for thing in things]


@SERVICE.method(
    "Options",
    Parameter("a", STRING),
    Parameter("b", STRING),
    Parameter("c", STRING),
    returns=ArrayType(STRING),
    overloads=(("a", "c"),),
)
async def options(_: Log, __: ServerObject, a: str, b: str, c: str) -> list[str]:
    return [a, b, c]


@SERVICE.method("Fail", Parameter("how", STRING), returns=THING)
async def fail(log: Log, _: ServerObject, how: str) -> ServerObject | None:
    log.calls.append(("Fail", how))
    if how == "denied":
        raise AccessDenied
    if how == "gone":
        raise ItemNotFound
    raise ZeroDivisionError


async def _root(_: Log) -> ServerObject:
    root = THING.new(Title="root")
    root.identity = "the root"
    return root


THING.static_properties["Root"] = _root


async def _find(log: Log, identity: str) -> ServerObject | None:
    return await _root(log) if identity == "the root" else None


REGISTRY = Registry(THING, SPECIAL, THINGS, PART, SERVICE, find=_find)

# --- requests ---------------------------------------------------------------------------------

SERVICE_PATH = f'<Constructor Id="0" TypeId="{SERVICE_ID}" />'
THING_PATH = f'<Constructor Id="1" TypeId="{THING_ID}" />'
ALL = '<Query SelectAllProperties="true"><Properties /></Query>'
ALL_ITEMS = '<ChildItemQuery SelectAllProperties="true"><Properties /></ChildItemQuery>'
TRUE = '<ExpressionConstant Type="Boolean">true</ExpressionConstant>'
FALSE = TRUE.replace("true", "false")
HEADER: dict[str, object] = {"TraceCorrelationId": "trace"}


def request(actions: str = "", paths: str = "", attributes: str = "") -> bytes:
    """Write a request."""
    versions = 'SchemaVersion="15.0.0.0" LibraryVersion="15.0.0.0"'
    return (
        f'<Request xmlns="{NAMESPACE}" {versions} {attributes}>'
        f"<Actions>{actions}</Actions><ObjectPaths>{paths}</ObjectPaths></Request>"
    ).encode()


def call(name: str, *parameters: str, number: int = 9, on: int = 0) -> str:
    """Write the action of a method."""
    listed = f"<Parameters>{''.join(parameters)}</Parameters>" if parameters else ""
    return f'<Method Name="{name}" Id="{number}" ObjectPathId="{on}">{listed}</Method>'


def method(number: int, name: str, *parameters: str, parent: int = 0) -> str:
    """Write the path of a method."""
    listed = f"<Parameters>{''.join(parameters)}</Parameters>"
    return f'<Method Id="{number}" ParentId="{parent}" Name="{name}">{listed}</Method>'


def given(type_: str, text: str = "") -> str:
    """Write a parameter."""
    return f'<Parameter Type="{type_}">{text}</Parameter>'


def query(on: int, inner: str = ALL, number: int = 8) -> str:
    """Write the action of a query."""
    return f'<Query Id="{number}" ObjectPathId="{on}">{inner}</Query>'


def instantiate(on: int, number: int = 7) -> str:
    """Write the action that instantiates a path."""
    return f'<ObjectPath Id="{number}" ObjectPathId="{on}" />'


def assign(on: int, name: str, parameter: str) -> str:
    """Write the action that sets a property."""
    return f'<SetProperty Id="6" ObjectPathId="{on}" Name="{name}">{parameter}</SetProperty>'


def conditional(body: str, if_true: str = "", if_false: str = "") -> str:
    """Write the scope of a condition."""
    branches = f'<IfTrueScope Id="61">{if_true}</IfTrueScope>'
    branches += f'<IfFalseScope Id="62">{if_false}</IfFalseScope>'
    return (
        f'<ConditionalScope Id="60"><Test><Body>{body}</Body></Test>{branches}</ConditionalScope>'
    )


def written(actions: str, paths: str = "", log: Log | None = None) -> str:
    """Carry a request out; return the answer as it is written."""
    processor = Processor(read_request(request(actions, paths)), REGISTRY, log or Log(), "trace")
    return write_document(HEADER, asyncio.run(processor.process())).decode()


def pairs(actions: str, paths: str = "", log: Log | None = None) -> list[tuple[int, Any]]:
    """Carry a request out; return what its actions answer."""
    _, *flat = json.loads(written(actions, paths, log))
    return list(zip(flat[::2], flat[1::2], strict=True))


def answer(actions: str, paths: str = "", log: Log | None = None) -> Any:
    """Carry a request out; return the last answer."""
    return pairs(actions, paths, log)[-1][1]
