"""Filters mean the same on SQLite, on PostgreSQL, and to an evaluator in plain Python."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidFilter
from afterlook.runtime.instants import FIRST_INSTANT, LAST_INSTANT, TICKS_PER_DAY, Instant
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store
from tests.odata.filter.evaluator import matches
from tests.odata.filter.expressions import TEXTS, filters
from tests.odata.filter.scopes import parse
from tests.support.filters import Change, found, write
from tests.support.stores import new_mailbox

GENERATED = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# 0001-01-01, 1600-02-29, 1900-03-01, 2000-02-29, 2016-04-26, 2100-02-28, 9999-12-31.
DAYS = [0, 584_081, 693_654, 730_178, 736_079, 766_703, 3_652_058]
INSTANTS = st.sampled_from(DAYS).map(lambda day: Instant(day * TICKS_PER_DAY)) | st.integers(
    FIRST_INSTANT, LAST_INSTANT
).map(Instant)
CATEGORIES = st.lists(TEXTS, max_size=3).map(lambda names: json.dumps(names, ensure_ascii=False))
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "subject": TEXTS,
        "assigned_to": TEXTS,
        "categories": CATEGORIES,
        "due": INSTANTS,
        "start": INSTANTS,
        "completed": INSTANTS,
        "created": INSTANTS,
        "modified": INSTANTS,
        "has_attachments": st.booleans(),
        "importance": st.integers(0, 2),
        "sensitivity": st.integers(0, 3),
        "status": st.integers(0, 4),
    },
)
BOUNDS = ("too large or small", "too deeply")


def agree(store: Store, mailbox: MailboxRow, rows: list[TaskRow], text: str) -> None:
    """Hold an engine against the evaluator."""
    expression = parse(text)
    expected = [row.id for row in rows if matches(row, expression)]
    assert found(store, mailbox, expression) == expected, text


def test_generated(store: Store) -> None:
    """Whatever is stored and whatever is asked."""

    @GENERATED
    @given(contents=st.lists(ROWS, min_size=1, max_size=6), texts=st.lists(filters(), max_size=6))
    def run(contents: list[Change], texts: list[str]) -> None:
        mailbox = new_mailbox(store)
        rows = write(store, mailbox, contents)
        for text in texts:
            try:
                agree(store, mailbox, rows, text)
            except InvalidFilter as refusal:
                if not any(words in refusal.message for words in BOUNDS):
                    raise

    run()
