"""`$select` and `$expand`: which members an answer has, and which of those that they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from afterlook.sharepoint.rest.errors import MemberUnknown, OptionInvalid
from afterlook.sharepoint.rest.response_writer import Entity, Feed
from afterlook.sharepoint.rest.rest_request import RestRequest

Related = Mapping[str, Callable[[], Entity | Feed]]
"""What an entity leads to, by the names of the members that do."""

_NOTHING: Related = MappingProxyType({})
_ALL = "*"

MAX_NAMES = 100
"""Different names in one option: more than any entity has members."""


def select_members(entity: Entity, request: RestRequest, related: Related = _NOTHING) -> Entity:
    """Return an entity with its selected members. Raises `MemberUnknown`.

    In OData 3 what is expanded is left out where it is not selected; 4.0 has it all the same.
    """
    wanted = _option_names(request, "$select") or {_ALL}
    expanded = _option_names(request, "$expand")
    heads = {name.partition("/")[0] for name in expanded}
    for name in heads - related.keys():
        raise _make_unknown_error(name, entity)
    parts: dict[str, set[str]] = {name: set() for name in related if name in heads}
    targets = {name: related[name]() for name in parts}
    for name in expanded:
        head, _, part = name.partition("/")
        # `AssignedTo/Title` leads to nothing beyond the user, but is a common spelling.
        if part and not _has(targets[head], part):
            raise _make_unknown_error(name, entity)
    for name in wanted:
        head, slash, part = name.partition("/")
        if slash and head in parts:
            parts[head].add(part)
        elif name not in entity.members and name not in parts and name != _ALL:
            raise _make_unknown_error(name, entity)
    members = {
        name: value for name, value in entity.members.items() if name in wanted or _ALL in wanted
    }
    selected_heads = {name.partition("/")[0] for name in wanted}
    for name, chosen in parts.items():
        if not (request.form.is_new or name in selected_heads or _ALL in wanted):
            continue
        one = targets[name]
        members[name] = (
            one._replace(entities=[_keep_members(each, chosen) for each in one.entities])
            if isinstance(one, Feed)
            else _keep_members(one, chosen)
        )
    return entity._replace(members=members)


def _option_names(request: RestRequest, option: str) -> frozenset[str]:
    names = _split_names(request.options.get(option, ""))
    if len(names) > MAX_NAMES:
        raise OptionInvalid(name=option)
    return names


# They are the same for each of thousands of entities.
@lru_cache(maxsize=16)
def _split_names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",")) - {""}


def _has(target: Entity | Feed, name: str) -> bool:
    entities = target.entities if isinstance(target, Feed) else [target]
    return all(name in one.members for one in entities)


def _keep_members(entity: Entity, names: set[str]) -> Entity:
    if not names or _ALL in names:
        return entity
    for name in names:
        if name not in entity.members:
            raise _make_unknown_error(name, entity)
    return entity._replace(members={name: entity.members[name] for name in sorted(names)})


def _make_unknown_error(name: str, entity: Entity) -> MemberUnknown:
    return MemberUnknown(name=name[:128], type=entity.type)
