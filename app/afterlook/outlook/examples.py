"""Bodies that the page at `/docs` sends: each works as it stands."""

from __future__ import annotations

from typing import Any

from afterlook.outlook.edm import NAMESPACE

BODIES: dict[str, dict[str, Any]] = {
    "TaskBody": {
        "Subject": "Shop for dinner",
        "Body": {"ContentType": "Text", "Content": "Rice, mushrooms"},
        "StartDateTime": {"DateTime": "2027-04-23", "TimeZone": "Pacific Standard Time"},
        "DueDateTime": {"DateTime": "2027-04-25", "TimeZone": "Pacific Standard Time"},
        "Importance": "High",
        "Categories": ["House"],
    },
    "NewTaskFolder": {"Name": "Garden"},
    "TaskFolderChanges": {"Name": "Garden and balcony"},
    "NewTaskGroup": {"Name": "House"},
    "TaskGroupChanges": {"Name": "House and garden"},
}
"""Bodies by the model that reads them."""

ATTACHMENTS: dict[str, dict[str, Any]] = {
    "file": {
        "@odata.type": f"#{NAMESPACE}.FileAttachment",
        "Name": "list.txt",
        "ContentBytes": "cmljZSwgbXVzaHJvb21z",
    },
    "item": {
        "@odata.type": f"#{NAMESPACE}.ItemAttachment",
        "Name": "Invitation",
        "Item": {"@odata.type": f"#{NAMESPACE}.Message", "Subject": "Dinner at ours"},
    },
    "link": {
        "@odata.type": f"#{NAMESPACE}.ReferenceAttachment",
        "Name": "Recipes",
        "SourceUrl": "https://onedrive.example/recipes",
        "ProviderType": "OneDriveConsumer",
        "Permission": "Edit",
        "IsFolder": "True",
    },
}
"""An attachment of each kind."""

BATCH: dict[str, Any] = {
    "requests": [
        {"id": "1", "method": "POST", "url": "/me/tasks", "body": {"Subject": "Plant"}},
        {"id": "2", "method": "GET", "url": "$1/Subject"},
    ]
}
