"""`$select`: which members of an entity are wanted."""

from __future__ import annotations

from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.errors import PropertyUnknown
from afterlook.sharepoint.rest.replies import Entity


def selected(entity: Entity, asked: Asked) -> Entity:
    """Return an entity with the members that are asked for. Raises `PropertyUnknown`."""
    wanted = asked.options.get("$select")
    if wanted is None:
        return entity
    names = {name.strip() for name in wanted.split(",")}
    if "*" in names:
        return entity
    for name in names:
        if name not in entity.members:
            raise PropertyUnknown(name=name[:128], type=entity.type)
    members = {name: value for name, value in entity.members.items() if name in names}
    return entity._replace(members=members)
