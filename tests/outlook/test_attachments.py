"""Attachments of all three kinds: what a body may say, and what becomes of it."""

import pytest

from afterlook.outlook.edm import PERMISSION, PROVIDER_TYPE
from tests.outlook.attaching import at, attach, listed, new_task
from tests.support.attachments import ALL, CHEESE, FILE, ITEM, NOTICE, REFERENCE, file, item, link
from tests.support.outlook import Json
from tests.support.wire import Mailbox

KINDS = {"file": FILE, "item": ITEM, "reference": REFERENCE}


@pytest.mark.observed("attached.kind")
@pytest.mark.once
@pytest.mark.parametrize("body", ALL, ids=KINDS)
@pytest.mark.parametrize(
    "spell",
    [str.lower, str.upper, lambda kind: kind.removeprefix("#")],
    ids=["lower", "upper", "bare"],
)
def test_spellings_of_the_kind(me: Mailbox, body: Json, spell: object) -> None:
    """The answer has the one spelling."""
    assert callable(spell)
    task, kind = new_task(me), body["@odata.type"]
    added = attach(me, task, {**body, "@odata.type": spell(kind)})

    assert added["@odata.type"] == kind
    assert listed(me, task)[0]["@odata.type"] == kind


@pytest.mark.observed("attached.content-type")
@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("menu.txt", "text/plain"),
        ("MENU.TXT", "text/plain"),
        ("a.b.pdf", "application/pdf"),
        ("x.png", "image/png"),
        ("x.html", "text/html"),
        ("x.jpg", "image/jpeg"),
        ("c:\\x\\y.csv", "text/csv"),
        ("a/b.json", "application/json"),
        *((name, "application/octet-stream") for name in ("menu", ".txt", "x.", "x.unheard", "ä")),
    ],
)
def test_content_type_by_the_name(me: Mailbox, name: str, content_type: str) -> None:
    """By its last extension, and what that means does not depend on the machine."""
    assert attach(me, new_task(me), file(name))["ContentType"] == content_type


@pytest.mark.inferred("attached.content-type", "attached.file-given")
@pytest.mark.once
@pytest.mark.parametrize("given", [None, ""])
def test_no_content_type(me: Mailbox, given: object) -> None:
    """Null and nothing are told by the name too."""
    assert attach(me, new_task(me), file("a.txt", ContentType=given))["ContentType"] == "text/plain"


@pytest.mark.observed("attached.file-given")
def test_members_of_a_file(me: Mailbox) -> None:
    """What is given comes back, on one and in the collection."""
    task = new_task(me)
    given = {
        "ContentType": "image/x-own",
        "ContentId": "part1@x",
        "ContentLocation": "https://a.example/x.png",
        "IsInline": True,
    }
    added = attach(me, task, file("x.png", **given))
    one = me.get(at(task, added)).json()

    for shown in (added, one, listed(me, task)[0]):
        assert {name: shown[name] for name in given} == given


@pytest.mark.observed("attached.file-given")
@pytest.mark.once
@pytest.mark.parametrize("body", [file(), item(), link()], ids=KINDS)
@pytest.mark.parametrize(
    ("given", "shown"),
    [(True, True), (False, False), ("True", True), ("false", False), ("TRUE", True)],
)
def test_is_inline(me: Mailbox, body: Json, given: object, shown: bool) -> None:
    """As a Boolean and as text."""
    assert attach(me, new_task(me), {**body, "IsInline": given})["IsInline"] is shown


@pytest.mark.inferred("attached.file-given")
@pytest.mark.once
@pytest.mark.parametrize("body", ALL, ids=KINDS)
def test_read_only_members(me: Mailbox, body: Json) -> None:
    """They are passed over, as clients send whole entities back; so are annotations."""
    task = new_task(me)
    given = {"Id": "x", "Size": 1, "LastModifiedDateTime": "x", "@odata.id": "x", "Name@x.y": 1}
    added = attach(me, task, {**body, **given})
    plain = attach(me, task, body)

    assert {**added, "Id": 0, "@odata.id": 0, "LastModifiedDateTime": 0} == {
        **plain,
        "Id": 0,
        "@odata.id": 0,
        "LastModifiedDateTime": 0,
    }


@pytest.mark.inferred("attached.bytes")
def test_what_was_shown_can_be_attached(me: Mailbox) -> None:
    """A client copies an attachment by sending it to another task."""
    one, other = new_task(me), new_task(me)
    for body in ALL:
        attach(me, one, body)

    for shown in listed(me, one, expand="Microsoft.OutlookServices.ItemAttachment/Item"):
        attach(me, other, shown)

    varying = ("Id", "@odata.id", "LastModifiedDateTime")
    copies = zip(listed(me, one), listed(me, other), strict=True)
    for original, copy in copies:
        assert {**original, **dict.fromkeys(varying)} == {**copy, **dict.fromkeys(varying)}


@pytest.mark.observed("attached.reference-given")
@pytest.mark.once
@pytest.mark.parametrize("name", ["ProviderType", "Permission"])
def test_members_of_enumerations(me: Mailbox, name: str) -> None:
    """In any case, by their number as text, and `Other` when nothing is said."""
    task = new_task(me)
    members = {"ProviderType": PROVIDER_TYPE, "Permission": PERMISSION}[name].members
    for number, member in enumerate(members):
        for given in (member, member.lower(), member.upper(), str(number)):
            assert attach(me, task, link(**{name: given}))[name] == member
    assert attach(me, task, link())[name] == "Other"


@pytest.mark.observed("attached.reference-given")
def test_members_of_a_reference(me: Mailbox) -> None:
    """Addresses are kept to the letter, and never followed."""
    task = new_task(me)
    given = {
        "SourceUrl": "HTTP://127.0.0.1:1/%zz?a=b&é#x",
        "ThumbnailUrl": "file:///etc/passwd",
        "PreviewUrl": "x",
        "IsFolder": True,
    }
    added = attach(me, task, link(**given))

    assert {name: added[name] for name in given} == given
    assert me.get(at(task, added)).json() == {**added, "@odata.context": added["@odata.context"]}


@pytest.mark.inferred("attached.size")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("body", "size"),
    [
        (NOTICE, 244),
        (file("menu.txt", b""), 62 + 12 * 8),
        (file("x", CHEESE), 62 + 12 + 14),
        (link("ab", SourceUrl="https://x"), 62 + 24 + 82 + 18),
        (file("é😀", b"123"), 62 + 24 + 3),
    ],
)
def test_size(me: Mailbox, body: Json, size: int) -> None:
    """By the rule, whatever else is given."""
    assert attach(me, new_task(me), body)["Size"] == size
    assert attach(me, new_task(me), {**body, "IsInline": True})["Size"] == size
