"""The entity model as it is published: `edm.py`, and how one gets to its entities.

Owns the user, the action and the container.
"""

from __future__ import annotations

from afterlook.odata.edm import STRING, EntityType, Navigation, Property, collection_of
from afterlook.odata.model import Action, EntityModel
from afterlook.outlook import itemtypes
from afterlook.outlook.edm import (
    ATTACHMENT,
    ATTACHMENTS,
    COMPLEX_TYPES,
    ENTITY,
    ENUMERATIONS,
    ITEM,
    MULTI_VALUE,
    NAMESPACE,
    SINGLE_VALUE,
    TASK,
    TASK_FOLDER,
    TASK_GROUP,
)

USER = EntityType(
    f"{NAMESPACE}.User",
    properties=(
        *ENTITY.properties,
        Property("EmailAddress", STRING),
        Property("DisplayName", STRING),
        Property("Alias", STRING),
    ),
    navigations=(
        Navigation("TaskFolders", TASK_FOLDER.name),
        Navigation("TaskGroups", TASK_GROUP.name),
        Navigation("Tasks", TASK.name),
    ),
    base=ENTITY,
)
"""The user, as far as Microsoft's blog showed one when it changed the Id ("Outlook REST API
changes to beta endpoint")."""

MODEL = EntityModel(
    namespace=NAMESPACE,
    enumerations=(*ENUMERATIONS, *itemtypes.ENUMERATIONS),
    complex_types=(*COMPLEX_TYPES, *itemtypes.COMPLEX_TYPES),
    entity_types=(
        ENTITY,
        ITEM,
        USER,
        TASK,
        TASK_FOLDER,
        TASK_GROUP,
        ATTACHMENT,
        *ATTACHMENTS,
        *itemtypes.ITEMS,
        SINGLE_VALUE,
        MULTI_VALUE,
    ),
    actions=(Action("Complete", bound_to=TASK, returns=collection_of(TASK)),),
    entity_sets=(("Users", USER),),
    singletons=(("Me", USER),),
)
