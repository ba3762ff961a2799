"""Provider lists: lists of tasks in a site, and of assignments in a project.

Owns which there can be, and whose a list is: a web named `pwa` is Project Web App, its lists are
projects.
"""

from __future__ import annotations

from enum import Enum
from urllib.parse import quote, unquote
from uuid import UUID

from afterlook.store.folding import fold
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import provider_lists
from afterlook.store.workmanagement.rows import ProviderListRow
from afterlook.workmanagement.fields import MAX_DESCRIPTION, MAX_TITLE
from afterlook.workmanagement.locations import Provider

MAX_LISTS = 500

TASKS, GANTT, TIMELINE = 107, 150, 171
TEMPLATES = (TASKS, GANTT, TIMELINE)
"""The templates of lists of tasks."""

ME = 1
"""The number of the mailbox's owner among the users of any web."""

_HOME = "Afterlook"
_PROJECT_WEB = "pwa"


class ProviderWriteError(Enum):
    """Why a list or an item of one is not written."""

    TITLE_TAKEN = "title taken"
    TITLE_INVALID = "title invalid"
    TOO_MANY = "too many"
    VALUE_INVALID = "value invalid"
    STALE = "stale"
    GONE = "gone"
    DOWN = "down"


class ProviderWriteRejected(Exception):
    """A provider list is not written; `what` names the value that is at fault, if one is.

    For `STALE` it is the version.
    """

    def __init__(self, error: ProviderWriteError, what: str = "") -> None:
        super().__init__(f"{what}: {error.value}" if what else error.value)
        self.error = error
        self.what = what


def user_name(number: int) -> str:
    """Return what a user is called of whom a mailbox's sites know the number alone."""
    return f"User {number}"


def list_lists(session: ReadSession, web: str) -> list[ProviderListRow]:
    """List the lists of a web by title, all of at most `MAX_LISTS`."""
    return provider_lists.list_by_web(session, web)


def find_list_at(session: ReadSession, web: str, address: str) -> ProviderListRow | None:
    """Find a list of a web by its server-relative address."""
    wanted = fold(address.rstrip("/"))
    rows = list_lists(session, web)
    return next((row for row in rows if fold(unquote(folder_url(row))) == wanted), None)


def find_list(session: ReadSession, web: str, title_or_guid: str | UUID) -> ProviderListRow | None:
    """Find a list of a web by its title or its GUID."""
    if isinstance(title_or_guid, UUID):
        return provider_lists.find_by_guid(session, web, str(title_or_guid))
    return provider_lists.find_by_title(session, web, title_or_guid)


def get_list(session: WriteSession, number: int) -> ProviderListRow | None:
    """Return a list by its number."""
    return provider_lists.get(session, number)


def is_down(session: WriteSession, provider_list: ProviderListRow) -> bool:
    """Tell whether a list cannot be read or written: its provider has failed."""
    return provider_list.is_down or session.conditions.holds(
        "provider_down", session.mailbox.upn, provider_list.title
    )


def list_unread(session: WriteSession) -> list[ProviderListRow]:
    """List the lists that hold what no refresh has read yet, or are down."""
    unread = provider_lists.list_unread(session)
    if not session.conditions.are_set():
        return unread
    down = {row.id for row in provider_lists.list_all(session) if is_down(session, row)}
    known = {row.id for row in unread}
    others = (provider_lists.get(session, number) for number in sorted(down - known))
    rows = [*unread, *(row for row in others if row is not None)]
    return [row._replace(is_down=row.id in down) for row in sorted(rows)]


def create_list(
    session: WriteSession, web: str, title: str, template: int, description: str = ""
) -> ProviderListRow:
    """Create a list in a web. Raises `ProviderWriteRejected`."""
    # A title is a segment of addresses, and some mean another place.
    if not title.strip(" .") or len(title) > MAX_TITLE:
        raise ProviderWriteRejected(ProviderWriteError.TITLE_INVALID, "Title")
    if template not in TEMPLATES:
        raise ProviderWriteRejected(ProviderWriteError.VALUE_INVALID, "BaseTemplate")
    if len(description) > MAX_DESCRIPTION:
        raise ProviderWriteRejected(ProviderWriteError.VALUE_INVALID, "Description")
    if provider_lists.find_by_title(session, web, title) is not None:
        raise ProviderWriteRejected(ProviderWriteError.TITLE_TAKEN, "Title")
    number = provider_lists.get_highest_id(session) + 1
    if number > MAX_LISTS:
        raise ProviderWriteRejected(ProviderWriteError.TOO_MANY)
    created = ProviderListRow(
        id=number,
        guid=str(session.guid()),
        provider=provider_of(web),
        web=web,
        title=title,
        description=description,
        template=template,
        change=session.change_number,
        seen=session.change_number,
        location=None,
        next_item=1,
        items=0,
        created=session.now,
        modified=session.now,
        is_down=False,
    )
    provider_lists.add(session, created)
    return created


def set_description(
    session: WriteSession, provider_list: ProviderListRow, description: str
) -> ProviderListRow:
    """Give a list another description. Raises `ProviderWriteRejected`."""
    if len(description) > MAX_DESCRIPTION:
        raise ProviderWriteRejected(ProviderWriteError.VALUE_INVALID, "Description")
    updated = provider_list._replace(description=description, modified=session.now)
    provider_lists.replace(session, updated)
    return updated


def set_down(
    session: WriteSession, provider_list: ProviderListRow, *, down: bool
) -> ProviderListRow:
    """Make a list one whose provider cannot be read, or one whose provider can."""
    updated = provider_list._replace(is_down=down)
    provider_lists.replace(session, updated)
    return updated


def provider_of(web: str) -> Provider:
    """Return who has the lists of a web."""
    is_project = web.rpartition("/")[2].lower() == _PROJECT_WEB
    return Provider.PROJECT_SERVER if is_project else Provider.SHAREPOINT


def web_name(web: str) -> str:
    """Return what a web is called."""
    return web.rpartition("/")[2] or _HOME


def web_path(web: str) -> str:
    """Return a web's address as part of others: without the slash at the end."""
    return quote(web.rstrip("/"))


def folder_url(provider_list: ProviderListRow) -> str:
    """Return where the pages of a list are, from the root of the host."""
    return f"{web_path(provider_list.web)}/Lists/{quote(provider_list.title, safe='')}"


def list_url(provider_list: ProviderListRow) -> str:
    """Return the page that shows a list or a project."""
    if provider_list.provider == Provider.PROJECT_SERVER:
        page = "project%20detail%20pages/schedule.aspx"
        return f"{web_path(provider_list.web)}/{page}?ProjUid={provider_list.guid}"
    return f"{folder_url(provider_list)}/AllItems.aspx"
