"""Extended properties of a whole page: together they are bounded."""

from urllib.parse import quote

import pytest

from afterlook.mailbox import extended_properties
from tests.support.wire import Engine, Mailbox, in_process

NAME = "String {00020329-0000-0000-c000-000000000046} Name Notes"
EXPAND = quote(f"SingleValueExtendedProperties($filter=PropertyId eq '{NAME}')")


@pytest.mark.inferred("bomb.extended-shown")
def test_too_long_together(database: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, a sync or a single task is refused beyond the bound, and fits in smaller pages."""
    monkeypatch.setattr(extended_properties, "MAX_LENGTH_SHOWN", 250)
    with in_process(database, engine) as wire:
        me = Mailbox(wire, "long")
        for _ in range(3):
            given = [{"PropertyId": NAME, "Value": "x" * 100}]
            made = me.send("POST", "tasks", {"SingleValueExtendedProperties": given})
            assert made.status_code == 201
        folder = me.send("GET", "taskfolders").json()["value"][0]["Id"]
        synced = f"taskfolders('{folder}')/tasks?$expand={EXPAND}"
        refused = [
            me.send("GET", f"tasks?$expand={EXPAND}"),
            me.send("GET", synced, Prefer="odata.track-changes"),
        ]
        assert [answer.status_code for answer in refused] == [413, 413]
        assert {answer.json()["error"]["code"] for answer in refused} == {
            "ErrorMessageSizeExceeded"
        }
        page = me.send("GET", f"tasks?$top=2&$expand={EXPAND}").json()
        assert [len(task["SingleValueExtendedProperties"]) for task in page["value"]] == [1, 1]
        prefer = "odata.track-changes, odata.maxpagesize=2"
        assert len(me.send("GET", synced, Prefer=prefer).json()["value"]) == 2
