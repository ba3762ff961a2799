"""What both sides can say of a task, and whose word counts."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.mailbox.dates import midnight
from afterlook.mailbox.tasks import _BLANK
from afterlook.mailbox.timezones import zone
from afterlook.mailbox.values import WallTime
from afterlook.mailbox.walls import NO_ZONE
from afterlook.runtime.instants import LAST_INSTANT, Instant, from_datetime
from afterlook.workmanagement.dates import to_naive_datetime, to_naive_ticks
from afterlook.workmanagement.exchange_sync import plaintext, synced_fields
from afterlook.workmanagement.exchange_sync.merge import merge, outlook_task_changes, settle_dates
from afterlook.workmanagement.exchange_sync.plaintext import from_html
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields, Unlistable

BASE = SyncedFields("Name", None, None, None, is_completed=False, is_pinned=False)
DAYS = st.none() | st.integers(1, 4).map(lambda number: number * 864_000_000_000)
IMAGES = st.builds(
    SyncedFields,
    st.sampled_from("ab"),
    st.none() | st.just("x"),
    DAYS,
    DAYS,
    st.booleans(),
    st.booleans(),
)

BODIES = [
    ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
    ("<html><head><title>No</title><style>p {}</style></head>\r\n<body>Yes</body></html>", "Yes"),
    ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
    ("<script>if (a < b) c()</script>after", "after"),
    ("  <b>bold</b>  and\n\nplain ", "bold and plain"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("<!-- a comment -->shown", "shown"),
    ("<p></p>", ""),
    ("&#0;&#xD800;", "\ufffd\ufffd"),
    ("<unclosed", "<unclosed"),
    ("&#" + "9" * 5_000 + ";&#65;", "&#" + "9" * 5_000 + ";A"),
    ("&#x" + "f" * 5_000 + ";&#x41;", "&#x" + "f" * 5_000 + ";A"),
]


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_html_as_text(body: str, text: str) -> None:
    assert from_html(body) == text


def test_text_after_much_markup() -> None:
    """Is found, however much of a body is not text."""
    assert from_html(f"<head>{'<meta a>' * 90_000}</head>{'<i>' * 90_000}text") == "text"
    assert from_html("a<b>" * plaintext.MAX_TAGS) == "a" * plaintext.MAX_TAGS


def test_more_markup_than_is_read() -> None:
    """It is too much, whether it is shown or not."""
    for tag in ("<b>", "<br>", "a<b>", "<script>"):
        assert from_html(tag * (plaintext.MAX_TAGS + 1)) is None


@pytest.mark.parametrize("part", ["<", "<a", "<!--", "</", "<script>", "<p>", "&", "&#", "> <"])
def test_much_of_a_kind(part: str) -> None:
    """It takes no longer than reading it."""
    text = from_html(part * 300_000)
    assert text is None or len(text) <= plaintext.MAX_INPUT


@pytest.mark.parametrize(
    "name",
    [
        *("UTC", "Eastern Standard Time", "Pacific Standard Time", "Tokyo Standard Time"),
        *("India Standard Time", "Hawaiian Standard Time", "AUS Eastern Standard Time"),
    ],
)
@pytest.mark.parametrize("day", ["2016-01-31", "2016-04-26", "2016-10-30"])
def test_days(name: str, day: str) -> None:
    """The midnight of a day anywhere is that day in the list."""
    instant = midnight(f"{day}T00:00:00", zone(name))
    image = synced_fields.from_outlook_task(_BLANK._replace(start=instant, due=instant))

    assert (
        to_naive_datetime(image.start)
        == to_naive_datetime(image.due)
        == datetime.fromisoformat(day)
    )


def test_the_last_day_and_the_first() -> None:
    last = synced_fields.from_outlook_task(_BLANK._replace(due=LAST_INSTANT)).due
    assert to_naive_datetime(last) == datetime.fromisoformat("9999-12-31")
    assert synced_fields.from_outlook_task(_BLANK._replace(due=Instant(0))).due is None


def test_what_a_list_cannot_hold() -> None:
    """A name it must have, and texts have bounds there."""
    for subject in (None, "", " \t"):
        assert (
            synced_fields.from_outlook_task(_BLANK._replace(subject=subject)).name == "(No subject)"
        )
    whole = synced_fields.from_outlook_task(_BLANK._replace(subject="s" * 255, body="b" * 63_999))
    assert (whole.name, whole.description) == ("s" * 255, "b" * 63_999)


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "s" * 256},
        {"body": "b" * 64_000},
        {"body": "b" * 64_000, "body_type": 1},
        {"body": "<p>" * 10 + "b " * 32_001, "body_type": 1},
        {"body": "<p>b" * 32_001, "body_type": 1},
        {"body": " " * 1_000_000 + "b", "body_type": 1},
        {"body": "<i> " * 1_000_000 + "b", "body_type": 1},
    ],
    ids=["subject", "text", "html", "words", "blocks", "spaces", "between"],
)
def test_what_is_too_long_is_not_cut(values: dict[str, Any]) -> None:
    with pytest.raises(Unlistable):
        synced_fields.from_outlook_task(_BLANK._replace(**values))


@given(IMAGES, IMAGES, IMAGES)
def test_merging(base: SyncedFields, listed: SyncedFields, outlook: SyncedFields) -> None:
    """One side alone is followed, dates as the mailbox holds them; of two the later wins."""
    assert merge(base, base, outlook, list_is_later=True) == settle_dates(outlook)
    assert merge(base, listed, base, list_is_later=False) == settle_dates(listed)
    assert merge(base, listed, listed, list_is_later=False) == settle_dates(listed)
    ours = merge(base, listed, outlook, list_is_later=True)
    theirs = merge(base, listed, outlook, list_is_later=False)
    for name in ("name", "description", "is_completed", "is_pinned"):
        before, one, two = (getattr(image, name) for image in (base, listed, outlook))
        if one != before != two:
            assert (getattr(ours, name), getattr(theirs, name)) == (one, two)


def test_fields_of_both_sides() -> None:
    """Different fields do not get into each other's way."""
    listed, outlook = BASE._replace(name="New"), BASE._replace(is_pinned=True)

    for is_later in (True, False):
        both = merge(BASE, listed, outlook, list_is_later=is_later)
        assert both == BASE._replace(name="New", is_pinned=True)


def test_only_what_differs_is_written() -> None:
    assert outlook_task_changes(BASE, BASE, None) == {}
    due = to_naive_ticks(datetime.fromisoformat("2016-04-26"))
    assert outlook_task_changes(BASE._replace(due=due), BASE, None) == {
        "due": from_datetime(datetime.fromisoformat("2016-04-26T00:00:00Z")),
        "walls": {"due": WallTime(due, NO_ZONE)},
    }
    seen = BASE._replace(due=due, is_pinned=True, is_completed=True)
    assert outlook_task_changes(BASE, seen, None) == {
        "due": None,
        "walls": {},
        "importance": 1,
        "status": 0,
    }


@given(IMAGES)
def test_images_are_kept(image: SyncedFields) -> None:
    assert synced_fields.from_json(synced_fields.to_json(image)) == image
