"""Listing, showing, making and deleting mailboxes; tokens that open them."""

from __future__ import annotations

from functools import partial
from typing import Any

from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, ThingNotFound
from afterlook.control.operation import Operation, Result
from afterlook.control.operations import mailboxes as operations
from afterlook.control.operations.mailboxes import (
    HowMany,
    NamedMailbox,
    NewMailbox,
    ShownMailbox,
    TokenFor,
)
from afterlook.control.replacement import replace
from afterlook.control.tokens import identity_of, issue_token
from afterlook.control.values import write_instant
from afterlook.mailbox import identities
from afterlook.mailbox.identifiers import identifiers_of
from afterlook.mailbox.identities import DEMO, OPAQUE_TENANT, Identity, key_of
from afterlook.mailbox.slugs import find_by_name, slug_of
from afterlook.mailbox.timezones import UTC
from afterlook.outlook.edm import TASK, TASK_FOLDER
from afterlook.outlook.render import View, render_task, render_task_folder
from afterlook.store import contents, folders, mailboxes, pages, tasks
from afterlook.store.mailboxes import MailboxSummary
from afterlook.store.pages import Page, count_fitting, text_of
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, Session

_MAX_FOLDERS = 1000


async def find_mailbox(emulator: Emulator, name: str) -> MailboxRow:
    """Return the mailbox of a name. Raises `ThingNotFound`."""
    found = await emulator.store.read_by_key(partial(find_by_name, name=name))
    if found is None:
        message = f"there is no mailbox '{name}'; `mailbox list` lists all"
        raise ThingNotFound(message)
    return found


async def list_(emulator: Emulator, parameters: HowMany) -> Result:
    """List the mailboxes that were made last."""

    def read(session: Session) -> tuple[list[MailboxSummary], int]:
        return mailboxes.list_summaries(session, parameters.limit), mailboxes.count(session)

    summaries, total = await emulator.store.scan(read)
    described = [_describe(emulator, each) for each in summaries]
    return {"mailboxes": described, "total": total}


async def show(emulator: Emulator, parameters: ShownMailbox) -> Result:
    """Show what is in a mailbox."""
    mailbox = await find_mailbox(emulator, parameters.mailbox)

    def read(session: Session) -> Result:
        return _show(emulator, session.bind(mailbox), parameters.limit)

    return await emulator.store.scan(read)


async def create(emulator: Emulator, parameters: NewMailbox) -> Result:
    """Make a mailbox. Raises `Conflict` where its user has one, `MailboxesExhausted`."""
    store = emulator.store
    wanted = await _find_free(emulator) if parameters.upn is None else identity_of(parameters.upn)
    if await store.read_by_key(partial(find_by_name, name=wanted.upn)) is not None:
        message = f"upn: there is a mailbox of {wanted.upn} already"
        raise Conflict(message)
    wanted = Identity(wanted.upn, parameters.owner or wanted.owner)
    await emulator.mailboxes.expect_room()
    await store.create_mailbox(partial(identities.create_mailbox, identity=wanted))
    mailbox = await find_mailbox(emulator, wanted.upn)
    issued = await issue_token(emulator, mailbox.upn, parameters.expires_in)
    summary = await store.read_by_key(partial(mailboxes.summarize, mailbox=mailbox))
    assert summary is not None  # noqa: S101
    return _describe(emulator, summary) | {"token": issued.access_token, "url": emulator.url}


async def _find_free(emulator: Emulator) -> Identity:
    """Return a user who has no mailbox. Identifiers that follow from a seed may come again."""
    while True:
        identity = identity_of(f"test-{emulator.ids.guid().hex[:12]}")
        taken = partial(find_by_name, name=identity.upn)
        if await emulator.store.read_by_key(taken) is None:
            return identity


async def delete(emulator: Emulator, parameters: NamedMailbox) -> Result:
    """Delete a mailbox. Raises `ThingNotFound`."""
    mailbox = await find_mailbox(emulator, parameters.mailbox)
    await replace(emulator, partial(contents.remove, mailbox_ids=[mailbox.id]), mailbox)
    return {"name": slug_of(mailbox), "upn": mailbox.upn}


async def token(emulator: Emulator, parameters: TokenFor) -> Result:
    """Make a token, in the words of OAuth's token endpoint."""
    issued = await issue_token(emulator, parameters.user, parameters.expires_in, parameters.scope)
    return {
        "token_type": "Bearer",
        "access_token": issued.access_token,
        "expires_in": issued.expires_in,
        "scope": issued.scope,
        "upn": issued.mailbox.upn,
    }


def _describe(emulator: Emulator, summary: MailboxSummary) -> dict[str, Any]:
    mailbox = summary.mailbox
    return {
        "name": slug_of(mailbox),
        "upn": mailbox.upn,
        "owner": mailbox.owner,
        "oid": mailbox.oid,
        "tid": mailbox.tid,
        "opened_by": _opened_by(emulator, mailbox),
        "created": write_instant(summary.created),
        "folders": summary.folders,
        "tasks": summary.tasks,
        "attachments": summary.attachments,
    }


def _opened_by(emulator: Emulator, mailbox: MailboxRow) -> str:
    """Say what opens a mailbox, as its owner would."""
    if mailbox.tid == OPAQUE_TENANT:
        return "a token that is no JWT"
    if (mailbox.tid, mailbox.oid) == key_of(DEMO) and emulator.mailboxes.mode == "open":
        return "calls without a token"
    if mailbox.oid == key_of(Identity(mailbox.upn, ""))[1]:
        return f"a JWT with upn {mailbox.upn}"
    return f"a JWT with oid {mailbox.oid} and tid {mailbox.tid}"


def _show(emulator: Emulator, session: ReadSession, limit: int) -> Result:
    mailbox = session.mailbox
    ids = identifiers_of(mailbox)
    user_url = f"{emulator.url}/api/beta/Users('{mailbox.oid}@{mailbox.tid}')"
    shown: list[dict[str, Any]] = []
    left, room = limit, pages.MAX_PAGE_TEXT
    for folder in folders.list_page(session, Page(_MAX_FOLDERS)):
        view = View(TASK, ids, user_url, mailbox.owner, UTC)
        listed = tasks.list_page_in_folder(session, folder.id, Page(left)) if left else []
        rows = listed[: count_fitting(listed, left, room)]
        room -= sum(map(text_of, rows))
        # What comes after a task that is left out is left out, too; the total tells of all of it.
        left = left - len(rows) if len(rows) == len(listed) and room > 0 else 0
        entity = render_task_folder(folder, View(TASK_FOLDER, ids, user_url, mailbox.owner, UTC))
        shown.append({**entity, "Tasks": [render_task(row, view) for row in rows]})
    summary = mailboxes.summarize(session, mailbox)
    total = summary.tasks if summary else 0
    head = {"upn": mailbox.upn, "owner": mailbox.owner, "name": slug_of(mailbox)}
    return {**head, "folders": shown, "total": total}


HANDLERS: dict[Operation, Handler] = {
    operations.LIST: list_,
    operations.SHOW: show,
    operations.CREATE: create,
    operations.DELETE: delete,
    operations.TOKEN: token,
}
