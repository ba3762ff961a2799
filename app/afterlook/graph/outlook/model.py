"""The entity model of Graph's beta: To Do's, and the retired API's beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from afterlook.graph.edm import ENTITY, NAMESPACE
from afterlook.graph.model import MODEL, USER
from afterlook.graph.outlook.edm import as_graph
from afterlook.odata.edm import EdmType, EntityType, Navigation, collection_of
from afterlook.odata.model import Action
from afterlook.outlook import model as outlook
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP

Type = TypeVar("Type", bound=EdmType)


def _add_missing(known: tuple[Type, ...], originals: tuple[Type, ...]) -> tuple[Type, ...]:
    """Return the types that are known, and those of the Outlook API that are not yet."""
    names = {type_.name for type_ in known}
    spelt = tuple(_declare(one) for one in originals)
    return (*known, *(one for one in spelt if one.name not in names))


def _declare(original: Type) -> Type:
    spelt = as_graph(original)
    assert isinstance(spelt, type(original))  # noqa: S101
    return spelt


_TASK, _FOLDER, _GROUP = map(_declare, (TASK, TASK_FOLDER, TASK_GROUP))

OUTLOOK_USER = EntityType(
    f"{NAMESPACE}.outlookUser",
    properties=ENTITY.properties,
    navigations=(
        Navigation("taskFolders", _FOLDER.name),
        Navigation("taskGroups", _GROUP.name),
        Navigation("tasks", _TASK.name),
    ),
    base=ENTITY,
)
BETA_USER = replace(
    USER,
    navigations=(Navigation("outlook", OUTLOOK_USER.name, many=False), *USER.navigations),
)

_KNOWN = tuple(BETA_USER if type_ is USER else type_ for type_ in MODEL.entity_types)
_ORIGINALS = tuple(type_ for type_ in outlook.MODEL.entity_types if type_ is not outlook.USER)

BETA_MODEL = replace(
    MODEL,
    enumerations=_add_missing(MODEL.enumerations, outlook.MODEL.enumerations),
    complex_types=_add_missing(MODEL.complex_types, outlook.MODEL.complex_types),
    entity_types=(*_add_missing(_KNOWN, _ORIGINALS), OUTLOOK_USER),
    actions=(
        *MODEL.actions,
        Action("complete", bound_to=_TASK, returns=collection_of(_TASK)),
        *(Action("permanentDelete", bound_to=each) for each in (_TASK, _FOLDER, _GROUP)),
    ),
    entity_sets=(("users", BETA_USER),),
    singletons=(("me", BETA_USER),),
)
