"""A fault behind the server, ordered over HTTP: what a client then sees."""

import time
from typing import Any

import pytest

from afterlook.workmanagement.refresh.report import RefreshState
from tests.support.control import perform
from tests.support.wire import Mailbox

PLAIN = {"Accept": "application/json;odata=nometadata"}
SECONDS = 30
SESSION = "/_api/SP.WorkManagement.OM.UserOrderedSessionManager/CreateSession"


def refresh(me: Mailbox) -> dict[str, Any]:
    """Gather the user's tasks; return how it went, when it is over."""
    job = me.post(f"{SESSION}/BeginCacheRefresh", {}, **PLAIN).json()["CurrentJobId"]
    deadline = time.monotonic() + SECONDS
    while True:
        status = dict(me.post(f"{SESSION}/GetRefreshStatus({job})", {}, **PLAIN).json())
        if status["AggregatorRefreshState"] in (RefreshState.FAILED, RefreshState.SUCCEEDED):
            return status
        assert time.monotonic() < deadline, status
        time.sleep(0.05)


@pytest.mark.once
def test_a_list_is_out_of_reach(mine: Mailbox) -> None:
    lists = "/sites/team/_api/web/lists"
    mine.post(lists, {"Title": "Fair", "BaseTemplate": 171}, **PLAIN)
    item = {"Title": "Rent the tables", "AssignedToId": [1]}
    mine.post(f"{lists}/getbytitle('Fair')/items", item, **PLAIN)
    perform(mine.wire, "fault add", provider_down="*")
    assert refresh(mine)["AggregatorRefreshState"] == RefreshState.FAILED
    perform(mine.wire, "fault clear")
    perform(mine.wire, "clock advance", by="1d")
    reached = refresh(mine)
    assert reached["AggregatorRefreshState"] == RefreshState.SUCCEEDED
    assert [each["AddedCount"] for each in reached["TaskChangesByLocation"]] == [1]
