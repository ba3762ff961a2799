"""Every property that can be written, by POST and by PATCH."""

import pytest

from tests.support.outlook import PACIFIC, WEEKLY, Json, everything, expect_refusal, key
from tests.support.samples import utc
from tests.support.wire import Mailbox

MEMBERS = {
    "Importance": ["Low", "Normal", "High"],
    "Sensitivity": ["Normal", "Personal", "Private", "Confidential"],
    "Status": ["NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"],
}
DAY = {"DateTime": "2016-04-26T09:00:00", "TimeZone": PACIFIC}
MIDNIGHT = utc("2016-04-26T07:00:00.0000000")
# Property, what is written, what is shown.
WRITTEN: list[tuple[str, object, object]] = [
    ("Subject", "Shop", "Shop"),
    ("Subject", "", ""),
    ("Subject", None, None),
    ("Body", {"ContentType": "Text", "Content": "a"}, {"ContentType": "Text", "Content": "a"}),
    (
        "Body",
        {"ContentType": "html", "Content": "<b/>"},
        {"ContentType": "HTML", "Content": "<b/>"},
    ),
    ("Body", None, {"ContentType": "Text", "Content": ""}),
    ("Categories", ["Red", "b", "Red category"], ["Red", "b", "Red category"]),
    ("Categories", [], []),
    ("Categories", None, []),
    ("DueDateTime", DAY, MIDNIGHT),
    ("DueDateTime", None, None),
    ("StartDateTime", DAY, MIDNIGHT),
    ("StartDateTime", None, None),
    ("ReminderDateTime", DAY, utc("2016-04-26T16:00:00.0000000")),
    ("ReminderDateTime", None, None),
    ("CompletedDateTime", DAY, MIDNIGHT),
    ("CompletedDateTime", None, None),
    ("IsReminderOn", True, True),
    ("IsReminderOn", False, False),
    ("Recurrence", WEEKLY, WEEKLY),
    ("Recurrence", None, None),
]
TEXTS = [
    "Zürich, 東京, עברית, 👩‍👩‍👧, \u200d, e\u0301",
    " spaces before and after ",
    "line\nbreak\r\n\ttab",
    '"quotes" \\ / <b>&amp;</b> %41 \' %s {0}',
    "\u0001\u001f\u007f\u0080\ufffe\uffff\u2028",
    "x" * 100_000,
]


def both(me: Mailbox, body: Json) -> list[Json]:
    """Write a body by POST and by PATCH of another task; return the four answers and reads."""
    made = me.create("tasks", body)
    other = f"tasks('{key(me.create('tasks', {'Subject': 'other'}))}')"
    response = me.patch(other, body)
    assert response.status_code == 200, response.text
    return [made, me.get(f"tasks('{key(made)}')").json(), response.json(), me.get(other).json()]


@pytest.mark.observed("entity.writable", "entity.members")
@pytest.mark.in_process
@pytest.mark.parametrize(("name", "written", "shown"), WRITTEN)
def test_property(shared: Mailbox, name: str, written: object, shown: object) -> None:
    for task in both(shared, {name: written}):
        assert task[name] == shown


@pytest.mark.observed("entity.writable")
def test_others_stay(shared: Mailbox) -> None:
    """A PATCH of one property leaves the others as they were."""
    body = {name: written for name, written, _ in reversed(WRITTEN) if written}
    task = shared.create("tasks", {**body, "Importance": "High", "Sensitivity": "Private"})
    address = f"tasks('{key(task)}')"

    after = shared.patch(address, {"Subject": "Changed"}).json()

    changing = ("@odata.etag", "ChangeKey", "LastModifiedDateTime", "Subject")
    for name in set(task) - set(changing):
        assert after[name] == task[name], name


@pytest.mark.observed("entity.body")
@pytest.mark.parametrize("kind", ["Text", "HTML"])
def test_body_comes_back_as_it_was(shared: Mailbox, kind: str) -> None:
    content = "<html><head>\r\n</head><body><p>Größe &gt; 1</p></body></html>"

    for task in both(shared, {"Body": {"ContentType": kind.upper(), "Content": content}}):
        assert task["Body"] == {"ContentType": kind, "Content": content}


@pytest.mark.inferred("entity.text-kept")
@pytest.mark.in_process
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_kept(shared: Mailbox, text: str) -> None:
    body = {"Subject": text, "Categories": [text], "Body": {"Content": text}}

    for task in both(shared, body):
        assert (task["Subject"], task["Categories"], task["Body"]["Content"]) == (
            text,
            [text],
            text,
        )


@pytest.mark.inferred("entity.recurrence")
@pytest.mark.parametrize("empty", [None, {}])
def test_recurrence_goes(shared: Mailbox, empty: object) -> None:
    address = f"tasks('{key(shared.create('tasks', {'Recurrence': WEEKLY}))}')"

    assert shared.get(address).json()["Recurrence"] == WEEKLY
    assert shared.patch(address, {"Subject": "still"}).json()["Recurrence"] == WEEKLY
    assert shared.patch(address, {"Recurrence": empty}).json()["Recurrence"] is None


@pytest.mark.observed("entity.empty-object")
@pytest.mark.once
@pytest.mark.parametrize(
    "name", ["StartDateTime", "DueDateTime", "CompletedDateTime", "ReminderDateTime"]
)
def test_empty_object_for_a_date(shared: Mailbox, name: str) -> None:
    address = f"tasks('{key(shared.create('tasks', {name: DAY}))}')"

    assert shared.patch(address, {name: {}}).json()[name] is None
    assert shared.create("tasks", {name: {}})[name] is None


@pytest.mark.inferred("entity.null")
def test_no_null_for_what_has_none(me: Mailbox) -> None:
    before = everything(me)

    for name in ("IsReminderOn", *MEMBERS):
        expect_refusal(me.post("tasks", {name: None}), 400, "RequestBodyRead", "'null'")
    for body in ({"ContentType": None}, {"ContentType": 0, "Content": ""}):
        expect_refusal(me.post("tasks", {"Body": body}), 400, "RequestBodyRead")

    assert everything(me) == before
