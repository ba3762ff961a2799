"""Bodies that attach nothing: what is missing, what is wrong, what is no base64."""

import pytest

from tests.outlook.attaching import listed, new_task
from tests.support.attachments import ALL, EVENT, FILE, ITEM, NOTICE, PICTURE, file, item, link
from tests.support.outlook import Json, everything, expect_refusal, write
from tests.support.wire import Mailbox

pytestmark = pytest.mark.once

SPACE = "#Microsoft.OutlookServices."
UNREADABLE = "UnableToDeserializePostBody"
NO_BASE64 = [
    *(
        "x",
        "=",
        "====",
        "bWFj=",
        "bWFjIA",
        "bWFjIA=",
        "bWFjIA===",
        "bWFj====",
        "bWFj==",
        "bWFjI===",
        "bWFj!A==",
        "b WF j I A",
    ),
    *("bWFjIA==bWFj", "=bWFjIA=", "bWF\u00e9", "\u00e9\u00e9\u00e9\u00e9", "bW\u2028Fj", "bWFj\\"),
    *("data:text/plain;base64,bWFj", "bWFjI+-_/", "{}", "😀", "bWFj,bWFj"),
]


def unchanged(me: Mailbox, task: str, body: object, status: int, code: str, *words: str) -> None:
    """Expect that a body is refused and that nothing has changed."""
    before = everything(me), listed(me, task)
    expect_refusal(me.post(f"{task}/attachments", body), status, code, *words)
    assert (everything(me), listed(me, task)) == before


@pytest.mark.inferred("attached.kind", "error.unchanged")
@pytest.mark.parametrize(
    "kind",
    [
        *(None, 5, {}, "", "#", "FileAttachment", "Attachment", f"{SPACE}Attachment"),
        *(f"{SPACE}Task", f"#{FILE}", f" {FILE}", "Edm.FileAttachment", f"{SPACE}FileAttachments"),
        *("#\u0130", f"{SPACE}F\u0130LEATTACHMENT"),
    ],
)
def test_no_kind(me: Mailbox, kind: object) -> None:
    """Nobody can tell what it is."""
    unchanged(me, new_task(me), {**NOTICE, "@odata.type": kind}, 400, UNREADABLE, "@odata.type")


@pytest.mark.inferred("attached.kind", "error.unchanged")
@pytest.mark.parametrize("body", [{}, {"Name": "x", "ContentBytes": ""}, {"odata.type": FILE}])
def test_nothing_said(me: Mailbox, body: Json) -> None:
    """Of the kind."""
    unchanged(me, new_task(me), body, 400, UNREADABLE, "@odata.type")


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize(
    ("body", "missing"),
    [
        *((body, "Name") for body in ALL),
        (NOTICE, "ContentBytes"),
        (EVENT, "Item"),
        (PICTURE, "SourceUrl"),
    ],
)
def test_missing(me: Mailbox, body: Json, missing: str) -> None:
    """By name."""
    given = {name: value for name, value in body.items() if name != missing}
    unchanged(me, new_task(me), given, 400, "ErrorInvalidRequest", f"'{missing}'")


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize("body", ALL, ids=["file", "item", "reference"])
@pytest.mark.parametrize("name", ["", "   ", "\t\n", "x" * 256])
def test_names(me: Mailbox, body: Json, name: str) -> None:
    """One of spaces is none, and there is an end to them."""
    unchanged(me, new_task(me), {**body, "Name": name}, 400, "ErrorInvalidRequest", "'Name'")


@pytest.mark.inferred("attached.required")
def test_longest_name(me: Mailbox) -> None:
    """255 characters, whatever they take in bytes."""
    task = new_task(me)

    for name in ("x" * 255, "😀" * 255, " x "):
        assert me.create(f"{task}/attachments", file(name))["Name"] == name


WRONG: list[tuple[Json, str, list[object]]] = [
    (NOTICE, "Name", [None, 5, [], {}]),
    (NOTICE, "ContentBytes", [None, 5, [], {}]),
    (NOTICE, "ContentType", [5, []]),
    (NOTICE, "ContentId", [5]),
    (NOTICE, "ContentLocation", [5]),
    (NOTICE, "IsInline", [None, 1, "yes", "", []]),
    (EVENT, "Item", [None, 5, "x", [], {}, [{}], {"Subject": "x"}]),
    (PICTURE, "ProviderType", [None, 1, "", "Floppy", "9", "-1", "1.0"]),
    (PICTURE, "Permission", [None, 1, "Own", "7", []]),
    (PICTURE, "IsFolder", [None, 0, "no", {}]),
    (PICTURE, "SourceUrl", [None, 5, []]),
    (PICTURE, "ThumbnailUrl", [5]),
    (PICTURE, "PreviewUrl", [5]),
]


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize(("body", "name", "wrong"), WRONG)
def test_wrong_types(me: Mailbox, body: Json, name: str, wrong: list[object]) -> None:
    """As in any other body."""
    task = new_task(me)
    for value in wrong:
        unchanged(me, task, {**body, name: value}, 400, "RequestBodyRead")


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize("kind", ["Task", "Item", "Attachment", "Contacts", "", "Mess age"])
def test_no_item(me: Mailbox, kind: str) -> None:
    """An item is a message, an event or a contact."""
    unchanged(me, new_task(me), item("x", kind), 400, "RequestBodyRead")


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize("url", ["", "  "])
def test_no_address(me: Mailbox, url: str) -> None:
    """A link leads somewhere."""
    unchanged(me, new_task(me), link(SourceUrl=url), 400, "ErrorInvalidRequest", "SourceUrl")


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize(
    ("body", "name"),
    [
        (NOTICE, "contentBytes"),
        (NOTICE, "SourceUrl"),
        (NOTICE, "Item"),
        (EVENT, "ContentBytes"),
        (EVENT, "ContentId"),
        (PICTURE, "ContentBytes"),
        (PICTURE, "Uri"),
    ],
)
def test_unknown_members(me: Mailbox, body: Json, name: str) -> None:
    """What another kind has is unknown to this one."""
    unchanged(me, new_task(me), {**body, name: "x"}, 400, "RequestBodyRead", f"'{name}'")


@pytest.mark.inferred("attached.base64", "error.unchanged")
@pytest.mark.parametrize("text", NO_BASE64)
def test_no_base64(me: Mailbox, text: str) -> None:
    """Half of it is none either."""
    task = new_task(me)
    unchanged(me, task, {**file(), "ContentBytes": text}, 400, UNREADABLE, "ContentBytes")


@pytest.mark.inferred("attached.base64")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("+/+/", "+/+/"),
        ("-_-_", "+/+/"),
        ("-/+_", "+/+/"),
        ("_w==", "/w=="),
        ("bWFj\r\nIGFu\r\n", "bWFjIGFu"),
        (" b W F j\t", "bWFj"),
        ("  ", ""),
        ("bWFjIA==\n", "bWFjIA=="),
    ],
)
def test_base64(me: Mailbox, text: str, shown: str) -> None:
    """Both alphabets, broken into lines or not; shown in the one way."""
    added = me.create(f"{new_task(me)}/attachments", {**file(), "ContentBytes": text})

    assert added["ContentBytes"] == shown


@pytest.mark.inferred("attached.required", "error.unchanged")
@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        ('{"@odata.type": "x",}', "application/json", 400),
        ("[]", "application/json", 400),
        ("", "application/json", 400),
        ('{"@odata.type": "#Microsoft.OutlookServices.FileAttachment"", "Name": "Holiday notice"}',
         "application/json", 400),
        ("{}", "text/plain", 415),
        ("bWFj", "application/octet-stream", 415),
    ],
)  # fmt: skip
def test_no_json(me: Mailbox, content: str, media_type: str, status: int) -> None:
    """The document's own sample body has a quote too many; it is none."""
    task = new_task(me)
    response = write(me, "POST", f"{task}/attachments", content, media_type)

    assert response.status_code == status
    assert listed(me, task) == []


@pytest.mark.inferred("attached.required")
@pytest.mark.parametrize("query", ["$select=Name", "$expand=Item", "$top=1", "$filter=x"])
def test_options(me: Mailbox, query: str) -> None:
    """There are none of a POST."""
    task = new_task(me)
    for body in (NOTICE, {"@odata.type": ITEM}):
        expect_refusal(me.post(f"{task}/attachments?{query}", body), 400, "ErrorInvalidUrlQuery")
    assert listed(me, task) == []
