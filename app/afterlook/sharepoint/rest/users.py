"""The users of a web: the caller, who is the only one that is known there.

Owns how users are rendered and named.
"""

from __future__ import annotations

from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest.errors import AddressUnknown, SiteUserUnknown
from afterlook.sharepoint.rest.paths import RestSegment
from afterlook.sharepoint.rest.response_writer import Entity, Feed
from afterlook.store.folding import fold
from afterlook.store.workmanagement.rows import split_numbers
from afterlook.workmanagement.providers.lists import ME, user_name

TYPE = "SP.User"


def render_current_user(context: RequestContext) -> Entity:
    """Return the caller as a user."""
    owner, upn = context.mailbox.owner, context.mailbox.upn
    members = {"Id": ME, "Title": owner, "LoginName": upn, "Email": upn}
    return Entity(TYPE, f"Web/GetUserById({ME})", members)


def find_by_id(context: RequestContext, named: RestSegment) -> Entity:
    """Return a user by number. Raises `AddressUnknown`, `ExpressionInvalid`."""
    if named.number != ME:
        raise AddressUnknown(path=f"GetUserById({named.one})"[:128])
    return render_current_user(context)


def find_by_name(context: RequestContext, name: object) -> Entity:
    """Return a user by login name, with its claims before it or not. Raises `SiteUserUnknown`."""
    own_name = fold(context.mailbox.upn)
    if not isinstance(name, str) or fold(name.rpartition("|")[2]) != own_name:
        raise SiteUserUnknown(name=str(name)[:128])
    return render_current_user(context)


def render_user(context: RequestContext, number: int) -> Entity:
    """Render a user as what an item leads to."""
    owner, upn = context.mailbox.owner, context.mailbox.upn
    title, name = (owner, upn) if number == ME else (user_name(number), None)
    members = {"Id": number, "Title": title, "Name": name, "EMail": name}
    return Entity("SP.Data.UserInfoItem", f"Web/GetUserById({number})", members)


def render_users(context: RequestContext, numbers: str) -> Feed:
    """Render several users by their numbers, as they are stored."""
    return Feed([render_user(context, number) for number in split_numbers(numbers)])
