"""Bodies and headers of files that are to be uploaded, each case by itself."""

import pytest

from afterlook.errors import (
    BodyNotReadable,
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
from afterlook.mailbox.upload_sessions import NewUpload

INFO: dict[str, object] = {"attachmentType": "file", "name": "menu.bin", "size": 10}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, NewUpload("menu.bin", 10)),
        ({"attachmentType": "File", "size": 0}, NewUpload("menu.bin", 0)),
        ({"attachmentType": None, "contentType": "x/y"}, NewUpload("menu.bin", 10, "x/y")),
        ({"name": "x" * 255}, NewUpload("x" * 255, 10)),
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
        *(({"name": name}, BodyNotReadable) for name in (None, "", " ", "x" * 256, 7)),
        *(({"size": size}, LiteralNotConvertible) for size in (None, "10", -1, 1.5, True)),
        ({"contentType": 7}, LiteralNotConvertible),
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
