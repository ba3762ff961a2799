"""Attachments as tests write them, and as the documents' samples show them."""

from base64 import b64encode
from typing import Any

from tests.support.samples import ANY

Json = dict[str, Any]

SPACE = "Microsoft.OutlookServices"
FILE, ITEM, REFERENCE = (f"#{SPACE}.{kind}Attachment" for kind in ("File", "Item", "Reference"))
ITEMS = f"{SPACE}.ItemAttachment/Item"
"""What `$expand` names to see the items."""

CHEESE = b"mac and cheese"
NOTICE: Json = {
    "@odata.type": FILE,
    "Name": "Holiday notice",
    "ContentBytes": "bWFjIGFuZCBjaGVlc2U=",
}
EVENT: Json = {
    "@odata.type": ITEM,
    "Name": "Holiday event",
    "Item": {
        "@odata.type": f"{SPACE}.Event",
        "Subject": "Discuss gifts for children",
        "Body": {"ContentType": "HTML", "Content": "Let's look for funding!"},
        "Start": {"DateTime": "2016-12-02T18:00:00", "TimeZone": "Pacific Standard Time"},
        "End": {"DateTime": "2016-12-02T19:00:00", "TimeZone": "Pacific Standard Time"},
    },
}
URL = (
    "https://contoso-my.sharepoint.com/personal/admin_contoso_onmicrosoft_com/_layouts/15/"
    "onedrive.aspx?id=%2Fpersonal%2Fadmin%5Fcontoso%5Fonmicrosoft%5Fcom%2FDocuments"
    "%2FHydrangeas%2Ejpg&parent=%2Fpersonal%2Fadmin%5Fcontoso%5Fonmicrosoft%5Fcom%2FDocuments"
)
PICTURE: Json = {
    "@odata.type": REFERENCE,
    "Name": "Hydrangea picture",
    "SourceUrl": URL,
    "ProviderType": "oneDriveBusiness",
    "Permission": "Edit",
    "IsFolder": "False",
}
ALL = (NOTICE, EVENT, PICTURE)


def file(name: str = "x", content: bytes = CHEESE, /, **properties: object) -> Json:
    """Return the body that attaches a file."""
    encoded = b64encode(content).decode()
    return {"@odata.type": FILE, "Name": name, "ContentBytes": encoded, **properties}


def item(name: str = "x", kind: str = "Message", /, **properties: object) -> Json:
    """Return the body that attaches an item."""
    return {
        "@odata.type": ITEM,
        "Name": name,
        "Item": {"@odata.type": f"#{SPACE}.{kind}", **properties},
    }


def link(name: str = "x", /, **properties: object) -> Json:
    """Return the body that attaches a link."""
    return {
        "@odata.type": REFERENCE,
        "Name": name,
        "SourceUrl": "https://a.example/",
        **properties,
    }


def notice(context: str | None = None, stamp: object = ANY) -> Json:
    """Return the file attachment of the samples."""
    return _sample(
        FILE,
        "Holiday notice",
        "application/octet-stream",
        244,
        context,
        stamp,
        ContentId=None,
        ContentLocation=None,
        ContentBytes="bWFjIGFuZCBjaGVlc2U=",
    )


def event(context: str | None = None, stamp: object = ANY) -> Json:
    """Return the item attachment of the samples."""
    return _sample(ITEM, "Holiday event", None, 2473, context, stamp)


def picture(context: str | None = None, stamp: object = ANY) -> Json:
    """Return the reference attachment of the samples."""
    sample = _sample(
        REFERENCE,
        "Hydrangea picture",
        None,
        850,
        context,
        stamp,
        SourceUrl=URL,
        ProviderType="OneDriveBusiness",
        ThumbnailUrl=None,
        PreviewUrl=None,
        Permission="Edit",
        IsFolder=False,
    )
    return {**sample, "IsInline": True}


def _sample(
    kind: str,
    name: str,
    content_type: str | None,
    size: int,
    context: str | None,
    stamp: object,
    **members: object,
) -> Json:
    head = {} if context is None else {"@odata.context": context}
    return head | {
        "@odata.type": kind,
        "@odata.id": ANY,
        "Id": ANY,
        "LastModifiedDateTime": stamp,
        "Name": name,
        "ContentType": content_type,
        "Size": size,
        "IsInline": False,
        **members,
    }
