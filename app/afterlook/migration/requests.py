"""What becomes of each request of the Outlook Task API in Graph To Do.

Owns the addresses, old and new, of docs/reference/graph.md §13, and how one is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from afterlook.migration.verdicts import Verdict

_KEPT, _CHANGED, _NEAREST, _LOST = Verdict.KEPT, Verdict.CHANGED, Verdict.NEAREST, Verdict.LOST

_LISTS, _LIST = "/me/todo/lists", "/me/todo/lists/{list}"
_TASKS, _TASK = f"{_LIST}/tasks", f"{_LIST}/tasks/{{task}}"
_FILES = f"{_TASK}/attachments"


class Request(NamedTuple):
    """A request by its address below the user's, and what to call instead of it, if anything."""

    method: str
    path: str
    to: str
    verdict: Verdict
    standing: str
    note: str = ""


_NO_GROUPS = "there are no groups of lists"
_NEEDS_LIST = "the address needs the id of the task's list: keep it beside the task's"

REQUESTS = (
    Request(
        *("GET", "/tasks", f"GET {_TASKS}", _NEAREST, "D"),
        "there is none for all folders: call it for each list, or twenty in a $batch",
    ),
    Request(
        *("GET", "/tasks/$count", f"GET {_TASKS}/$count", _NEAREST, "D"),
        "for each list, and add them up",
    ),
    Request(
        *("POST", "/tasks", "POST /me/todo/lists/{default list}/tasks", _CHANGED, "D"),
        "the default list is the one whose wellknownListName is defaultList, which can't be "
        "filtered by: read all lists",
    ),
    Request("GET", "/tasks/{id}", f"GET {_TASK}", _CHANGED, "D", _NEEDS_LIST),
    Request(
        *("PATCH", "/tasks/{id}", f"PATCH {_TASK}", _CHANGED, "D"),
        f"{_NEEDS_LIST}. A due date of a recurring task makes a second one; there is no move by "
        "ParentFolderId: create and delete",
    ),
    Request("DELETE", "/tasks/{id}", f"DELETE {_TASK}", _CHANGED, "D", _NEEDS_LIST),
    Request(
        *("POST", "/tasks/{id}/complete", f"PATCH {_TASK}", _CHANGED, "D, S"),
        'send {"status": "completed"}. The answer is one task; of a series the same id goes on as '
        "the next one, to be read anew",
    ),
    Request(
        *("GET", "/tasks/{id}/{property}", f"GET {_TASK}", _NEAREST, "I"),
        "read the task and take the property from it",
    ),
    Request(
        *("GET", "/tasks/{id}/attachments", f"GET {_FILES}", _CHANGED, "D"),
        "files alone, and without contentBytes",
    ),
    Request(
        *("GET", "/tasks/{id}/attachments/$count", f"GET {_FILES}", _NEAREST, "I"),
        "count what the list has",
    ),
    Request(
        *("POST", "/tasks/{id}/attachments", f"POST {_FILES}", _CHANGED, "D"),
        "files alone, below 3 MB; above, POST …/attachments/createUploadSession and PUT parts. A "
        f"reference becomes POST {_TASK}/linkedResources; an item has no place",
    ),
    Request(
        *("GET", "/tasks/{id}/attachments/{id}", f"GET {_FILES}/{{attachment}}", _CHANGED, "D"),
        "of files alone",
    ),
    Request(
        "GET",
        "/tasks/{id}/attachments/{id}/$value",
        *(f"GET {_FILES}/{{attachment}}/$value", _KEPT, "D"),
    ),
    Request(
        "DELETE",
        "/tasks/{id}/attachments/{id}",
        *(f"DELETE {_FILES}/{{attachment}}", _KEPT, "D"),
    ),
    Request(
        *("GET", "/taskfolders", f"GET {_LISTS}", _CHANGED, "D, S"),
        "follow @odata.nextLink. By older reports fewer lists came than there are, without a "
        "link: lists/delta has all",
    ),
    Request("GET", "/taskfolders/$count", f"GET {_LISTS}", _NEAREST, "S", "count what it has"),
    Request("POST", "/taskfolders", f"POST {_LISTS}", _KEPT, "D", "displayName for Name"),
    Request("GET", "/taskfolders/{id}", f"GET {_LIST}", _KEPT, "D"),
    Request(
        *("PATCH", "/taskfolders/{id}", f"PATCH {_LIST}", _CHANGED, "D"),
        "displayName alone: there is no move to another group",
    ),
    Request("DELETE", "/taskfolders/{id}", f"DELETE {_LIST}", _KEPT, "D"),
    Request(
        *("GET", "/taskfolders/{id}/{property}", f"GET {_LIST}", _NEAREST, "I"),
        "read the list and take the property from it",
    ),
    Request("GET", "/taskfolders/{id}/tasks", f"GET {_TASKS}", _KEPT, "D"),
    Request(
        *("GET", "/taskfolders/{id}/tasks/$count", f"GET {_TASKS}/$count", _KEPT, "D"),
    ),
    Request("POST", "/taskfolders/{id}/tasks", f"POST {_TASKS}", _KEPT, "D"),
    Request("GET", "/taskgroups", "", _LOST, "D", _NO_GROUPS),
    Request("GET", "/taskgroups/$count", "", _LOST, "D", _NO_GROUPS),
    Request("POST", "/taskgroups", "", _LOST, "D", _NO_GROUPS),
    Request("GET", "/taskgroups/{id}", "", _LOST, "D", _NO_GROUPS),
    Request("GET", "/taskgroups/{id}/{property}", "", _LOST, "D", _NO_GROUPS),
    Request("PATCH", "/taskgroups/{id}", "", _LOST, "D", _NO_GROUPS),
    Request("DELETE", "/taskgroups/{id}", "", _LOST, "D", _NO_GROUPS),
    Request(
        *("GET", "/taskgroups/{id}/taskfolders", f"GET {_LISTS}", _NEAREST, "D"),
        "the lists of all groups, and nothing that tells them apart",
    ),
    Request(
        *("GET", "/taskgroups/{id}/taskfolders/$count", f"GET {_LISTS}", _NEAREST, "D"),
        "as above",
    ),
    Request(
        *("POST", "/taskgroups/{id}/taskfolders", f"POST {_LISTS}", _NEAREST, "D"),
        "the list is in no group",
    ),
    Request(
        *("POST", "/$batch", "POST /$batch", _CHANGED, "D"),
        "in JSON alone, at most 20; each request in it is in this table for itself",
    ),
    Request(
        *("GET", "/$metadata", "GET /$metadata", _CHANGED, "D"),
        "types of microsoft.graph: todoTask, todoTaskList",
    ),
    Request("GET", "/", "", _LOST, "I", "there is no list of what the service has"),
    Request("GET", "/{user}", "GET /me", _CHANGED, "D", "id, displayName, mail, userPrincipalName"),
)

_COLLECTIONS = ("tasks", "taskfolders", "taskgroups", "attachments")
_OF_SERVICE = 2
"""Segments of an address that belongs to no user."""

_KEYED = re.compile(r"(\w+)\(.*\)")
_WITHIN = re.compile(
    r"^/taskgroups/\{id\}(?=/taskfolders/\{id\})|/taskfolders/\{id\}(?=/tasks/\{id\})"
)
_BY_ADDRESS = {(row.method, row.path): row for row in REQUESTS}


def find(method: str, path: str) -> Request | None:
    """Find what becomes of a request, by its method and path."""
    address = address_of(path)
    return None if address is None else _BY_ADDRESS.get((method.upper(), address))


def address_of(path: str) -> str | None:
    """Return a path as this table has it, `{id}` for each key; None of one that is not here.

    A task below its folder, and a folder below its group, are what they are alone.
    """
    segments = [segment for segment in path.split("/") if segment]
    root = segments[0].lower() if segments else ""
    below = _below_user(segments[2:] if root == "api" else segments[1:])
    if root in ("beta", "v1.0"):
        if not below or below.pop(0).lower() != "outlook":
            return None
    elif root != "api":
        return None
    elif not below:
        return "/{user}" if len(segments) > _OF_SERVICE else "/"
    return _WITHIN.sub("", "".join(f"/{part}" for part in _plain(below)))


def _below_user(segments: list[str]) -> list[str]:
    first = segments[0].lower() if segments else ""
    if first == "users":
        return segments[2:]
    return segments[1:] if first == "me" or first.startswith("users(") else segments


def _plain(segments: Iterable[str]) -> Iterator[str]:
    """Write placeholders for keys and properties, whatever form an address has."""
    before = ""
    for segment in segments:
        name = segment.lower()
        keyed = _KEYED.fullmatch(name)
        if keyed is not None:
            yield keyed[1]
            before = "{id}"
        elif before in _COLLECTIONS and not name.startswith("$"):
            before = "{id}"
        elif before == "{id}" and name not in _COLLECTIONS and not name.startswith("$"):
            before = "complete" if name.rpartition(".")[2] == "complete" else "{property}"
        elif before == "{property}":
            continue
        else:
            before = name
        yield before
