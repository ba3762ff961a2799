"""Names of types in annotations, and the contexts of OData 4.0.

Owns how SharePoint names what an answer is of: `$metadata#lists/$entity`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

_ITEMS, _ITEM_SETS = "SP.Data.", "SP.ListData."
_SINGLE = {"SP.Web": "web", "SP.Site": "site"}
_SETS = {"SP.List": "lists", "SP.User": "siteusers"}
_PRIMITIVES: tuple[tuple[type, str], ...] = (
    # A truth is a number in Python, too.
    (bool, "Edm.Boolean"),
    (int, "Edm.Int32"),
    (float, "Edm.Double"),
    (str, "Edm.String"),
    (datetime, "Edm.DateTimeOffset"),
    (UUID, "Edm.Guid"),
)
_SELF_EXPLAINING = frozenset({"Edm.String", "Edm.Boolean", "Edm.Double"})
"""Types that JSON tells apart by itself (OData JSON 4.0 §4.5.3)."""


def name_primitive(value: object) -> str:
    """Return the type of a plain value."""
    return next((name for type_, name in _PRIMITIVES if isinstance(value, type_)), "Edm.Null")


def declared_name(type_: str) -> str:
    """Return the type of a member where full metadata states it; else nothing."""
    is_plain = type_.startswith(("Edm.", "Collection("))
    return type_ if is_plain and type_ not in _SELF_EXPLAINING | {"Edm.Null"} else ""


def reference(type_: str) -> str:
    """Return a type as OData 4.0 refers to one: `#SP.List`, `#Collection(Int32)`, `#Guid`."""
    return "#" + type_.replace("Edm.", "")


def odata3_name(type_: str) -> str:
    """Return a type as OData 3 named it."""
    return "Edm.DateTime" if type_ == "Edm.DateTimeOffset" else type_


def context_fragment(type_: str, *, single: bool) -> str:
    """Return what a context says of an entity, a collection or a value of a type."""
    bare = type_.removeprefix("Collection(").removesuffix(")")
    if bare in _SINGLE:
        return _SINGLE[bare]
    set_name = _SETS.get(bare, "")
    if bare.startswith(_ITEMS):
        set_name = f"{_ITEM_SETS}{bare.removeprefix(_ITEMS)}s"
    if not set_name:
        return type_
    return f"{set_name}/$entity" if single else set_name


def select_in_context(about: str, selected: str) -> str:
    """Return what a context says where only some members are selected (OData 4.0 §10.7)."""
    if not selected:
        return about
    set_, slash, entity = about.partition("/")
    return f"{set_}({selected}){slash}{entity}"


def selection(options: Mapping[str, str]) -> str:
    """Return the selected members as a context names them: `Id,Author(Title)`."""
    parts: dict[str, dict[str, None]] = {}
    for name in _split_list(options.get("$select", "")):
        head, slash, part = name.partition("/")
        inner = parts.setdefault(head, {})
        if slash:
            inner[part] = None
    return ",".join(
        f"{name}({','.join(inner)})" if inner else name for name, inner in parts.items()
    )


def _split_list(text: str) -> Iterable[str]:
    return (name.strip() for name in text.split(",") if name.strip())
