"""What the tests of this wire share: spelling requests, reading refusals, walking lists."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import httpx2

from afterlook.outlook import response_models
from tests.support.wire import Mailbox

Json = dict[str, Any]
Headers = Sequence[tuple[str, str]]

JSON = "application/json"
COLLECTIONS = ("tasks", "taskfolders", "taskgroups")
WRITES = [
    ("POST", "tasks"),
    ("PATCH", "tasks('{task}')"),
    ("POST", "taskfolders"),
    ("PATCH", "taskfolders('{folder}')"),
    ("POST", "taskfolders('{folder}')/tasks"),
    ("POST", "taskgroups"),
    ("PATCH", "taskgroups('{group}')"),
    ("POST", "taskgroups('{group}')/taskfolders"),
]
"""All that take a body of an entity, in a mailbox that was filled."""
PACIFIC = "Pacific Standard Time"
EASTERN = "Eastern Standard Time"
ONE_DAY = {"DateTime": "2016-04-26T09:00:00", "TimeZone": EASTERN}
WEEKLY = {
    "Pattern": {
        "Type": "Weekly",
        "Interval": 2,
        "Month": 0,
        "DayOfMonth": 0,
        "DaysOfWeek": ["Monday", "Friday"],
        "FirstDayOfWeek": "Sunday",
        "Index": "First",
    },
    "Range": {
        "Type": "Numbered",
        "StartDate": "2016-04-25",
        "EndDate": "0001-01-01",
        "RecurrenceTimeZone": "Pacific Standard Time",
        "NumberOfOccurrences": 5,
    },
}


def call(
    me: Mailbox,
    method: str,
    address: str,
    content: bytes | Iterable[bytes] | None = None,
    headers: Headers = (),
) -> httpx2.Response:
    """Send a request with a body of bytes and header lines that may repeat."""
    url = address if address.startswith(("/", "http")) else f"/api/beta/me/{address}"
    named = {name.lower() for name, _ in headers}
    own = [pair for pair in me.authorization.items() if pair[0].lower() not in named]
    return me.wire.client.request(method, url, content=content, headers=[*own, *headers])


def write(
    me: Mailbox, method: str, address: str, content: bytes | str, media_type: str = JSON
) -> httpx2.Response:
    """Send a body as it stands."""
    raw = content.encode() if isinstance(content, str) else content
    return call(me, method, address, raw, [("Content-Type", media_type)])


def expect_refusal(response: httpx2.Response, status: int, code: str, *words: str) -> str:
    """Expect the error body: a code, and a message that holds `words`; return the message."""
    assert response.status_code == status, response.text
    error = envelope(response)
    assert error["code"] == code, error
    for word in words:
        assert word in error["message"], error
    return error["message"]


def envelope(response: httpx2.Response) -> Mapping[str, str]:
    """Return the error of a refusal; it has a code and a message and nothing else."""
    body = response.json()
    assert list(body) == ["error"], body
    assert list(body["error"]) == ["code", "message"], body
    response_models.Error.model_validate(body)
    assert body["error"]["code"]
    assert body["error"]["message"]
    return dict(body["error"])


def values(response: httpx2.Response) -> list[Json]:
    """Return the entities of a listing."""
    assert response.status_code == 200, response.text
    return list(response.json()["value"])


def ids(response: httpx2.Response) -> list[str]:
    """Return the Ids of a listing."""
    return [key(entity) for entity in values(response)]


def subjects(response: httpx2.Response) -> list[str]:
    """Return the subjects of a listing."""
    return [entity["Subject"] for entity in values(response)]


def key(entity: Mapping[str, object]) -> str:
    """Return an entity's Id."""
    return str(entity["Id"])


def everything(me: Mailbox) -> list[list[Json]]:
    """Return all that a mailbox holds, change keys and stamps included."""
    return [values(me.get(f"{collection}?$top=1000")) for collection in COLLECTIONS]


def walk(me: Mailbox, address: str, **headers: str) -> list[list[Json]]:
    """Follow the paging links from a listing to its end; return the pages."""
    pages = []
    following: str | None = address
    while following is not None:
        response = me.get(following, **headers)
        pages.append(values(response))
        following = response.json().get("@odata.nextLink")
        assert len(pages) < 1000, "the links never end"
    return pages


def prefer(zone: str) -> str:
    """Return the preference for a time zone."""
    return f'outlook.timezone="{zone}"'


FULL = {
    "Subject": "Everything",
    "Body": {"ContentType": "HTML", "Content": "<p>x</p>"},
    "Categories": ["Red", "Blue"],
    "CompletedDateTime": ONE_DAY,
    "DueDateTime": ONE_DAY,
    "StartDateTime": ONE_DAY,
    "ReminderDateTime": ONE_DAY,
    "IsReminderOn": True,
    "Importance": "High",
    "Sensitivity": "Private",
    "Status": "Completed",
    "Recurrence": WEEKLY,
}
