"""What methods refuse, as it stands on the wire."""

import pytest

from tests.sharepoint.helpers import PROCESS_QUERY, error_of, parsed, post
from tests.sharepoint.om.client import ROOT, Request
from tests.support.wire import Mailbox

ORDERED = "UserOrderedSession"


@pytest.mark.inferred("om.refused")
def test_refused_methods(me: Mailbox) -> None:
    nothing, page, order, gone = Request(), Request(), Request(), Request()
    nothing.query(nothing.method(nothing.session(ORDERED), "ReadTasks", None))
    settings = page.make("PersistedProperties", QuickLaunchLandingPage="x" * 256)
    page.call(page.make("UserSettingsManager"), "SetPersistedProperties", settings)
    query = order.make("TaskQuery", PinnedFilter=3)
    order.query(order.method(order.session(ORDERED), "ReadTasks", query))
    gone.call(gone.session(ORDERED), "ReorderTask", 1, -1)

    told = [
        error_of(parsed(post(me, PROCESS_QUERY, f"{ROOT}{request.xml()}</Request>".encode())))[:2]
        for request in (nothing, page, order, gone)
    ]

    assert told == [
        (-2147467261, "System.ArgumentNullException"),
        (-2146233086, "System.ArgumentOutOfRangeException"),
        (-2146233086, "System.ArgumentOutOfRangeException"),
        (-2130575338, "Microsoft.SharePoint.SPException"),
    ]
