"""Segments of Graph's addresses, and which list and task they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.errors import InvalidRequest
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.odata.path import Vocabulary

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.graph.request import GraphRequest

WELL_KNOWN_LIST = "tasks"
"""The default list's name, which counts for its id in most places (docs/reference/graph.md §4)."""

_NAMESPACE = "microsoft.graph."
_BOUND = {
    "delta": "delta",
    "createuploadsession": "createUploadSession",
    "complete": "complete",
    "permanentdelete": "permanentDelete",
}
_WORDS = ("me", "todo", "outlook", "content", "$count", "$value", "$metadata", "$batch")


def _spellings(name: str) -> tuple[str, ...]:
    return name, f"{name}()", f"{_NAMESPACE}{name}", f"{_NAMESPACE}{name}()"


VOCABULARY = Vocabulary(
    entity_sets=frozenset({"users", "lists", "tasks", "checklistitems", "linkedresources"})
    | {"attachments", "attachmentsessions", "extensions", "taskfolders", "taskgroups"},
    words={word: word for word in _WORDS}
    | {spelt: name for lower, name in _BOUND.items() for spelt in _spellings(lower)},
    bound=frozenset(spelt for lower in _BOUND for spelt in _spellings(lower)),
)


def is_below_outlook(scope: Scope) -> bool:
    """Tell whether a request is for the retired API, once its path is in the one form."""
    path: str = scope["path"]
    return path.lower().split("/", 4)[3:4] == ["outlook"]


def read_list_id(request: GraphRequest, text: str) -> int:
    """Read the id of a list; the default list's well-known name is one. Raises `IdMalformed`."""
    if text.lower() == WELL_KNOWN_LIST:
        return DEFAULT_FOLDER
    return request.ids.read_folder_id(text)


def expect_id(text: str) -> None:
    """Refuse the well-known name where Graph knew ids alone. Raises `InvalidRequest`."""
    if text.lower() == WELL_KNOWN_LIST:
        raise InvalidRequest(reason="Parent folder specified does not contain a Task with given Id")


def lists_path(list_id: str | None = None) -> str:
    """Return how context URLs name the lists, or one of them."""
    return "todo/lists" if list_id is None else f"todo/lists('{quote_key(list_id)}')"


def tasks_path(list_id: str, task_id: str | None = None) -> str:
    """Return how context URLs name the tasks of a list, or one of them."""
    tasks = f"{lists_path(list_id)}/tasks"
    return tasks if task_id is None else f"{tasks}('{quote_key(task_id)}')"


def quote_key(key: str) -> str:
    """Return an id as it stands in context URLs, `=` as `%3D`."""
    return key.replace("=", "%3D")
