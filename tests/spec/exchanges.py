"""What the replayed exchanges have in common: samples, addresses, refusals, and a clock to set."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.support.samples import ANY
from tests.support.wire import Mailbox

INDIA = "India Standard Time"
DEFAULT_GROUP_KEY = "0006f0b7-0000-0000-c000-000000000046"

Json = dict[str, Any]

NAMED = {"tasks": "Subject", "taskfolders": "Name", "taskgroups": "Name"}
every_kind = pytest.mark.parametrize("collection", NAMED)


def date(day: str, zone: str = "UTC") -> dict[str, str]:
    """Return midnight of a day as bodies show it."""
    return {"DateTime": f"{day}T00:00:00.0000000", "TimeZone": zone}


def context(me: Mailbox, path: str) -> str:
    """Return the context URL of what lies below `Me`."""
    return f"{me.wire.url}/api/beta/$metadata#Me/{path.replace('=', '%3D')}"


def folder(context: str | None = None, **properties: object) -> Json:
    """Return a task folder as the samples show one."""
    members = ("@odata.id", "Id", "ChangeKey", "IsDefaultFolder", "Name", "ParentGroupKey")
    return _sample(members, context, {"IsDefaultFolder": False, **properties})


def group(context: str | None = None, **properties: object) -> Json:
    """Return a task group as the samples show one."""
    members = ("@odata.id", "Id", "ChangeKey", "IsDefaultGroup", "Name", "GroupKey")
    return _sample(members, context, {"IsDefaultGroup": False, **properties})


def _sample(members: tuple[str, ...], context: str | None, known: dict[str, object]) -> Json:
    assert set(known) <= set(members)
    head = {} if context is None else {"@odata.context": context}
    return head | {name: known.get(name, ANY) for name in members}


def named(collection: str, name: str) -> Json:
    """Return the body of a new entity of a collection."""
    return {NAMED[collection]: name}


def unchanged(me: Mailbox, address: str, send: Callable[[], httpx2.Response]) -> httpx2.Response:
    """Send a request and expect that what the address shows stays the same."""
    before = me.get(address)
    response = send()
    after = me.get(address)
    assert (after.status_code, after.content) == (before.status_code, before.content)
    return response
