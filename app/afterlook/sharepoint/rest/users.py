"""The users of a web: whoever asks, who is the only one that is known there.

Owns how users are shown and named. Must not know what they are assigned to.
"""

from __future__ import annotations

from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest.errors import AddressUnknown, UserUnknown
from afterlook.sharepoint.rest.paths import Segment
from afterlook.sharepoint.rest.replies import Entity, Feed
from afterlook.store.folding import fold
from afterlook.store.workmanagement.rows import split_numbers
from afterlook.workmanagement.providers.lists import ME, user_name

TYPE = "SP.User"


def caller_of(caller: Caller) -> Entity:
    """Return who asks, as a user."""
    owner, upn = caller.mailbox.owner, caller.mailbox.upn
    members = {"Id": ME, "Title": owner, "LoginName": upn, "Email": upn}
    return Entity(TYPE, f"Web/GetUserById({ME})", members)


def by_id(caller: Caller, named: Segment) -> Entity:
    """Return a user by number. Raises `AddressUnknown`, `ExpressionInvalid`."""
    if named.number != ME:
        raise AddressUnknown(path=f"GetUserById({named.one})"[:128])
    return caller_of(caller)


def by_name(caller: Caller, name: object) -> Entity:
    """Return a user by login name, with what claims put before it or not. Raises `UserUnknown`."""
    known = fold(caller.mailbox.upn)
    if not isinstance(name, str) or fold(name.rpartition("|")[2]) != known:
        raise UserUnknown(name=str(name)[:128])
    return caller_of(caller)


def of_item(caller: Caller, number: int) -> Entity:
    """Return a user as what an item leads to."""
    owner, upn = caller.mailbox.owner, caller.mailbox.upn
    title, name = (owner, upn) if number == ME else (user_name(number), None)
    members = {"Id": number, "Title": title, "Name": name, "EMail": name}
    return Entity("SP.Data.UserInfoItem", f"Web/GetUserById({number})", members)


def of_items(caller: Caller, numbers: str) -> Feed:
    """Return several, as they are kept."""
    return Feed([of_item(caller, number) for number in split_numbers(numbers)])
