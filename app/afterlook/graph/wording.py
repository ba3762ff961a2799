"""Graph's names in what refusals say.

The rules are one for all faces, and their refusals name properties and types as the Outlook API
spells them. Owns how that reads on this wire; what a client sent is quoted as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afterlook import errors
from afterlook.graph.edm import (
    ATTACHMENT_BASE,
    CHECKLIST_ITEM,
    LINKED_RESOURCE,
    TASK_FILE_ATTACHMENT,
    TODO_TASK,
)
from afterlook.graph.outlook.edm import PROPERTY_NAMES, name_type, name_value
from afterlook.graph.spelling import to_camel, to_pascal
from afterlook.outlook.edm import ATTACHMENT, FILE_ATTACHMENT, TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlook.errors import ServiceError

_OWN_WORDS = (
    errors.InvalidRequest,
    errors.InvalidDateTime,
    errors.BodyNotReadable,
    errors.NavigationNotSupported,
)
"""Errors whose messages name properties."""

_TODO_NAMES = {
    **PROPERTY_NAMES,
    **{
        to_pascal(part.name): part.name
        for type_ in (TODO_TASK, CHECKLIST_ITEM, LINKED_RESOURCE, TASK_FILE_ATTACHMENT)
        for part in type_
    },
    "Subject": "title",
}
_TODO_TYPES = {
    TASK.name: TODO_TASK.name,
    ATTACHMENT.name: ATTACHMENT_BASE.name,
    FILE_ATTACHMENT.name: TASK_FILE_ATTACHMENT.name,
}

_QUOTED_TYPE = re.compile(r"(?<=type ')Microsoft\.OutlookServices\.\w+(?='[^']*$)")
_PATTERN_TYPE = re.compile(r"(?<=of the type )\w+")
_NAMES = re.compile(
    r"(?P<before>\b(?:property|parameter) ')(?P<name>\w+)(?=')"
    r"|'[^']*'"
    r"|\b(?P<word>[A-Z][a-z]+(?:[A-Z]\w+)+)\b"
)
"""A property by its name in quotes, or by a word that can be nothing else; other quotations are a
client's."""


def reword_for_outlook(error: ServiceError) -> str:
    """Return what an error says below `/me/outlook`."""
    return _reword(error, PROPERTY_NAMES, {})


def reword_for_todo(error: ServiceError) -> str:
    """Return what an error says below `/me/todo`."""
    return _reword(error, _TODO_NAMES, _TODO_TYPES)


def _reword(error: ServiceError, names: Mapping[str, str], types: Mapping[str, str]) -> str:
    message = _QUOTED_TYPE.sub(
        lambda match: types.get(match[0]) or name_type(match[0]), error.message
    )
    is_own = isinstance(error, errors.PropertyUnknown) and message != error.message
    if not (is_own or isinstance(error, _OWN_WORDS)):
        return message
    message = _PATTERN_TYPE.sub(lambda match: name_value(match[0]), message)
    return _NAMES.sub(lambda match: _respell(match, names), message)


def _respell(match: re.Match[str], names: Mapping[str, str]) -> str:
    if match["word"]:
        return names.get(match["word"], match["word"])
    if not match["name"]:
        return match[0]
    return match["before"] + (names.get(match["name"]) or to_camel(match["name"]))
