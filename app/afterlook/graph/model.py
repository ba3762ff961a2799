"""The entity model as it is published at `$metadata`: `edm.py`, and how one gets to its entities.

Owns the user, delta and upload sessions, and the container.
"""

from __future__ import annotations

from afterlook.graph.edm import (
    ATTACHMENT_BASE,
    ATTACHMENT_INFO,
    ATTACHMENT_SESSION,
    CHECKLIST_ITEM,
    COMPLEX_TYPES,
    ENTITY,
    ENUMERATIONS,
    EXTENSION,
    LINKED_RESOURCE,
    NAMESPACE,
    OPEN_EXTENSION,
    TASK_FILE_ATTACHMENT,
    TODO_TASK,
    TODO_TASK_LIST,
    UPLOAD_SESSION,
)
from afterlook.odata.edm import STRING, EntityType, Navigation, Property, collection_of
from afterlook.odata.model import Action, EntityModel

TODO = EntityType(
    f"{NAMESPACE}.todo",
    properties=ENTITY.properties,
    navigations=(Navigation("lists", TODO_TASK_LIST.name),),
    base=ENTITY,
)
USER = EntityType(
    f"{NAMESPACE}.user",
    properties=(
        *ENTITY.properties,
        Property("businessPhones", collection_of(STRING)),
        Property("displayName", STRING, nullable=True),
        Property("givenName", STRING, nullable=True),
        Property("jobTitle", STRING, nullable=True),
        Property("mail", STRING, nullable=True),
        Property("mobilePhone", STRING, nullable=True),
        Property("officeLocation", STRING, nullable=True),
        Property("preferredLanguage", STRING, nullable=True),
        Property("surname", STRING, nullable=True),
        Property("userPrincipalName", STRING, nullable=True),
    ),
    navigations=(Navigation("todo", TODO.name, many=False),),
    base=ENTITY,
)

MODEL = EntityModel(
    namespace=NAMESPACE,
    enumerations=ENUMERATIONS,
    complex_types=(*COMPLEX_TYPES, ATTACHMENT_INFO, UPLOAD_SESSION),
    entity_types=(
        ENTITY,
        USER,
        TODO,
        TODO_TASK_LIST,
        TODO_TASK,
        CHECKLIST_ITEM,
        LINKED_RESOURCE,
        ATTACHMENT_BASE,
        TASK_FILE_ATTACHMENT,
        ATTACHMENT_SESSION,
        EXTENSION,
        OPEN_EXTENSION,
    ),
    actions=(
        Action(
            "createUploadSession",
            bound_to=ATTACHMENT_BASE,
            returns=UPLOAD_SESSION,
            parameters=(Property("attachmentInfo", ATTACHMENT_INFO),),
            on_collection=True,
            is_detached=True,
        ),
        *(
            Action(
                "delta",
                bound_to=entity_type,
                returns=collection_of(entity_type),
                is_function=True,
                on_collection=True,
            )
            for entity_type in (TODO_TASK_LIST, TODO_TASK)
        ),
    ),
    entity_sets=(("users", USER),),
    singletons=(("me", USER),),
    alias="graph",
)
