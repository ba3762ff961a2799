"""A client that writes requests as SharePoint's scripts do, and has them carried out."""

import asyncio
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from afterlook.csom.processor import Processor
from afterlook.csom.request_reader import read_request
from afterlook.sharepoint.registry import REGISTRY
from afterlook.sharepoint.request_context import RequestContext
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store

DATA = Path(__file__).parent / "data"
TYPES: list[dict[str, Any]] = json.loads((DATA / "types.json").read_text("utf-8"))["types"]
_IDS = {type_["name"]: str(type_["typeId"]).lower() for type_ in TYPES}
ROOT = (
    '<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" '
    'SchemaVersion="15.0.0.0" LibraryVersion="15.0.0.0" ApplicationName="Javascript Library">'
)
_ALL = '<Query SelectAllProperties="true"><Properties /></Query>'
_ITEMS = '<ChildItemQuery SelectAllProperties="true"><Properties /></ChildItemQuery>'

SESSIONS = {
    "SortableSession": ("SortableSessionManager", "CreateSession"),
    "UserOrderedSession": ("UserOrderedSessionManager", "CreateSession"),
    "LocationOrientedSortableSession": (
        "SortableSessionManager",
        "CreateLocationOrientedSession",
    ),
    "LocationOrientedUserOrderedSession": (
        "UserOrderedSessionManager",
        "CreateLocationOrientedSession",
    ),
}


@dataclass(frozen=True)
class Ref:
    """What an object path leads to."""

    path: int


class Request:
    """A request under construction; methods return the id of what they add."""

    def __init__(self) -> None:
        self.actions: list[str] = []
        self.paths: list[str] = []
        self._next = 0

    def make(self, type_: str, **values: Any) -> Ref:
        """Construct an object and set properties of it; a dict with `type` makes another."""
        made = self._path(f'<Constructor Id="" TypeId="{_IDS[type_]}" />')
        for name, value in values.items():
            given = self.make(**value) if isinstance(value, dict) else value
            self.actions.append(
                f'<SetProperty Id="{self._id()}" ObjectPathId="{made.path}" Name="{name}">'
                f"{_value('Parameter', given)}</SetProperty>"
            )
        return made

    def session(self, kind: str) -> Ref:
        """Create a session."""
        manager, creates = SESSIONS[kind]
        return self.method(self.make(manager), creates)

    def method(self, owner: Ref, name: str, *values: Any) -> Ref:
        """Call a method that returns an object."""
        return self._path(
            f'<Method Id="" ParentId="{owner.path}" Name="{name}">{_parameters(values)}</Method>'
        )

    def property(self, owner: Ref, name: str) -> Ref:
        """Follow a property."""
        return self._path(f'<Property Id="" ParentId="{owner.path}" Name="{name}" />')

    def call(self, owner: Ref, name: str, *values: Any) -> int:
        """Call a method that returns a plain value, or nothing."""
        number = self._id()
        self.actions.append(
            f'<Method Name="{name}" Id="{number}" ObjectPathId="{owner.path}">'
            f"{_parameters(values)}</Method>"
        )
        return number

    def query(self, owner: Ref, *, items: bool = False) -> int:
        """Ask for all scalar properties, and for items."""
        number = self._id()
        inner = _ALL + (_ITEMS if items else "")
        self.actions.append(f'<Query Id="{number}" ObjectPathId="{owner.path}">{inner}</Query>')
        return number

    def xml(self) -> str:
        """Return what is within the root."""
        actions, paths = "".join(self.actions), "".join(self.paths)
        return f"<Actions>{actions}</Actions><ObjectPaths>{paths}</ObjectPaths>"

    def _path(self, element: str) -> Ref:
        number = self._id()
        self.paths.append(element.replace('Id=""', f'Id="{number}"', 1))
        self.actions.append(f'<ObjectPath Id="{self._id()}" ObjectPathId="{number}" />')
        return Ref(number)

    def _id(self) -> int:
        self._next += 1
        return self._next


class Client:
    """Sends requests for one mailbox."""

    def __init__(self, store: Store, mailbox: MailboxRow) -> None:
        self.store = store
        self.mailbox = mailbox
        self.culture = "en-US"

    def send(self, inner: str) -> dict[int, Any]:
        """Have a request carried out; return the answers by the ids of the actions."""
        context = RequestContext(
            self.store.for_client(self.mailbox),
            self.mailbox,
            "https://host",
            "/personal/me",
            self.culture,
        )
        request = read_request(f"{ROOT}{inner}</Request>".encode())
        pairs = asyncio.run(Processor(request, REGISTRY, context, "trace").process())
        assert len({number for number, _ in pairs}) == len(pairs)
        return dict(pairs)

    def write(self, name: str, *values: Any, session: str = "UserOrderedSession") -> "Result":
        """Call a method that returns a TaskWriteResult, as the page does."""
        request = Request()
        written = request.method(request.session(session), name, *values)
        outcome = request.query(written)
        task = request.query(request.property(written, "Result"))
        answers = self.send(request.xml())
        return Result(answers[outcome]["Error"], answers[outcome]["ErrorMessage"], answers[task])

    def create(self, name: str, **given: Any) -> int:
        """Create a task; return its id."""
        task = self.create_whole(name, **given).task
        assert task is not None
        return int(task["Id"])

    def create_whole(self, name: str | None, **given: Any) -> "Result":
        """Create a task; return what became of it."""
        defaults = {
            "description": None,
            "start": None,
            "due": None,
            "completed": False,
            "pinned": False,
            "location": -1,
            "url": None,
        }
        assert set(given) <= set(defaults)
        return self.write("CreateTask", name, *(defaults | given).values())

    def read(self, session: str = "UserOrderedSession", **query: Any) -> list[dict[str, Any]]:
        """Read tasks; `Order` makes the query a sortable one."""
        request = Request()
        order = query.pop("Order", None)
        of = request.session(session)
        task_query = request.make("TaskQuery", **query)
        if session.endswith("SortableSession"):
            ordered = {} if order is None else {"Order": {"type_": "OrderInfo", **order}}
            task_query = request.make("SortableTaskQuery", CoreQuery=task_query, **ordered)
        number = request.query(request.method(of, "ReadTasks", task_query), items=True)
        items: list[dict[str, Any]] = self.send(request.xml())[number]["_Child_Items_"]
        return items

    def names(self, session: str = "UserOrderedSession", **query: Any) -> list[str]:
        """Read tasks; return their names."""
        return [task["Name"] for task in self.read(session, **query)]

    def ask(self, type_: str, name: str, *values: Any, scalar: bool = False) -> Any:
        """Call a method of a manager, or of a session; return what it answers."""
        request = Request()
        owner = request.session(type_) if type_ in SESSIONS else request.make(type_)
        if scalar:
            number = request.call(owner, name, *values)
        else:
            number = request.query(request.method(owner, name, *values), items=True)
        return self.send(request.xml()).get(number)


@dataclass(frozen=True)
class Result:
    """What became of a write."""

    error: int
    message: str | None
    task: dict[str, Any] | None


def recorded() -> dict[str, str]:
    """Return the recorded requests by what they are about."""
    text = (DATA / "requests.txt").read_text("utf-8")
    return dict(re.findall(r"^## (.+)\n(<Actions>.+)$", text, re.MULTILINE))


def _parameters(values: tuple[Any, ...]) -> str:
    inner = "".join(_value("Parameter", value) for value in values)
    return f"<Parameters>{inner}</Parameters>" if values else ""


def _value(element: str, value: Any) -> str:
    match value:
        case None:
            return f'<{element} Type="Null" />'
        case Ref(path):
            return f'<{element} ObjectPathId="{path}" />'
        case bool():
            return f'<{element} Type="Boolean">{str(value).lower()}</{element}>'
        case int():
            return f'<{element} Type="Number">{value}</{element}>'
        case str():
            return f'<{element} Type="String">{escape(value)}</{element}>'
        case datetime():
            text = value.isoformat().replace("+00:00", "Z")
            return f'<{element} Type="DateTime">{text}</{element}>'
        case list():
            items = "".join(_value("Object", item) for item in value)
            return f'<{element} Type="Array">{items}</{element}>'
    raise AssertionError(value)
