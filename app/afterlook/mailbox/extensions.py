"""Use cases on open extensions of tasks and folders (docs/reference/graph.md §11).

Owns what one may hold: named values, and lists of values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from afterlook.errors import InvalidRequest, ItemNotFound
from afterlook.mailbox import parts
from afterlook.mailbox.folders import MAX_NAME, touch_folder
from afterlook.mailbox.identifiers import ItemKey, identifiers_of
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.mailbox.task_lists import expect_own, get_list
from afterlook.mailbox.tasks import get_task
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.store import extensions
from afterlook.store.folding import fold
from afterlook.store.pages import Page
from afterlook.store.parts import NO_PARTS, Parts
from afterlook.store.rows import ExtensionRow, FolderRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

Owner = ItemKey | int
"""Whose extension it is: a task's, by its key, or a folder's, by its number."""

NewExtension = tuple[str, Mapping[str, Any]]
"""An extension as a client asks for it: its name, and its open members."""

MAX_EXTENSIONS = 50
"""Extensions of one task or folder."""

MAX_CONTENT = 32 * 1024
"""Characters of the JSON of one extension's members."""

_KIND = Parts.EXTENSIONS
_PREFIX = fold(extensions.ID_PREFIX)
_MAX_SHOWN = 100

_UNADDRESSABLE = re.compile(r"[/\x00-\x1f\x7f]")
"""What no key of an address can hold; an extension named so could not be read again."""


def read_name(text: str) -> str:
    """Return the name that a name or a whole id says. Raises `InvalidRequest`."""
    name = text[len(_PREFIX) :] if fold(text[: len(_PREFIX)]) == _PREFIX else text
    if not name.strip() or len(name) > MAX_NAME:
        raise InvalidRequest(
            reason=f"The name of an extension has 1 to {MAX_NAME} characters, "
            f"unlike '{text[:_MAX_SHOWN]}'."
        )
    if _UNADDRESSABLE.search(name):
        raise InvalidRequest(
            reason="The name of an extension has no slash and no control character, "
            f"unlike {name[:_MAX_SHOWN]!r}."
        )
    return name


def read_id(text: str) -> str:
    """Return the whole id that a name or a whole id says; any text will do."""
    return text if fold(text[: len(_PREFIX)]) == _PREFIX else f"{extensions.ID_PREFIX}{text}"


def read_members(row: ExtensionRow) -> dict[str, Any]:
    """Return the open members of an extension."""
    members: dict[str, Any] = orjson.loads(row.content)
    return members


def list_extensions(session: ReadSession, owner: Owner, page: Page) -> ResultPage[ExtensionRow]:
    """List the extensions of a task or folder, by name. Raises `ItemNotFound`."""
    entity = _get_owner(session, owner).id
    return read_page(
        session,
        page,
        # They have no numbers by which later ones could be left out; they are few.
        lambda page: extensions.list_page(session, entity, page._replace(until=None)),
        lambda filter_: extensions.count(session, entity, filter_),
    )


def list_all(session: ReadSession, owner: Owner) -> list[ExtensionRow]:
    """List all extensions of a task or folder. Raises `ItemNotFound`."""
    return extensions.list_of_entities(session, [_get_owner(session, owner).id])


def count_extensions(session: ReadSession, owner: Owner, filter_: Expression | None) -> int:
    """Count the extensions of a task or folder. Raises `ItemNotFound`."""
    return extensions.count(session, _get_owner(session, owner).id, filter_)


def list_of_tasks(session: ReadSession, tasks: Sequence[TaskRow]) -> dict[int, list[ExtensionRow]]:
    """Return all extensions of tasks, as `checklists.list_of_tasks` does steps."""
    return _list_of(session, parts.list_ids_with(tasks, _KIND))


def truncate_for_extensions(
    session: ReadSession, result: ResultPage[FolderRow]
) -> ResultPage[FolderRow]:
    """End a page of folders with the texts of their extensions; one folder always comes."""
    entities = [folder.id for folder in result.rows]
    totals = extensions.get_totals(session, entities) if len(entities) > 1 else {}
    texts = [totals.get(entity, NO_PARTS).text for entity in entities]
    return result.truncate(parts.count_fitting(texts))


def list_of_folders(
    session: ReadSession, folders: Sequence[FolderRow]
) -> dict[int, list[ExtensionRow]]:
    """Return all extensions of folders, by folder; one without extensions is left out.

    Raises `MessageSizeExceeded` where they are too long together, which `truncate_for_extensions`
    prevents.
    """
    return _list_of(session, [folder.id for folder in folders])


def _list_of(session: ReadSession, entities: Sequence[int]) -> dict[int, list[ExtensionRow]]:
    found: dict[int, list[ExtensionRow]] = {}
    if entities:
        if len(entities) > 1:
            parts.expect_showable(extensions.get_totals(session, entities))
        for row in extensions.list_of_entities(session, entities):
            found.setdefault(row.entity, []).append(row)
    return found


def get_extension(session: ReadSession, owner: Owner, name: str) -> ExtensionRow:
    """Return an extension by its name, case aside. Raises `ItemNotFound`."""
    row = extensions.get(session, _get_owner(session, owner).id, name)
    if row is None:
        raise ItemNotFound
    return row


def add_extension(
    session: WriteSession,
    owner: Owner,
    name: str,
    members: Mapping[str, Any],
    precondition: Precondition = UNCONDITIONAL,
) -> ExtensionRow:
    """Give a task or folder an extension; members that are null are left out.

    Raises `ItemNotFound`, `ChangeKeyStale`, and `InvalidRequest` where there is one of that name,
    where there are too many, and for what no extension can hold. Flagged Emails gets none: raises
    `FlaggedEmailsProtected`.
    """
    return add_extensions(session, owner, [(name, members)], precondition)[0]


def add_extensions(
    session: WriteSession,
    owner: Owner,
    given: Sequence[NewExtension],
    precondition: Precondition = UNCONDITIONAL,
) -> list[ExtensionRow]:
    """Give a task or folder extensions; it is touched once. Raises like `add_extension`."""
    entity = _get_owner_to_change(session, owner, precondition)
    expect_own(entity.id)
    rows = add_all(session, entity, given)
    if rows:
        _touch(session, entity, left=True)
    return rows


def add_all(
    session: WriteSession, owner: TaskRow | FolderRow, given: Sequence[NewExtension]
) -> list[ExtensionRow]:
    """Write further extensions of a task or folder, as `checklists.add_all` does steps."""
    taken = extensions.list_name_keys(session, owner.id)
    rows = []
    for text, members in given:
        name = read_name(text)
        if fold(name) in taken:
            raise InvalidRequest(
                reason=f"There is an extension named '{name[:_MAX_SHOWN]}' already."
            )
        taken.add(fold(name))
        parts.expect_room(len(taken), MAX_EXTENSIONS, "extensions")
        rows.append(ExtensionRow(owner.id, name, write_members(members)))
    extensions.add_all(session, rows)
    return rows


def update_extension(
    session: WriteSession,
    owner: Owner,
    name: str,
    members: Mapping[str, Any],
    precondition: Precondition = UNCONDITIONAL,
) -> ExtensionRow:
    """Write members over an extension: null takes one away, those that are not there stay.

    Asking for nothing leaves it as it is. Raises like `add_extension`.
    """
    entity = _get_owner_to_change(session, owner, precondition)
    stored = get_extension(session, owner, name)
    if not members:
        return stored
    row = stored._replace(content=write_members({**read_members(stored), **members}))
    extensions.put(session, row)
    _touch(session, entity, left=True)
    return row


def delete_extension(
    session: WriteSession, owner: Owner, name: str, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Take an extension off a task or folder. Raises `ItemNotFound`, `ChangeKeyStale`."""
    entity = _get_owner_to_change(session, owner, precondition)
    row = get_extension(session, owner, name)
    extensions.remove(session, row.entity, row.name)
    _touch(session, entity, left=bool(extensions.get_totals(session, [row.entity])))


def write_members(members: Mapping[str, Any]) -> str:
    """Return open members as they are kept. Raises `InvalidRequest`."""
    for name, value in members.items():
        values = value if isinstance(value, list) else [value]
        if not all(_is_primitive(each) for each in values):
            reason = (
                f"The member '{name[:_MAX_SHOWN]}' of an extension is no value or list of values."
            )
            raise InvalidRequest(reason=reason)
    try:
        written = orjson.dumps({name: each for name, each in members.items() if each is not None})
    except TypeError as error:
        # Of a whole number that is too large, and of half a character.
        reason = "An extension holds a value that cannot be kept."
        raise InvalidRequest(reason=reason) from error
    content = written.decode()
    if len(content) > MAX_CONTENT:
        reason = f"The members of an extension can have {MAX_CONTENT} characters at most."
        raise InvalidRequest(reason=reason)
    return content


def _is_primitive(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _get_owner(session: ReadSession, owner: Owner) -> TaskRow | FolderRow:
    if isinstance(owner, ItemKey):
        return get_task(session, owner)
    return get_list(session, owner)


def _get_owner_to_change(
    session: WriteSession, owner: Owner, precondition: Precondition
) -> TaskRow | FolderRow:
    entity = _get_owner(session, owner)
    identifiers_of(session.mailbox).expect_met(precondition, entity.change)
    return entity


def _touch(session: WriteSession, owner: TaskRow | FolderRow, *, left: bool) -> None:
    if isinstance(owner, TaskRow):
        parts.touch_parts(session, owner, _KIND, left=left)
    else:
        touch_folder(session, owner)
