"""Items: kept whole, shown by `$expand`, and never read."""

import pytest

from tests.outlook.attaching import at, attach, attached, listed, new_task
from tests.support.attachments import CHEESE, EVENT, ITEMS, SPACE, file, item, link
from tests.support.outlook import Json, expect_refusal, key
from tests.support.wire import Mailbox

DAY = {"DateTime": "no date", "TimeZone": "Nowhere"}
BODIES: list[tuple[str, Json]] = [
    *((kind, {}) for kind in ("Message", "Event", "Contact")),
    ("Message", {"Subject": 'é😀\u2028"\\', "Categories": [], "Sender": None}),
    ("Message", {"Body": {"Content": "x" * 500_000}, "Id": "x", "@odata.etag": "x"}),
    ("Event", {"Start": DAY, "End": {}, "ReminderMinutesBeforeStart": -1}),
    ("Event", {"Location": {"Coordinates": {"Latitude": 1.5, "Longitude": 1e300}}}),
    ("Contact", {"EmailAddresses": [{"Address": "a@contoso.example"}, None]}),
]


def read_attachment(me: Mailbox, address: str) -> Json:
    """Return an item as `$expand` shows it."""
    response = me.get(f"{address}?$expand={ITEMS}")
    assert response.status_code == 200, response.text
    return dict(response.json()["Item"])


@pytest.mark.inferred("attached.item", "attached.item-shown")
@pytest.mark.in_process
@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_kept_whole(me: Mailbox, kind: str, body: Json) -> None:
    """Of each kind; its type is spelt in the one way, and nothing else is touched."""
    address = attached(me, new_task(me), item("x", kind, **body))
    found = read_attachment(me, address)

    assert list(found) == ["@odata.type", *body]
    assert found == {"@odata.type": f"#{SPACE}.{kind}", **body}


@pytest.mark.inferred("attached.item")
@pytest.mark.once
@pytest.mark.parametrize("spelt", [f"{SPACE}.Event", f"#{SPACE}.event", f"{SPACE.lower()}.EVENT"])
def test_spellings(me: Mailbox, spelt: str) -> None:
    """With the sign and without it, in any case, and wherever it stands in the item."""
    body = {**item(), "Item": {"Subject": "x", "@odata.type": spelt}}
    found = read_attachment(me, attached(me, new_task(me), body))

    assert found == {"@odata.type": f"#{SPACE}.Event", "Subject": "x"}


@pytest.mark.inferred("attached.item-shown")
def test_where_it_stands(me: Mailbox) -> None:
    """Last, behind its context; one without `$expand` has neither."""
    task = new_task(me)
    address = attached(me, task, EVENT)
    plain, found = me.get(address).json(), me.get(f"{address}?$expand={ITEMS}").json()
    path = f"{task}/attachments('{key(plain)}')/{ITEMS}".replace("=", "%3D")
    path = path.replace("tasks(", "Tasks(").replace("/attachments(", "/Attachments(")

    assert list(found) == [*plain, "Item@odata.context", "Item"]
    context = f"{me.wire.url}/api/beta/$metadata#Me/{path}/$entity"
    assert found["Item@odata.context"] == context
    assert {**plain, "Item@odata.context": context, "Item": found["Item"]} == found


@pytest.mark.inferred("attached.item-shown")
@pytest.mark.in_process
@pytest.mark.parametrize("spelt", [ITEMS, ITEMS.lower(), ITEMS.upper(), f" {ITEMS} "])
def test_in_a_collection(me: Mailbox, spelt: str) -> None:
    """Each item has its own, files and links have none."""
    task = new_task(me)
    for body in (item("a", Subject="1"), file(), item("b", "Contact", GivenName="2"), link()):
        attach(me, task, body)
    found = listed(me, task, expand=spelt)

    assert [each.get("Item") for each in found] == [
        {"@odata.type": f"#{SPACE}.Message", "Subject": "1"},
        None,
        {"@odata.type": f"#{SPACE}.Contact", "GivenName": "2"},
        None,
    ]
    assert ["Item@odata.context" in each for each in found] == [True, False, True, False]
    assert found[1]["ContentBytes"] == file()["ContentBytes"]


@pytest.mark.inferred("attached.item-shown", "attached.select")
def test_with_select(me: Mailbox) -> None:
    """What is asked for twice over comes."""
    address = attached(me, new_task(me), EVENT)
    found = me.get(f"{address}?$select=Name&$expand={ITEMS}").json()

    assert list(found)[-3:] == ["Name", "Item@odata.context", "Item"]
    assert found["Item"]["Subject"] == EVENT["Item"]["Subject"]


@pytest.mark.inferred("attached.item", "attached.zone")
def test_zones_are_left_alone(me: Mailbox) -> None:
    """Neither the zone of a reader nor the rule of midnights reaches into an item."""
    task = new_task(me)
    address = at(task, attach(me, task, EVENT))
    prefer = 'outlook.timezone="Tokyo Standard Time"'
    found = me.get(f"{address}?$expand={ITEMS}", Prefer=prefer).json()

    assert found["Item"]["Start"] == EVENT["Item"]["Start"]
    assert found["Item"]["End"] == EVENT["Item"]["End"]


@pytest.mark.inferred("attached.item-shown", "later.expand-refused")
@pytest.mark.once
@pytest.mark.parametrize(
    "expand",
    [
        *("Item", "Attachments", f"{ITEMS}($select=Subject)", f"{ITEMS}($filter=x)", "*", ""),
        *(f"{ITEMS}($top=1)", f"{SPACE}.FileAttachment/Item", f"{ITEMS},Item", f"{ITEMS}/x"),
        f"#{ITEMS}",
    ],
)
def test_nothing_else(me: Mailbox, expand: str) -> None:
    """Is refused by the option's name."""
    task = new_task(me)
    address = attached(me, task, EVENT)

    for place in (address, f"{task}/attachments"):
        spelt = expand.replace("#", "%23")
        expect_refusal(me.get(f"{place}?$expand={spelt}"), 400, "ErrorInvalidUrlQuery", "$expand")


@pytest.mark.inferred("attached.item-shown")
def test_of_another_kind(me: Mailbox) -> None:
    """A file that is asked for its item has none, and says so by silence."""
    address = attached(me, new_task(me), file())
    found = me.get(f"{address}?$expand={ITEMS}").json()

    assert found == me.get(address).json()
    assert me.get(f"{address}/$value").content == CHEESE
