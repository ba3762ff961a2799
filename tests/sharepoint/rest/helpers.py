"""What the tests of the REST face share."""

from typing import Any

import httpx2

from tests.support.wire import Mailbox

SITE = "/sites/a"
LISTS = f"{SITE}/_api/web/lists"
MANAGER = "/_api/SP.WorkManagement.OM.UserOrderedSessionManager"
SESSION = f"{MANAGER}/CreateSession"
SETTINGS = "/_api/SP.WorkManagement.OM.UserSettingsManager"

GIVEN_BY_NAME = [
    *("Title", "Body", "StartDate", "DueDate", "PercentComplete", "Status", "Checkmark"),
    *("Priority", "AssignedToId", "ParentIDId", "PredecessorsId", "ContentTypeId"),
    *("taskKey", "field", "value", "taskName", "completed", "pinned", "locationKey"),
    *("BaseTemplate", "Description", "since", "refreshId"),
]
"""Names that mean something in a body."""


def ask(
    me: Mailbox,
    method: str,
    address: str,
    body: object = None,
    level: str = "nometadata",
    **headers: str,
) -> httpx2.Response:
    """Send a request; the answer is at a level of metadata."""
    return me.send(method, address, body, Accept=f"application/json;odata={level}", **headers)


def content_of(response: httpx2.Response, status: int = 200) -> Any:
    """Return the content of an answer, which has this status."""
    assert response.status_code == status, response.text
    return response.json() if response.content else None


def new_list(me: Mailbox, title: str = "Tasks", web: str = SITE) -> str:
    """Create a list; return its address."""
    made = {"Title": title, "BaseTemplate": 171}
    content_of(ask(me, "POST", f"{web}/_api/web/lists", made), 201)
    quoted = title.replace("'", "''")
    return f"{web}/_api/web/lists/getbytitle('{quoted}')"


def error_of(response: httpx2.Response, status: int) -> tuple[str, str]:
    """Return code and text of an error."""
    error = content_of(response, status)["odata.error"]
    assert error["message"]["lang"] == "en-US"
    return error["code"], error["message"]["value"]
