"""`$expand` in a synchronisation, kept in the token."""

import pytest

from tests.support.outlook import Json, expect_refusal, key
from tests.support.replicas import (
    content,
    delta_link,
    is_tombstone,
    sized,
    track,
)
from tests.support.wire import Mailbox
from tests.sync.both import NAMED, TASKS, both

COLOR = "String {00020329-0000-0000-c000-000000000046} Name color"
SIZE = "String {00020329-0000-0000-c000-000000000046} Name size"
SINGLE = "SingleValueExtendedProperties"


def fill(me: Mailbox, address: str, count: int) -> list[str]:
    """Make entities, each with an extended property; return their Ids, newest first."""
    made = []
    for number in range(count):
        extended = [{"PropertyId": COLOR, "Value": f"color {number}"}]
        made.append(key(me.create(address, {NAMED[address]: f"{number}", SINGLE: extended})))
    return made[::-1]


def living(page: Json, address: str) -> list[Json]:
    """Return what was made by `fill` and lives."""
    return [
        one for one in page["value"] if not is_tombstone(one) and one[NAMED[address]] != "Tasks"
    ]


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
    expect_refusal(
        me.get(f"{last}&{other}", Prefer=track()), 400, "ErrorInvalidUrlQuery", "$expand"
    )


@pytest.mark.inferred("synced.expand")
def test_what_cannot_be_expanded(me: Mailbox) -> None:
    """The same as in a list; options that would not fit into an address again neither."""
    for expand in ("Nothing", f"Multi{SINGLE[6:]}($filter=PropertyId eq '{COLOR}')"):
        expect_refusal(
            me.get(f"{TASKS}?$expand={expand}", Prefer=track()), 400, "ErrorInvalidUrlQuery"
        )
    long = me.get(f"{TASKS}?$select={','.join(['Subject'] * 1100)}", Prefer=track())
    expect_refusal(long, 400, "ErrorInvalidUrlQuery", "$select")


@pytest.mark.inferred("synced.expand", "synced.latest")
def test_attachments(me: Mailbox) -> None:
    """They are expanded in a sync too; attaching something, and taking it away, is a change."""
    tasks = [key(me.create("tasks", {"Subject": f"{number}"})) for number in range(2)]
    link = delta_link(me.get(f"{TASKS}?$expand=Attachments", Prefer=track()))
    file = {
        "@odata.type": "#Microsoft.OutlookServices.FileAttachment",
        "Name": "x.txt",
        "ContentBytes": "eA==",
    }
    attached = key(me.create(f"tasks('{tasks[0]}')/attachments", file))
    page = content(me.get(link, Prefer=track()))
    assert [one["Id"] for one in page["value"]] == tasks[:1]
    assert [one["Id"] for one in page["value"][0]["Attachments"]] == [attached]
    gone = me.delete(f"tasks('{tasks[0]}')/attachments('{attached}')")
    assert gone.status_code == 204, gone.text
    page = content(me.get(page["@odata.deltaLink"], Prefer=track()))
    assert [(one["Id"], one["Attachments"]) for one in page["value"]] == [(tasks[0], [])]
