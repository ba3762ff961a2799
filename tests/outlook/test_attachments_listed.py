"""Collections of attachments: pages, order, counts, `$select` and `$filter`."""

from urllib.parse import quote

import pytest

from tests.outlook.attaching import at, attach, attached, listed, names, new_task
from tests.support.attachments import ALL, CHEESE, NOTICE, file, item, link
from tests.support.outlook import expect_refusal, walk
from tests.support.wire import Mailbox

SHOWN = ["@odata.type", "@odata.id", "Id"]


@pytest.fixture
def task(me: Mailbox) -> str:
    """Return a task with one attachment of each kind."""
    task = new_task(me)
    attach(me, task, file("b.txt", IsInline=True))
    attach(me, task, item("A"))
    attach(me, task, link("c", ProviderType="Dropbox", IsInline=False))
    return task


@pytest.mark.inferred("attached.listed")
def test_none(me: Mailbox) -> None:
    """An empty collection."""
    task = new_task(me)
    response = me.get(f"{task}/attachments")

    assert (response.status_code, response.json()["value"]) == (200, [])
    assert me.get(f"{task}/attachments/$count").text == "0"


@pytest.mark.inferred("attached.listed")
def test_pages(me: Mailbox) -> None:
    """All unless sized; the links lead to the end, and nothing comes twice."""
    task = new_task(me)
    for number in range(12):
        attach(me, task, file(f"{number}", bytes([number])))
    expected = [str(number) for number in range(12)]

    for query, sizes in [("", [12]), ("?$top=5", [5, 5, 2]), ("?$top=5&$skip=9", [3])]:
        pages = walk(me, f"{task}/attachments{query}")
        assert [len(page) for page in pages] == sizes
        found = [each["Name"] for page in pages for each in page]
        assert found == expected[12 - len(found) :]
    pages = walk(me, f"{task}/attachments", Prefer="odata.maxpagesize=7")
    assert [len(page) for page in pages] == [7, 5]
    assert pages[1][4]["ContentBytes"] == file("x", bytes([11]))["ContentBytes"]


@pytest.mark.inferred("attached.listed")
def test_links_repeat_the_options(me: Mailbox, task: str) -> None:
    """All of them."""
    query = "$top=2&$select=Name&$orderby=Name desc&$filter=Name ne 'x'"
    pages = walk(me, f"{task}/attachments?{query}")

    assert [[each["Name"] for each in page] for page in pages] == [["c", "b.txt"], ["A"]]
    assert all(list(each) == [*SHOWN, "Name"] for page in pages for each in page)


@pytest.mark.inferred("attached.listed")
def test_order(me: Mailbox, task: str) -> None:
    """The oldest first; text without case."""
    assert names(me, task) == ["b.txt", "A", "c"]
    assert names(me, task, orderby="Name") == ["A", "b.txt", "c"]
    assert names(me, task, orderby="Name desc") == ["c", "b.txt", "A"]
    assert names(me, task, orderby="Size desc") == ["A", "c", "b.txt"]
    assert names(me, task, orderby="IsInline desc,Name") == ["b.txt", "A", "c"]
    assert names(me, task, orderby="ProviderType desc") == ["c", "b.txt", "A"]
    assert names(me, task, orderby="Id desc") == ["c", "A", "b.txt"]
    # Stamps have whole seconds, so that some may be equal: those go by the second key.
    newest_first = listed(me, task, orderby="Id desc")
    expected = sorted(newest_first, key=lambda each: each["LastModifiedDateTime"])
    assert listed(me, task, orderby="LastModifiedDateTime,Id desc") == expected


@pytest.mark.inferred("attached.listed", "option.unknown-property")
@pytest.mark.once
def test_no_order(me: Mailbox, task: str) -> None:
    """What cannot be sorted by is refused, and what is none."""
    for name in ("ContentBytes", "SourceUrl", "ContentLocation"):
        expect_refusal(me.get(f"{task}/attachments?$orderby={name}"), 400, "ErrorInvalidUrlQuery")
    for name in ("Item", "Flag"):
        response = me.get(f"{task}/attachments?$orderby={name}")
        expect_refusal(response, 400, "RequestBroker-ParseUri", f"'{name}'")


@pytest.mark.inferred("attached.listed")
def test_counts(me: Mailbox, task: str) -> None:
    """With the collection and by themselves, with a filter and without."""
    condition = quote("IsInline eq false")
    listing = me.get(f"{task}/attachments?$count=true&$top=1&$filter={condition}").json()

    assert list(listing) == ["@odata.context", "@odata.count", "value", "@odata.nextLink"]
    assert (listing["@odata.count"], len(listing["value"])) == (2, 1)
    assert me.get(f"{task}/attachments/$count").text == "3"
    assert me.get(f"{task}/attachments/$count?$filter={condition}").text == "2"
    assert me.get(f"{task}/Attachments/$COUNT").text == "3"


@pytest.mark.inferred("attached.select")
def test_select(me: Mailbox, task: str) -> None:
    """The properties of every kind, each where it has them; annotations and Id always come."""
    shown = me.get(f"{task}/attachments?$select=sourceurl,Name,ContentBytes").json()

    assert shown["@odata.context"].endswith("/Attachments(SourceUrl,Name,ContentBytes)")
    assert [list(each) for each in shown["value"]] == [
        [*SHOWN, "Name", "ContentBytes"],
        [*SHOWN, "Name"],
        [*SHOWN, "Name", "SourceUrl"],
    ]
    assert listed(me, task, select="*") == listed(me, task)


@pytest.mark.inferred("attached.select")
@pytest.mark.once
@pytest.mark.parametrize("body", ALL, ids=["file", "item", "reference"])
def test_select_of_one(me: Mailbox, body: object) -> None:
    """Each property alone."""
    address = attached(me, new_task(me), body)
    whole = me.get(address).json()

    for name in [name for name in whole if "@" not in name]:
        one = me.get(f"{address}?$select={name}").json()
        assert set(one) == {"@odata.context", *SHOWN, name}
        assert one[name] == whole[name]
        assert one["@odata.context"].endswith(f"/Attachments({name})/$entity")
    expect_refusal(me.get(f"{address}?$select=Flag"), 400, "RequestBroker-ParseUri", "'Flag'")
    expect_refusal(me.get(f"{address}?$select=Item"), 400, "RequestBroker-ParseUri", "'Item'")


@pytest.mark.observed("attached.filter")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("IsInline eq true", ["b.txt"]),
        ("IsInline", ["b.txt"]),
        ("not IsInline", ["A", "c"]),
        ("Name eq 'a'", ["A"]),
        ("startswith(Name,'B')", ["b.txt"]),
        ("contains(Name,'.') or Name ge 'C'", ["b.txt", "c"]),
        ("Name in ('A','c')", ["A", "c"]),
        ("ProviderType eq 'Dropbox'", ["c"]),
        ("ProviderType eq null", ["b.txt", "A"]),
        ("ProviderType ne 'Other'", ["b.txt", "A", "c"]),
        ("not (ProviderType eq 'Dropbox')", ["b.txt", "A"]),
        ("LastModifiedDateTime gt 2016-01-01T00:00:00Z", ["b.txt", "A", "c"]),
        ("LastModifiedDateTime gt now()", []),
        ("LastModifiedDateTime lt 2016-01-01T00:00:00Z", []),
        ("Name eq 'A' and IsInline eq true", []),
    ],
)
def test_filter(me: Mailbox, task: str, condition: str, expected: list[str]) -> None:
    """As on tasks."""
    assert names(me, task, filter=condition) == expected


@pytest.mark.observed("attached.filter")
def test_filter_by_its_own_stamp(me: Mailbox, task: str) -> None:
    """What is shown is what is compared."""
    stamp = listed(me, task)[0]["LastModifiedDateTime"]

    assert "b.txt" in names(me, task, filter=f"LastModifiedDateTime eq {stamp}")
    assert "b.txt" in names(me, task, filter=f"LastModifiedDateTime le {stamp}")


@pytest.mark.observed("attached.filter")
@pytest.mark.once
@pytest.mark.parametrize(
    "name",
    [
        *("Id", "ContentType", "Size", "ContentId", "ContentLocation", "ContentBytes", "SourceUrl"),
        *("ThumbnailUrl", "PreviewUrl", "Permission", "IsFolder"),
    ],
)
def test_no_filter(me: Mailbox, task: str, name: str) -> None:
    """The service kept these out."""
    for address in (f"{task}/attachments", f"{task}/attachments/$count"):
        response = me.get(f"{address}?$filter={name} ne null")
        expect_refusal(response, 400, "ErrorInvalidProperty", f"'{name}'")


@pytest.mark.inferred("attached.filter", "attached.listed")
@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        *("$filter=Subject eq 'x'", "$filter=Name", "$search=x", "$expand=Attachments", "$apply=x"),
        *("$top=-1", "$deltatoken=x", "$skiptoken=x"),
    ],
)
def test_refused_options(me: Mailbox, task: str, query: str) -> None:
    """By name, never ignored."""
    assert me.get(f"{task}/attachments?{query}").status_code == 400


@pytest.mark.inferred("attached.listed", "option.unsupported")
@pytest.mark.once
@pytest.mark.parametrize("query", ["$top=1", "$filter=x", "$orderby=Name", "$count=true"])
def test_options_of_lists_on_one(me: Mailbox, query: str) -> None:
    """They are for collections."""
    address = attached(me, new_task(me), NOTICE)

    expect_refusal(
        me.get(f"{address}?{query}"), 400, "ErrorInvalidUrlQuery", query.partition("=")[0]
    )


@pytest.mark.inferred("attached.bytes")
def test_each_its_own_content(me: Mailbox) -> None:
    """Neighbours, equal names, and other tasks don't mix."""
    one, other = new_task(me), new_task(me)
    for number in range(3):
        attach(me, one, file("x", CHEESE * number))
        attach(me, other, file("x", bytes([number])))

    for task, contents in [
        (one, [CHEESE * number for number in range(3)]),
        (other, [bytes([number]) for number in range(3)]),
    ]:
        shown = listed(me, task)
        assert [each["ContentBytes"] for each in shown] == [
            file("x", content)["ContentBytes"] for content in contents
        ]
        for each, content in zip(shown, contents, strict=True):
            assert me.get(f"{at(task, each)}/$value").content == content
