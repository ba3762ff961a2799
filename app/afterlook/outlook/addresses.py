"""Folders and groups in addresses: which one an id is for, and how context URLs name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.mailbox import identifiers
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.outlook.edm import WELL_KNOWN_FOLDER

if TYPE_CHECKING:
    from afterlook.outlook.request import OutlookRequest


def read_folder_id(request: OutlookRequest, folder_id: str) -> int:
    """Read a folder id; the default folder's well-known name is one. Raises `IdMalformed`."""
    if folder_id.lower() == WELL_KNOWN_FOLDER:
        return DEFAULT_FOLDER
    return request.ids.read_folder_id(folder_id)


def folder_path(request: OutlookRequest, folder_id: str, group_id: str | None = None) -> str:
    """Name a folder in context URLs: a well-known name as sent, an id whole, padding and all.

    Raises `IdMalformed`, `ItemNotFound`.
    """
    name = folder_id
    if folder_id.lower() != WELL_KNOWN_FOLDER:
        request.ids.read_folder_id(folder_id)
        name = identifiers.pad(folder_id)
    parent = "" if group_id is None else f"{group_path(request, group_id)}/"
    return f"{parent}TaskFolders('{name}')"


def group_path(request: OutlookRequest, group_id: str) -> str:
    """Name a group in context URLs. Raises `IdMalformed`, `ItemNotFound`."""
    request.ids.read_group_id(group_id)
    return f"TaskGroups('{identifiers.pad(group_id)}')"
