"""Bodies of what hangs on tasks, and ranges of uploads, each case by itself."""

import pytest

from afterlook.errors import (
    BodyNotReadable,
    InvalidRequest,
    LiteralNotConvertible,
    RangeMalformed,
    ServiceError,
)
from afterlook.graph.bodies.attachments import (
    ContentRange,
    read_attachment_info,
    read_content_range,
    read_new_file,
)
from afterlook.graph.bodies.new_parts import read_new_parts
from afterlook.graph.bodies.parts import (
    read_checklist_values,
    read_extension,
    read_linked_values,
    read_new_checklist_item,
)
from afterlook.mailbox.upload_sessions import NewUpload
from afterlook.outlook.bodies.attachments import MAX_TEXT
from afterlook.outlook.mediatypes import UNKNOWN

INFO: dict[str, object] = {"attachmentType": "file", "name": "menu.bin", "size": 10}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, NewUpload("menu.bin", 10, UNKNOWN)),
        ({"attachmentType": "File", "size": 0}, NewUpload("menu.bin", 0, UNKNOWN)),
        ({"attachmentType": None, "contentType": "x/y"}, NewUpload("menu.bin", 10, "x/y")),
        ({"name": "x" * 255}, NewUpload("x" * 255, 10, UNKNOWN)),
        ({"name": "menu.txt"}, NewUpload("menu.txt", 10, "text/plain")),
        ({"name": "menu.txt", "contentType": ""}, NewUpload("menu.txt", 10, "text/plain")),
        ({"contentType": "x" * MAX_TEXT}, NewUpload("menu.bin", 10, "x" * MAX_TEXT)),
    ],
)
def test_what_is_to_come(changes: dict[str, object], expected: NewUpload) -> None:
    """In both spellings of its one member."""
    for name in ("attachmentInfo", "AttachmentInfo"):
        assert read_attachment_info({name: INFO | changes}) == expected


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        *(({"attachmentType": kind}, BodyNotReadable) for kind in ("item", "reference", 1)),
        *(({"name": name}, InvalidRequest) for name in ("", " ", "x" * 256)),
        *(({"name": name}, LiteralNotConvertible) for name in (None, 7)),
        *(({"size": size}, LiteralNotConvertible) for size in (None, "10", -1, 1.5, True)),
        ({"contentType": 7}, LiteralNotConvertible),
        ({"contentType": "x" * (MAX_TEXT + 1)}, InvalidRequest),
    ],
)
def test_what_cannot_come(changes: dict[str, object], error: type[ServiceError]) -> None:
    """Is refused before there is a session."""
    with pytest.raises(error):
        read_attachment_info({"attachmentInfo": INFO | changes})


@pytest.mark.parametrize("body", [{}, {"attachmentInfo": None}, {"attachmentInfo": []}, INFO])
def test_nothing_to_come(body: dict[str, object]) -> None:
    """The parameter is an object of its own."""
    with pytest.raises(BodyNotReadable, match="attachmentInfo"):
        read_attachment_info(body)


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("bytes 0-9/10", 10, ContentRange(0, 9, 10)),
        (" bytes 5-9/20 ", 5, ContentRange(5, 9, 20)),
        ("bytes 19-19/20", 1, ContentRange(19, 19, 20)),
        ("bytes 5-9/20", 4, None),
        ("bytes 5-9/20", 6, None),
        ("bytes 5-14/14", 10, None),
        ("bytes 9-5/20", 0, None),
        ("bytes 0-9/*", 10, None),
        ("bytes=0-9/10", 10, None),
        ("bytes 0-9/10, bytes 0-9/10", 10, None),
        ("bytes 0-9/\u0661\u0660", 10, None),
        ("", 0, None),
        (None, 0, None),
    ],
)
def test_ranges(text: str | None, length: int, expected: ContentRange | None) -> None:
    """Of a file that is as long as it says, and a piece that is as long as the range."""
    if expected is None:
        with pytest.raises(RangeMalformed):
            read_content_range(text, length)
    else:
        assert read_content_range(text, length) == expected


@pytest.mark.parametrize("kind", ["#microsoft.graph.itemAttachment", "file", "", 7, None])
def test_other_attachments(kind: object) -> None:
    """To Do has files alone."""
    with pytest.raises(BodyNotReadable, match="taskFileAttachment"):
        read_new_file({"@odata.type": kind, "name": "x", "contentBytes": "AA=="})


@pytest.mark.parametrize(
    "kind",
    [
        {"@odata.type": "microsoft.graph.taskFileAttachment"},
        {"@odata.type": "#Microsoft.Graph.FileAttachment"},
        {},
    ],
)
def test_files(kind: dict[str, object]) -> None:
    """By either name of their type, or none; members of others are passed over."""
    given = read_new_file({**kind, "name": "x", "contentBytes": "AA==", "isInline": True, "id": 7})
    assert (given.name, given.content, given.is_inline) == ("x", b"\0", False)


@pytest.mark.parametrize(
    "body",
    [
        *({"displayName": value} for value in (7, True)),
        *({"isChecked": value} for value in (None, "true", 1)),
        *({"createdDateTime": value} for value in (None, 7)),
        {"checkedDateTime": 7},
    ],
)
def test_steps_of_wrong_types(body: dict[str, object]) -> None:
    """Are refused; of the dates the second alone may be null."""
    with pytest.raises(LiteralNotConvertible):
        read_checklist_values(body)
    with pytest.raises(LiteralNotConvertible):
        read_new_checklist_item({"displayName": "x", **body})
    assert read_checklist_values({"checkedDateTime": None, "id": 7}) == {"checked": None}


@pytest.mark.parametrize("name", ["webUrl", "applicationName", "displayName", "externalId"])
def test_links_of_wrong_types(name: str) -> None:
    """Each member is text or null."""
    with pytest.raises(LiteralNotConvertible):
        read_linked_values({name: 7})
    assert list(read_linked_values({name: None, "unknown": 7}).values()) == [None]


@pytest.mark.parametrize(
    "body",
    [
        {"linkedResources": "x"},
        {"linkedResources": {}},
        {"linkedResources": [7]},
        {"linkedResources": [{}, {}]},
        {"checklistItems": [{"isChecked": True}]},
        {"extensions": [{"aisle": 3}]},
        {"extensions": [{"extensionName": 7}]},
    ],
)
def test_parts_that_no_new_task_has(body: dict[str, object]) -> None:
    """Are refused whole, however good the others are."""
    with pytest.raises((BodyNotReadable, LiteralNotConvertible)):
        read_new_parts({"checklistItems": [{"displayName": "a"}]} | body)


def test_parts_of_a_new_task() -> None:
    """One linked resource is not too many."""
    parts = read_new_parts({"linkedResources": [{"webUrl": "https://shop.example"}]})
    assert [resource.web_url for resource in parts.linked_resources] == ["https://shop.example"]
    assert (list(parts.checklist_items), list(parts.extensions)) == ([], [])


def test_name_of_an_extension() -> None:
    """By its own name, else by its id; what is said about members is none."""
    members = {"aisle": 3, "aisle@odata.type": "#Int64", "@odata.type": "x"}
    assert read_extension({"extensionName": "a.b", "id": "c.d", **members}) == ("a.b", {"aisle": 3})
    assert read_extension({"id": "c.d", **members}) == ("c.d", {"aisle": 3})
