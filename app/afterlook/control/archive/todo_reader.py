"""Reading lists of To Do as Microsoft Graph answers with them: lists, with their tasks and parts.

Owns what of it is understood. Everything that is not is told, each by its path; nothing is loaded
then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from afterlook.control.archive.todo_days import keep_days
from afterlook.control.values import count_of
from afterlook.errors import ServiceError
from afterlook.graph.bodies.attachments import read_new_file
from afterlook.graph.bodies.lists import read_display_name
from afterlook.graph.bodies.parts import (
    read_extension,
    read_new_checklist_item,
    read_new_linked_resource,
)
from afterlook.graph.bodies.tasks import read_new_task
from afterlook.graph.edm import (
    CHECKLIST_ITEM,
    LINKED_RESOURCE,
    TASK_FILE_ATTACHMENT,
    TODO_TASK,
    TODO_TASK_LIST,
)
from afterlook.mailbox.attachments import NewAttachment
from afterlook.mailbox.checklists import NewChecklistItem
from afterlook.mailbox.dates import parse_date
from afterlook.mailbox.linked_resources import NewLinkedResource
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.odata.edm import EntityType
from afterlook.runtime.instants import Instant
from afterlook.seeds.parts import InvalidEntryError, body

ROOTS = ("value", "lists")
"""The members that lists may be in: as GET of them answers, or by their name."""

MAX_PROBLEMS = 50

Members = dict[str, Any]
T = TypeVar("T")


class ParsedTask(NamedTuple):
    """A task of a file, with its parts."""

    values: TaskValues
    created: Instant | None
    modified: Instant | None
    checklist_items: list[NewChecklistItem]
    linked_resources: list[NewLinkedResource]
    extensions: list[tuple[str, Members]]
    files: list[NewAttachment]


class ParsedList(NamedTuple):
    """A list of a file; the `path` leads to it there."""

    path: str
    name: str
    is_default: bool
    extensions: list[tuple[str, Members]]
    tasks: list[ParsedTask]


class NotUnderstoodError(Exception):
    """Something in a file is not understood; the text says where and why, a line for each."""


def is_todo(document: Mapping[str, object]) -> bool:
    """Tell whether a document is what Microsoft Graph answers with."""
    return any(root in document for root in ROOTS)


def read(document: Members) -> tuple[list[ParsedList], list[str]]:
    """Read lists; return what is worth a note, too. Raises `NotUnderstoodError`."""
    reading = _Reading()
    lists = reading.read_lists(document)
    if reading.problems:
        raise NotUnderstoodError("\n".join(reading.problems))
    return lists, reading.notes


class _Reading:
    """Reads one document, keeping in mind where in it that is."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.notes: list[str] = []
        self._steps: list[str] = []
        self._without_files = 0

    def read_lists(self, document: Members) -> list[ParsedList]:
        roots = [root for root in ROOTS if root in document]
        self._expect_members(document, {roots[0]})
        read = list(self._each(document, roots[0], self._read_list))
        if sum(one.is_default for one in read) > 1:
            self._say("more than one list is the default one")
        if self._without_files:
            having = count_of(self._without_files, "task has", "tasks have")
            self.notes.append(f"{having} attachments, which are not in the file")
        return [one for one in read if one.name]

    def _read_list(self, given: Members) -> ParsedList:
        self._expect_members(given, _members_of(TODO_TASK_LIST))
        known_as = given.get("wellknownListName") or "none"
        if known_as not in ("none", "defaultList", "flaggedEmails"):
            self._say("it is none, defaultList or flaggedEmails", "wellknownListName")
        name = self._try(lambda: read_display_name(given, is_required=True)) or ""
        if given.get("isShared") is True or given.get("isOwner") is False:
            self.notes.append(f"{self._path()}: it is shared, and becomes the user's own")
        extensions = list(self._each(given, "extensions", read_extension))
        tasks = list(self._each(given, "tasks", self._read_task))
        is_default = known_as == "defaultList"
        if known_as == "flaggedEmails" and not tasks:
            # It is in each mailbox by itself.
            name = ""
        return ParsedList(self._path(), name, is_default, extensions, tasks)

    def _read_task(self, given: Members) -> ParsedTask:
        self._expect_members(given, _members_of(TODO_TASK))
        if given.get("attachmentSessions"):
            self._say("an upload that goes on has no place in a file", "attachmentSessions")
        members = {name: value for name, value in given.items() if value is not None}
        values = self._try(lambda: _read_values(members))
        files = list(self._each(given, "attachments", self._read_file))
        self._without_files += given.get("hasAttachments") is True and "attachments" not in given
        return ParsedTask(
            values or TaskValues(),
            self._instant(given, "createdDateTime"),
            self._instant(given, "lastModifiedDateTime"),
            list(self._each(given, "checklistItems", self._read_checklist_item)),
            list(self._each(given, "linkedResources", self._read_linked_resource)),
            list(self._each(given, "extensions", read_extension)),
            files,
        )

    def _read_checklist_item(self, given: Members) -> NewChecklistItem:
        self._expect_members(given, _members_of(CHECKLIST_ITEM))
        return read_new_checklist_item(given)

    def _read_linked_resource(self, given: Members) -> NewLinkedResource:
        self._expect_members(given, _members_of(LINKED_RESOURCE))
        return read_new_linked_resource(given)

    def _read_file(self, given: Members) -> NewAttachment:
        self._expect_members(given, _members_of(TASK_FILE_ATTACHMENT))
        if given.get("contentBytes") is None:
            reason = "it is required: GET of the attachment alone has it"
            raise InvalidEntryError("contentBytes", reason)
        return read_new_file(given)

    def _instant(self, given: Members, name: str) -> Instant | None:
        text = given.get(name)
        if text is None:
            return None
        if not isinstance(text, str):
            self._say("it must be an instant", name)
            return None
        return self._try(lambda: parse_date(text, UTC).instant, name)

    def _each(self, given: Members, name: str, read_one: Callable[[Members], T]) -> Iterator[T]:
        """Read what is in a member: a list, or the answer of the service that holds one."""
        held = given.get(name)
        if isinstance(held, dict) and "value" in held:
            with self._within(name):
                self._expect_members(held, {"value"})
                yield from self._each(held, "value", read_one)
            return
        if held is not None and not isinstance(held, list):
            self._say("it must be a list", name)
            return
        for index, one in enumerate(held or ()):
            with self._within(f"{name}[{index}]"):
                if not isinstance(one, dict):
                    self._say("it must be an object")
                elif (read := self._try(lambda one=one: read_one(one))) is not None:  # type: ignore[misc]
                    yield read

    def _expect_members(self, given: Members, known: set[str]) -> None:
        for name in given:
            if name.endswith("@odata.nextLink"):
                self._say("there is more than this page: follow it before you save", name)
            elif name == "@removed":
                self._say("it is of delta; save what GET answers", name)
            elif "@" not in name and name not in known:
                self._say("it is no member that is known here", name)

    def _try(self, read_one: Callable[[], T], name: str = "") -> T | None:
        """Return what is read, or tell why it can't be."""
        try:
            return read_one()
        except InvalidEntryError as error:
            self._say(error.reason, error.path)
        except ServiceError as error:
            self._say(str(getattr(error, "reason", "") or error), name)
        return None

    @contextmanager
    def _within(self, step: str) -> Iterator[None]:
        self._steps.append(step)
        try:
            yield
        finally:
            self._steps.pop()

    def _path(self, name: str = "") -> str:
        return ".".join([*self._steps, *([name] if name else [])])

    def _say(self, reason: str, name: str = "") -> None:
        if len(self.problems) == MAX_PROBLEMS:
            self.problems.append("… and more")
        elif len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{self._path(name)}: {reason}".removeprefix(": "))


def _read_values(members: Members) -> TaskValues:
    with body(members, lambda alone: read_new_task({"title": "", **alone}, UTC)):
        values = read_new_task({"title": "", **members}, UTC)
    if "title" not in members:
        # A client must send one; a task that an older face made need not have it.
        values["subject"] = None
    keep_days(values, members)
    return values


def _members_of(type_: EntityType) -> set[str]:
    return {part.name for part in type_.properties} | {each.name for each in type_.navigations}
