"""A store of an older schema opens with everything in it, and what is new is filled in."""

from base64 import urlsafe_b64encode
from dataclasses import asdict
from datetime import date
from json import dumps

import pytest
from sqlalchemy import Engine, text

from afterlook.auth.identity import identify
from afterlook.mailbox import series
from afterlook.mailbox.dates import parse_instant
from afterlook.mailbox.identities import Identity, find
from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
    write,
)
from afterlook.mailbox.timezones import find_zone
from afterlook.store import tasks
from afterlook.store.engines import open_engines
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import settings
from tests.support.migrations import upgrade
from tests.support.stores import open_store

ROWS = (
    "INSERT INTO mailbox VALUES (1, 'g', 'r', 'o', 't', 'u', 'Owner', 275, 1)",
    "INSERT INTO task_group VALUES (1, 273, 273, 'My Tasks', 'k', TRUE)",
    "INSERT INTO task_folder VALUES (1, 274, 274, 273, 'STRASSE ß', 'strasse ss', TRUE)",
    (
        "INSERT INTO task VALUES (1, 275, 274, 275, 1, 1, 'ÄRGER', 0, '', '[\"Rot\"]', NULL, NULL,"
        " NULL, NULL, NULL, FALSE, FALSE, 1, 0, 0, NULL)"
    ),
)


def make_first_schema(engine: Engine) -> None:
    """Bring a database to the first revision, and put a mailbox with one task into it."""
    upgrade(engine, "0001")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))


def first_mailbox(store: Store) -> MailboxRow:
    """Return the mailbox that the old store had."""
    with store.session() as session:
        mailbox = find(session, Identity(upn="u", owner="Owner", oid="o", tid="t"))
    assert mailbox is not None
    return mailbox


def test_folded_text_is_filled_in(database: str) -> None:
    """Filters find what was written before there was anything to filter by."""
    engines = open_engines(database, "full")
    make_first_schema(engines.writer)
    for engine in engines:
        engine.dispose()

    store = open_store(database)
    with store.session() as session:
        task = session.ad_hoc(text("SELECT subject, subject_key, categories_key FROM task"), {})
        group = session.ad_hoc(text("SELECT name_key FROM task_group"), {})
        folder = session.ad_hoc(text("SELECT name, name_key FROM task_folder"), {})
    store.close()

    assert list(map(tuple, task)) == [("ÄRGER", "ärger", '["rot"]')]
    assert list(map(tuple, group)) == [("my tasks",)]
    assert list(map(tuple, folder)) == [("STRASSE ß", "strasse ß")]


def test_titles_of_items_are_filled_in(database: str) -> None:
    """Filters find the tasks in lists that were written before there were any."""
    engines = open_engines(database, "full")
    make_first_schema(engines.writer)
    upgrade(engines.writer, "0008")
    with engines.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO source_list VALUES (1, 1, 'g', 1, '/', '/', 'Tasks', 'tasks', '', 171,"
                " 1, 1, NULL, 2, 1, 0, 0, FALSE)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO source_item VALUES (1, 1, 1, 'g', 1, 1, FALSE, 'ÄRGER', NULL, NULL,"
                " NULL, 0, 'Not Started', '(2) Normal', '', NULL, '', FALSE, 0, 0)"
            )
        )
    for engine in engines:
        engine.dispose()

    store = open_store(database)
    with store.session() as session:
        items = session.ad_hoc(text("SELECT title, title_key FROM source_item"), {})
    store.close()
    assert list(map(tuple, items)) == [("ÄRGER", "ärger")]


def make_second_mailbox(database: str, named: Identity) -> None:
    """Make a store of the first schema, with a mailbox 2 of a user."""
    engines = open_engines(database, "full")
    make_first_schema(engines.writer)
    with engines.writer.begin() as connection:
        made = "INSERT INTO mailbox VALUES (2, 'h', 's', :oid, :tid, :upn, :owner, 274, 1)"
        connection.execute(text(made), asdict(named))
    for engine in engines:
        engine.dispose()


def test_opaque_tokens_keep_their_mailboxes(database: str) -> None:
    """They are found by the token, and no longer by a claim that names what they show."""
    opaque = identify("Bearer secret", "open")
    named = Identity(f"{opaque.oid}@afterlook.example", "Administrator", opaque.oid)
    make_second_mailbox(database, named)

    store = open_store(database)
    with store.session() as session:
        mine, anybody = find(session, opaque), find(session, named)
    store.close()
    assert mine is not None
    assert (mine.id, mine.oid) == (2, opaque.oid)
    assert anybody is None


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ("11111111-2222-3333-4444-555555555555", "Administrator"),
        ("11111111-2222-4333-c444-555555555555", "Administrator"),
        ("a name", "Administrator"),
        ("8f1c0f0e-1111-4222-8333-444444444444", "Alex"),
    ],
)
def test_claims_keep_their_mailboxes(database: str, claimed: str, name: str) -> None:
    """Those of a JWT that names itself as opaque tokens are named: its id is of another kind."""
    payload = urlsafe_b64encode(dumps({"oid": claimed, "name": name}).encode()).decode()
    named = identify(f"Bearer x.{payload.rstrip('=')}.y", "open")
    make_second_mailbox(database, named)

    store = open_store(database)
    with store.session() as session:
        mine = find(session, named)
    store.close()
    assert mine is not None
    assert mine.id == 2


def test_every_mailbox_gets_a_key(database: str) -> None:
    """Each signs its sync tokens with one of its own; what lives is synchronised from the start."""
    engines = open_engines(database, "full")
    make_first_schema(engines.writer)
    with engines.writer.begin() as connection:
        second = "INSERT INTO mailbox VALUES (2, 'h', 's', 'p', 't', 'v', 'Owner', 274, 1)"
        connection.execute(text(second))
    for engine in engines:
        engine.dispose()

    for _ in range(2):
        store = open_store(database)
        with store.session() as session:
            rows = session.ad_hoc(text("SELECT sync_key, forgotten FROM mailbox ORDER BY id"), {})
        store.close()
        (mine, nothing), (theirs, nothing_either) = map(tuple, rows)
        assert (nothing, nothing_either) == (0, 0)
        assert len(bytes.fromhex(mine)) == len(bytes.fromhex(theirs)) == 32
        assert mine != theirs


def test_dates_of_before_are_what_they_are(database: str) -> None:
    """How they were written was not kept: a series goes on from their instants."""
    engines = open_engines(database, "full")
    make_first_schema(engines.writer)
    upgrade(engines.writer, "0009")
    where = find_zone("W. Europe Standard Time")
    due, reminder = (
        parse_instant("2016-03-26T00:00:00", where),
        parse_instant("2016-03-26T02:30:00", where),
    )
    pattern = Pattern(PatternType.Daily, 1)
    range_ = Range(RangeType.NoEnd, date(2016, 3, 26), recurrence_time_zone=where.name)
    recurrence = write(PatternedRecurrence(pattern, range_))
    with engines.writer.begin() as connection:
        row = {"due": due, "reminder": reminder, "recurrence": recurrence}
        columns = "due = :due, reminder = :reminder, recurrence = :recurrence"
        connection.execute(text(f"UPDATE task SET {columns}"), row)
    for engine in engines:
        engine.dispose()

    store = open_store(database)
    with store.read_session(first_mailbox(store)) as session:
        task = tasks.get(session, 275)
    store.close()

    found: list[tuple[int | None, int | None]] = []
    while task is not None and len(found) < 4:
        found.append((task.due, task.reminder))
        task = series.advance_series(task)
    assert found == [
        (
            parse_instant(f"2016-03-{day}T00:00:00", where),
            parse_instant(f"2016-03-{day}T02:30:00", where),
        )
        for day in (26, 27, 28, 29)
    ]


def test_mailboxes_are_followed_anew(database: str) -> None:
    """A job could leave out what lay behind long texts; from the start the next one finds it."""
    engines = open_engines(database, "full")
    upgrade(engines.writer, "0012")
    with engines.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO mailbox (id, guid, replica, oid, tid, upn, owner, change, created)"
                " VALUES (1, 'g', 'r', 'o', 't', 'u', 'Owner', 275, 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO work_settings (mailbox, settings, persisted, next_task, next_location,"
                " next_refresh, is_exchange_on, exchange_result, exchange_outlook, exchange_change)"
                " VALUES (1, '{}', '{}', 1, 1, 1, TRUE, 1, 275, 275)"
            )
        )
    for engine in engines:
        if engine is not None:
            engine.dispose()

    store = open_store(database)
    with store.read_session(first_mailbox(store)) as session:
        kept = settings.get(session)
    store.close()
    assert (kept.exchange_outlook, kept.exchange_change, kept.is_exchange_on) == (0, 275, True)
