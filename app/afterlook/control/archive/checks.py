"""What must be so among the entities of a mailbox, for the server to go on with them.

Owns that numbers refer to what is there, that no two are the same where the store allows none, and
that counters are ahead of everything. Each refusal names the first entry at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from afterlook.control.archive.parts import check_parts
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.seeds.parts import InvalidEntryError
from afterlook.store import changes
from afterlook.store.attachments import PART
from afterlook.store.contents import Row
from afterlook.store.folding import fold
from afterlook.store.task_lists import FLAGGED_EMAILS

Rows = Mapping[str, Sequence[Row]]


def check(head: Row, rows: Rows) -> None:
    """Raise `InvalidEntryError` for the first thing that is not so."""
    if head["upn"] != head["upn"].lower():
        raise InvalidEntryError("Upn", "it must be in lower case")
    _check_different(rows)
    _check_references(rows)
    _check_counters(head, rows)
    _check_changes(rows)
    _check_contents(rows)
    check_parts(rows)


def _key(*columns: str) -> Callable[[Row], Any]:
    return lambda row: tuple(row[column] for column in columns)


_KEYS: list[tuple[str, str, Callable[[Row], Any]]] = [
    ("TaskFolders", "task_folder", lambda row: fold(row["name"])),
    ("Contents", "attachment_content", _key("content", "part")),
    ("Changes", "change_log", _key("entity")),
    ("Changes", "change_log", lambda row: ("position", row["scope"], row["number"])),
    ("MyTasks", "work_task", _key("id")),
    ("Locations", "work_location", _key("id")),
    ("Settings", "work_settings", lambda _: None),
    ("ExchangePairs", "work_exchange_pair", _key("task")),
    ("ExchangePairs", "work_exchange_pair", lambda row: ("outlook", row["outlook"])),
    ("ExchangeLeftOut", "work_exchange_left_out", _key("outlook")),
    ("Refreshes", "work_refresh", _key("id")),
    ("Lists", "source_list", _key("id")),
    ("Lists", "source_list", lambda row: (fold(row["web"]), fold(row["title"]))),
    ("Lists", "source_item", _key("list", "id")),
    ("TaskFolders", "extended_property", _key("entity", "property_id")),
    ("TaskFolders", "attachment", _key("task", "id")),
    ("TaskFolders", "checklist_item", _key("task", "id")),
    ("TaskFolders", "checklist_item", _key("task", "guid")),
    ("TaskFolders", "linked_resource", _key("task", "id")),
    ("TaskFolders", "linked_resource", _key("task", "guid")),
    ("TaskFolders", "open_extension", lambda row: (row["entity"], fold(row["name"]))),
]
"""What no two rows have in common, and where they are."""


def _check_different(rows: Rows) -> None:
    for name, table, key in _KEYS:
        _expect_once(name, map(key, rows[table]))
    # Groups, folders and tasks are numbered by one counter.
    entities = ("task_group", "task_folder", "task")
    numbers = [row["id"] for table in entities for row in rows[table]]
    _expect_once("TaskFolders", numbers)
    if FLAGGED_EMAILS.id in numbers:
        reason = f"number {FLAGGED_EMAILS.id} is that of Flagged Emails"
        raise InvalidEntryError("TaskFolders", reason)
    sources = [row for row in rows["work_task"] if row["provider_key"] is not None]
    _expect_once("MyTasks", map(_key("provider", "provider_key"), sources))


def _expect_once(name: str, keys: Iterable[Any]) -> None:
    known = set()
    for key in keys:
        if key in known:
            raise InvalidEntryError(name, f"there are two of {key}")
        known.add(key)


def _check_references(rows: Rows) -> None:
    groups = {row["id"] for row in rows["task_group"]}
    for index, row in enumerate(rows["task_folder"]):
        if row["group_id"] not in groups:
            raise InvalidEntryError(f"TaskFolders[{index}].Group", "there is no such group")
    _expect_default("TaskGroups", rows["task_group"], DEFAULT_GROUP)
    _expect_default("TaskFolders", rows["task_folder"], DEFAULT_FOLDER)
    parents = {row["id"]: row["parent"] for row in rows["work_location"]} | {-1: -1}
    for index, row in enumerate(rows["work_location"]):
        location, steps = row["id"], 0
        while location != -1 and steps <= len(parents):
            location, steps = parents.get(location, location), steps + 1
        if location != -1:
            raise InvalidEntryError(f"Locations[{index}].Parent", "it leads to no root")
    for name, table in (("MyTasks", "work_task"), ("Lists", "source_list")):
        for index, row in enumerate(rows[table]):
            if row["location"] is not None and row["location"] not in parents:
                raise InvalidEntryError(f"{name}[{index}].Location", "there is no such location")


def _expect_default(name: str, rows: Sequence[Row], number: int) -> None:
    if [row["id"] for row in rows if row["is_default"]] != [number]:
        raise InvalidEntryError(name, f"number {number}, and no other, must be the default")


_NUMBERED = {
    "task_group": ("id", "change"),
    "task_folder": ("id", "change"),
    "task": ("id", "change"),
    "attachment": ("id", "content"),
    "attachment_content": ("content",),
    "checklist_item": ("id",),
    "linked_resource": ("id",),
    "change_log": ("entity", "scope", "number"),
    "work_task": ("change",),
    "work_settings": ("exchange_outlook", "exchange_change"),
    "work_exchange_pair": ("outlook", "task_change", "outlook_change"),
    "work_exchange_left_out": ("outlook",),
    "source_list": ("change", "seen"),
    "source_item": ("change",),
}
"""The columns that hold numbers of the mailbox's counter."""


def _check_counters(head: Row, rows: Rows) -> None:
    highest = max(
        head["forgotten"],
        *(
            row[column]
            for table, columns in _NUMBERED.items()
            for row in rows[table]
            for column in columns
        ),
        0,
    )
    if head["change"] < highest:
        raise InvalidEntryError("Change", f"it must be at least {highest}, the highest number")
    for settings in rows["work_settings"]:
        for member, column, table in _COUNTERS:
            most = max((row["id"] for row in rows[table]), default=0)
            if settings[column] <= most:
                raise InvalidEntryError(f"Settings[0].{member}", f"it must be above {most}")
    if not rows["work_settings"] and any(rows[table] for _, _, table in _COUNTERS):
        raise InvalidEntryError("Settings", "there must be one")
    following = {row["id"]: row["next_item"] for row in rows["source_list"]}
    for row in rows["source_item"]:
        if row["id"] >= following[row["list"]] or row["id"] < 1:
            raise InvalidEntryError("Lists", f"NextItem must be above {row['id']}")


_COUNTERS = [
    ("NextTask", "next_task", "work_task"),
    ("NextLocation", "next_location", "work_location"),
    ("NextRefresh", "next_refresh", "work_refresh"),
]


def _check_changes(rows: Rows) -> None:
    living = {row["id"]: changes.GROUPS for row in rows["task_group"]}
    living |= {row["id"]: changes.FOLDERS for row in rows["task_folder"]}
    living |= {row["id"]: row["folder_id"] for row in rows["task"]}
    logged = {row["entity"]: row["scope"] for row in rows["change_log"] if not row["deleted"]}
    if logged != living:
        number = min(dict(logged.items() ^ living.items()))
        raise InvalidEntryError("Changes", f"it does not tell of number {number} as it is")


def _check_contents(rows: Rows) -> None:
    lengths: dict[int, int] = {}
    for index, row in enumerate(rows["attachment_content"]):
        before = lengths.get(row["content"], 0)
        is_next = before == row["part"] * PART
        if not is_next or not 0 < len(row["data"]) <= PART:
            raise InvalidEntryError(f"Contents[{index}].Part", f"parts have {PART} bytes, in order")
        lengths[row["content"]] = before + len(row["data"])
    for row in rows["attachment"]:
        if row["length"] != lengths.get(row["content"], 0):
            name = row["name"]
            raise InvalidEntryError("Contents", f"that of the attachment {name} is not there whole")
