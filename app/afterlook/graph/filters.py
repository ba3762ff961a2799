"""Filters as Graph reads them otherwise than the Outlook wire: docs/reference/graph.md §5.

Owns ids and files in filters, literals that came encoded twice, and the quirk that drops
`contains`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from afterlook.errors import InvalidRequest, PropertyNotFilterable
from afterlook.graph import edm, quirks
from afterlook.mailbox.extensions import read_id
from afterlook.odata.edm import BOOLEAN, INT64, STRING, collection_of
from afterlook.odata.filter.tree import (
    Call,
    Comparison,
    Expression,
    Junction,
    Literal,
    Membership,
    Path,
    Quantifier,
    Variable,
    map_operands,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from afterlook.mailbox.identifiers import Identifiers
    from afterlook.odata.edm import EntityType

Operand = TypeVar("Operand", bound=Expression)

_ID = "id"
_ENUMERATION = re.compile(
    r"wellknownListName[ ]{1,4}\w\w[ ]{1,4}[\w.]{0,64}('[^']{0,100}')", re.IGNORECASE
)
_HAS_FILES = Quantifier(
    "any",
    Path("attachments", collection_of(edm.TASK_FILE_ATTACHMENT), "files", nullable=False),
)
"""Whether a task has files attached: as any other look into a collection, it has its price."""

_ENCODED = re.compile("%[0-9A-Fa-f]{2}")


def expect_no_enumeration(text: str) -> None:
    """Refuse to compare a list's well-known name, in Graph's words. Raises `InvalidRequest`."""
    compared = _ENUMERATION.search(text)
    if compared is not None:
        name = f"microsoft.toDo.wellknownListName{compared[1]}"
        reason = f"The string '{name}' is not a valid enumeration type constant."
        raise InvalidRequest(reason=reason)


def adapt(
    expression: Expression, of: EntityType, ids: Identifiers, active: Collection[str]
) -> Expression:
    """Return a filter on entities of a type as the store can answer it, with quirks `active`.

    Raises `IdMalformed`, `PropertyNotFilterable` for an id that is not compared with another.
    """
    is_of_lists = of is edm.TODO_TASK_LIST

    def rewrite(part: Expression) -> Expression:
        if is_of_lists:
            compared = _compare_lists(part, ids)
            if compared is not None:
                return compared
        part = _compare_extensions(part)
        match part:
            case Path(column=edm.HAS_FILES):
                return _HAS_FILES
            case Junction(operator="and") if quirks.CONTAINS_DROPPED in active:
                others = tuple(one for one in part.operands if not _is_contains(one))
                if len(others) < 2:  # noqa: PLR2004
                    return rewrite((others or part.operands)[0])
                return map_operands(replace(part, operands=others), rewrite)
        return _or_decoded(map_operands(part, rewrite))

    return rewrite(expression)


def _compare_lists(part: Expression, ids: Identifiers) -> Expression | None:
    """Return what compares the ids of lists by what they stand for; None where nothing does."""
    match part:
        case Comparison(operator="eq" | "ne", left=Path(column="id"), right=Literal()):
            return replace(part, left=_as_number(part.left), right=_read_id(part.right, ids))
        case Comparison(operator="eq" | "ne", left=Literal(), right=Path(column="id")):
            return replace(part, left=_read_id(part.left, ids), right=_as_number(part.right))
        case Membership(left=Path(column="id")):
            items = tuple(_read_id(item, ids) for item in part.items)
            return replace(part, left=_as_number(part.left), items=items)
        case Path(column="id"):
            raise PropertyNotFilterable(name=_ID)
    return None


def _compare_extensions(part: Expression) -> Expression:
    """Return a comparison of an extension's id with names, or whole ids, as one with whole ids."""
    match part:
        case Comparison("eq" | "ne", Path(column="id") | Variable(part="id"), right):
            return replace(part, right=_as_whole_id(right))
        case Comparison("eq" | "ne", left, Path(column="id") | Variable(part="id")):
            return replace(part, left=_as_whole_id(left))
        case Membership(Path(column="id") | Variable(part="id"), items):
            return replace(part, items=tuple(map(_as_whole_id, items)))
    return part


def _as_whole_id(one: Operand) -> Operand:
    if isinstance(one, Literal) and isinstance(one.value, str):
        return replace(one, value=read_id(one.value))
    return one


def _as_number(path: Expression) -> Expression:
    return replace(path, type=INT64) if isinstance(path, Path) else path


def _read_id(literal: Expression, ids: Identifiers) -> Literal:
    value = literal.value if isinstance(literal, Literal) else None
    return Literal(ids.read_folder_id(value) if isinstance(value, str) else None, INT64)


def _is_contains(expression: Expression) -> bool:
    return isinstance(expression, Call) and expression.name == "contains"


def _or_decoded(condition: Expression) -> Expression:
    """Return a condition that also holds for what its literals are when they are decoded again."""
    is_condition = isinstance(condition, Comparison | Call | Membership)
    if not is_condition or condition.type != BOOLEAN:
        return condition
    decoded = map_operands(condition, _decode)
    if decoded == condition:
        return condition
    is_unlike = isinstance(condition, Comparison) and condition.operator == "ne"
    return Junction("and" if is_unlike else "or", (condition, decoded))


def _decode(part: Expression) -> Expression:
    if not (isinstance(part, Literal) and isinstance(part.value, str) and part.type == STRING):
        return part
    decoded = unquote(part.value) if _ENCODED.search(part.value) else part.value
    # No text that is stored has a NUL, and PostgreSQL does not even compare with one.
    return part if "\0" in decoded else replace(part, value=decoded)
