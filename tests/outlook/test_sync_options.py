"""Options and preferences of a synchronisation: which there are, and which a token keeps."""

import pytest

from tests.outlook.helpers import EASTERN, Json, key, prefer, refused, values
from tests.support.replicas import (
    TRACK,
    Replica,
    content,
    delta_link,
    is_tombstone,
    next_link,
    sized,
    token,
    track,
)
from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"
COLOR = "String {00020329-0000-0000-c000-000000000046} Name color"
SIZE = "String {00020329-0000-0000-c000-000000000046} Name size"
SINGLE = "SingleValueExtendedProperties"
NAMED = {TASKS: "Subject", "taskfolders": "Name"}
both = pytest.mark.parametrize("address", NAMED)


def fill(me: Mailbox, address: str, count: int) -> list[str]:
    """Make entities, each with an extended property; return their Ids, newest first."""
    made = []
    for number in range(count):
        extended = [{"PropertyId": COLOR, "Value": f"color {number}"}]
        made.append(key(me.created(address, {NAMED[address]: f"{number}", SINGLE: extended})))
    return made[::-1]


def living(page: Json, address: str) -> list[Json]:
    """Return what was made by `fill` and lives."""
    return [
        one for one in page["value"] if not is_tombstone(one) and one[NAMED[address]] != "Tasks"
    ]


@pytest.mark.inferred("house.sync-options")
@pytest.mark.parametrize(
    "option",
    [
        "$filter=Id ne null",
        "$orderby=Id",
        "$search=x",
        "$top=5",
        "$skip=1",
        "$count=true",
        "$COUNT=false",
        "skip=0",
        "%24skip=0",
        "$apply=x",
        "$nonsense=1",
    ],
)
@both
def test_refused_options(me: Mailbox, address: str, option: str) -> None:
    name = option.partition("=")[0].replace("%24", "$")
    refused(me.get(f"{address}?{option}", Prefer=track()), 400, "ErrorInvalidUrlQuery", name)
    fill(me, address, 2)
    first = me.get(address, Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    links = [delta_link(first), *([] if address == TASKS else [next_link(second)])]
    for link in links:
        after = me.get(f"{link}&{option}", Prefer=track())
        refused(after, 400, "ErrorInvalidUrlQuery", name)
        before = me.get(link.replace("/?", f"/?{option}&"), Prefer=track())
        refused(before, 400, "ErrorInvalidUrlQuery", name)


@pytest.mark.inferred("synced.header-needed")
@both
def test_a_delta_token_needs_the_preference(me: Mailbox, address: str) -> None:
    link = delta_link(me.get(address, Prefer=track()))
    for headers in ({}, {"Prefer": "odata.maxpagesize=1"}, {"Prefer": "track-changes"}):
        refused(me.get(link, **headers), 400, "ErrorInvalidRequest", f"Prefer: {TRACK}")


@pytest.mark.inferred("sync.track-changes")
@pytest.mark.parametrize(
    "spelling", ["Odata.Track-Changes", "odata.track-changes=true", "x,odata.track-changes;y"]
)
def test_spellings_of_the_preference(me: Mailbox, spelling: str) -> None:
    response = me.get(TASKS, Prefer=spelling)
    assert response.headers["Preference-Applied"] == TRACK
    assert me.get(delta_link(response), Prefer=spelling).status_code == 200


@pytest.mark.inferred("synced.header-needed")
@both
def test_both_tokens_at_once(me: Mailbox, address: str) -> None:
    fill(me, address, 3)
    first = me.get(address, Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    skip = token(next_link(second))
    refused(
        me.get(f"{delta_link(first)}&$skiptoken={skip}", Prefer=track()),
        400,
        "ErrorInvalidUrlQuery",
        "$deltatoken",
    )
    twice = f"{delta_link(first)}&$deltatoken={token(delta_link(first))}"
    refused(me.get(twice, Prefer=track()), 400, "ErrorInvalidUrlQuery", "$deltatoken")


@pytest.mark.inferred("synced.kept-options")
@both
def test_the_selection_cannot_change(me: Mailbox, address: str) -> None:
    """It may be repeated, its names in any order; with any other the token is not good."""
    fill(me, address, 1)
    name = NAMED[address]
    narrow = delta_link(me.get(f"{address}?$select={name},ChangeKey", Prefer=track()))
    wide = delta_link(me.get(address, Prefer=track()))

    for same in (f"{name},ChangeKey", f"ChangeKey,{name}"):
        page = content(me.get(f"{narrow}&$select={same}", Prefer=track()))
        assert f"({name},ChangeKey)" in page["@odata.context"]
    for link, other in ((narrow, name), (narrow, "Id"), (wide, name)):
        response = me.get(f"{link}&$select={other}", Prefer=track())
        refused(response, 400, "ErrorInvalidUrlQuery", "$select")
    refused(me.get(f"{address}?$select=Nothing", Prefer=track()), 400, "RequestBroker-ParseUri")


@pytest.mark.inferred("synced.expand", "synced.kept-options")
@both
def test_expansions(me: Mailbox, address: str) -> None:
    """Kept for the round and the next; those without the property, and tombstones, have none."""
    made = fill(me, address, 3)
    expand = f"$expand={SINGLE}($filter=PropertyId eq '{COLOR}')"
    response = me.get(f"{address}?{expand}", Prefer=sized(1))
    found = {}
    for _ in range(4):
        page = content(response)
        for one in living(page, address):
            [extended] = one[SINGLE]
            found[one["Id"]] = extended["Value"]
            below = one[f"{SINGLE}@odata.context"].partition("$metadata#")[2]
            assert below.startswith("me/TaskFolders(")
        last = page.get("@odata.nextLink") or page["@odata.deltaLink"]
        response = me.get(last, Prefer=sized(1))
    assert found == dict(zip(made, ["color 2", "color 1", "color 0"], strict=True))

    item = "tasks" if address == TASKS else address
    me.patch(f"{item}('{made[1]}')", {SINGLE: [{"PropertyId": COLOR, "Value": None}]})
    me.delete(f"{item}('{made[0]}')")
    last = content(response)["@odata.deltaLink"]
    bare, gone = content(me.get(f"{last}&{expand}", Prefer=track()))["value"]
    assert SINGLE not in bare
    assert set(gone) == {"@odata.context", "id", "reason"}
    other = expand.replace(COLOR, SIZE)
    refused(me.get(f"{last}&{other}", Prefer=track()), 400, "ErrorInvalidUrlQuery", "$expand")


@pytest.mark.inferred("synced.expand")
def test_what_cannot_be_expanded(me: Mailbox) -> None:
    """The same as in a list; options that would not fit into an address again neither."""
    for expand in ("Nothing", f"Multi{SINGLE[6:]}($filter=PropertyId eq '{COLOR}')"):
        refused(me.get(f"{TASKS}?$expand={expand}", Prefer=track()), 400, "ErrorInvalidUrlQuery")
    long = me.get(f"{TASKS}?$select={','.join(['Subject'] * 1100)}", Prefer=track())
    refused(long, 400, "ErrorInvalidUrlQuery", "$select")


@pytest.mark.inferred("synced.expand", "synced.latest")
def test_attachments(me: Mailbox) -> None:
    """They are expanded in a sync too; attaching something, and taking it away, is a change."""
    tasks = [key(me.created("tasks", {"Subject": f"{number}"})) for number in range(2)]
    link = delta_link(me.get(f"{TASKS}?$expand=Attachments", Prefer=track()))
    file = {
        "@odata.type": "#Microsoft.OutlookServices.FileAttachment",
        "Name": "x.txt",
        "ContentBytes": "eA==",
    }
    attached = key(me.created(f"tasks('{tasks[0]}')/attachments", file))
    page = content(me.get(link, Prefer=track()))
    assert [one["Id"] for one in page["value"]] == tasks[:1]
    assert [one["Id"] for one in page["value"][0]["Attachments"]] == [attached]
    gone = me.delete(f"tasks('{tasks[0]}')/attachments('{attached}')")
    assert gone.status_code == 204, gone.text
    page = content(me.get(page["@odata.deltaLink"], Prefer=track()))
    assert [(one["Id"], one["Attachments"]) for one in page["value"]] == [(tasks[0], [])]


@pytest.mark.inferred("synced.zone")
def test_time_zones(me: Mailbox) -> None:
    """For each request anew, with a token too; a bad one is refused and changes nothing."""
    due = {"DateTime": "2016-04-26T00:00:00", "TimeZone": EASTERN}
    task = key(me.created("tasks", {"Subject": "x", "DueDateTime": due}))
    response = me.get(TASKS, Prefer=track(prefer(EASTERN)))
    assert sorted(response.headers["Preference-Applied"].split(", ")) == sorted(
        [TRACK, prefer(EASTERN)]
    )
    [shown] = values(response)
    assert shown["DueDateTime"]["DateTime"].startswith("2016-04-26T00:00")
    link = delta_link(response)
    me.patch(f"tasks('{task}')", {"Subject": "y"})

    for zone, hour in ((EASTERN, "00"), ("UTC", "04"), ("", "04")):
        further = [prefer(zone)] if zone else []
        again = me.get(link, Prefer=track(*further))
        assert again.headers.get("Preference-Applied") == (prefer(zone) if zone else None)
        assert values(again)[0]["DueDateTime"]["DateTime"].startswith(f"2016-04-26T{hour}")
    refusal = me.get(link, Prefer=track(prefer("Nowhere")))
    refused(refusal, 400, "TimeZoneNotSupportedException")


@pytest.mark.inferred("synced.page-size", "house.sync-page-size")
@both
def test_page_sizes(me: Mailbox, address: str) -> None:
    """Fifty, or what each request asks for; what is no size is as if it was not there."""
    fill(me, address, 54)
    first = me.get(address, Prefer=track())
    assert len(values(first)) == 50
    assert first.headers["Preference-Applied"] == TRACK
    rest = len(values(me.get(delta_link(first), Prefer=track())))
    assert rest == (4 if address == TASKS else 5)
    for wanted, size in (("0", 50), ("x", 50), ("-1", 50), ("53", 53), ("5000", 50 + rest)):
        response = me.get(address, Prefer=track(f"odata.maxpagesize={wanted}"))
        assert len(values(response)) == size
        assert response.headers["Preference-Applied"] == TRACK
    replica = Replica(me, address, 1000)
    assert [len(page["value"]) for page in replica.sync()] == [50 + rest, 0]
