"""Statements on provider lists: lists of tasks in sites, and projects."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, or_, select, update

from afterlook.store.folding import fold
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import table
from afterlook.store.workmanagement.rows import ProviderListRow
from afterlook.store.workmanagement.tables import ProviderList

_list = table(ProviderList)
_columns = [_list.c[name] for name in ProviderListRow._fields]
_FOLDED = ("web_key", "title_key")
_in_mailbox = _list.c.mailbox == bindparam("of_mailbox")
_in_web = _list.c.web_key == bindparam("of_web")

_GET = select(*_columns).where(_in_mailbox, _list.c.id == bindparam("of_id"))
_BY_TITLE = select(*_columns).where(_in_mailbox, _in_web, _list.c.title_key == bindparam("title"))
_BY_GUID = select(*_columns).where(_in_mailbox, _in_web, _list.c.guid == bindparam("guid"))
_BY_LOCATION = (
    select(*_columns)
    .where(_in_mailbox, _list.c.location == bindparam("location"))
    .order_by(_list.c.id)
    .limit(1)
)
_BY_WEB = select(*_columns).where(_in_mailbox, _in_web).order_by(_list.c.title_key)
_UNREAD = (
    select(*_columns)
    .where(_in_mailbox, or_(_list.c.change > _list.c.seen, _list.c.is_down))
    .order_by(_list.c.id)
)
_ALL = select(*_columns).where(_in_mailbox).order_by(_list.c.id)
_HIGHEST = select(func.max(_list.c.id)).where(_in_mailbox)
_ADD = insert(_list)
_REPLACE = (
    update(_list)
    .where(_in_mailbox, _list.c.id == bindparam("of_id"))
    .values(
        {name: bindparam(name) for name in (*ProviderListRow._fields, *_FOLDED) if name != "id"}
    )
)


def get(session: ReadSession, number: int) -> ProviderListRow | None:
    """Find a list by its number."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": number})
    return None if row is None else ProviderListRow._make(row)


def find_by_title(session: ReadSession, web: str, title: str) -> ProviderListRow | None:
    """Find a list by its title, case aside."""
    values = {"of_mailbox": session.mailbox.id, "of_web": fold(web), "title": fold(title)}
    row = session.first(_BY_TITLE, values)
    return None if row is None else ProviderListRow._make(row)


def find_by_guid(session: ReadSession, web: str, guid: str) -> ProviderListRow | None:
    """Find a list by its GUID, in lower case."""
    row = session.first(
        _BY_GUID, {"of_mailbox": session.mailbox.id, "of_web": fold(web), "guid": guid}
    )
    return None if row is None else ProviderListRow._make(row)


def find_by_location(session: ReadSession, location: int) -> ProviderListRow | None:
    """Find the list that a place of the user's list stands for."""
    row = session.first(_BY_LOCATION, {"of_mailbox": session.mailbox.id, "location": location})
    return None if row is None else ProviderListRow._make(row)


def list_by_web(session: ReadSession, web: str) -> list[ProviderListRow]:
    """List the lists of a web by title."""
    rows = session.all(_BY_WEB, {"of_mailbox": session.mailbox.id, "of_web": fold(web)})
    return [ProviderListRow._make(row) for row in rows]


def list_unread(session: ReadSession) -> list[ProviderListRow]:
    """List the lists that hold what no refresh has read yet, or cannot be read at all."""
    return [
        ProviderListRow._make(row)
        for row in session.all(_UNREAD, {"of_mailbox": session.mailbox.id})
    ]


def list_all(session: ReadSession) -> list[ProviderListRow]:
    """List the lists of all webs."""
    rows = session.all(_ALL, {"of_mailbox": session.mailbox.id})
    return [ProviderListRow._make(row) for row in rows]


def get_highest_id(session: ReadSession) -> int:
    """Return the highest number of a list; they are never deleted."""
    row = session.first(_HIGHEST, {"of_mailbox": session.mailbox.id})
    return int(row[0] or 0) if row else 0


def add(session: WriteSession, provider_list: ProviderListRow) -> None:
    """Write a new list."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **_columns_of(provider_list)})


def replace(session: WriteSession, provider_list: ProviderListRow) -> None:
    """Write every column of a list anew."""
    values = _columns_of(provider_list)
    del values["id"]
    session.execute(
        _REPLACE, {"of_mailbox": session.mailbox.id, "of_id": provider_list.id, **values}
    )


def _columns_of(provider_list: ProviderListRow) -> dict[str, object]:
    return {
        **provider_list._asdict(),
        "web_key": fold(provider_list.web),
        "title_key": fold(provider_list.title),
    }
