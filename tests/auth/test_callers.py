"""From an Authorization header to a mailbox, made on first use."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from uuid import UUID, uuid5

import pytest

from afterlook.auth.mailboxes import MailboxResolver
from afterlook.errors import Unauthorized
from afterlook.mailbox.identities import DEMO, HOME_TENANT
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.support.tokens import OID, TID, authorization


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Return an open store on a new database."""
    opened = Store(database, "normal", SystemClock(), RandomIds())
    yield opened
    opened.close()


def opened(store: Store, *authorizations: str | None) -> list[MailboxRow]:
    """Return the mailboxes that headers open, one after the other."""

    async def run() -> list[MailboxRow]:
        callers = MailboxResolver(store, "open")
        return [await callers.resolve(each) for each in authorizations]

    return asyncio.run(run())


def test_one_mailbox_for_each_user(store: Store) -> None:
    """The same user comes back to the same mailbox, by whatever token; others never do."""
    ann = {"oid": OID, "tid": TID}
    first = opened(
        store, None, "Bearer a", "Bearer b", authorization(ann), authorization({"upn": "bob@x.y"})
    )
    again = opened(
        store,
        "",
        "bearer a",
        "Bearer  b",
        authorization(ann | {"iat": 1}),
        authorization({"upn": "BOB@X.Y"}),
    )

    assert again == first
    assert len({each.id for each in first}) == 5
    assert len({each.guid for each in first}) == 5
    assert first[0].upn == DEMO.upn


def test_tenants_are_apart(store: Store) -> None:
    """The same object id in another tenant is another user."""
    one, other = opened(store, authorization({"oid": OID, "tid": TID}), authorization({"oid": OID}))

    assert one.id != other.id


def test_newcomers_at_once(store: Store) -> None:
    """Twenty first requests of one user make one mailbox."""

    async def run() -> list[MailboxRow]:
        callers = [MailboxResolver(store, "any") for _ in range(4)]
        return await asyncio.gather(*(callers[n % 4].resolve("Bearer new") for n in range(20)))

    assert len(set(asyncio.run(run()))) == 1


def test_no_token_where_one_is_required(store: Store) -> None:
    """Refused before the store is asked."""

    def ask() -> Coroutine[None, None, MailboxRow]:
        return MailboxResolver(store, "any").resolve(None)

    with pytest.raises(Unauthorized):
        asyncio.run(ask())


@pytest.mark.parametrize(
    "taken",
    [
        lambda upn: {"oid": upn},
        lambda upn: {"oid": str(uuid5(UUID(HOME_TENANT), upn)), "upn": "other@x.y"},
    ],
)
def test_an_object_id_that_equals_a_name(
    store: Store, taken: Callable[[str], dict[str, str]]
) -> None:
    """A user known by name has a mailbox, whatever object ids others came with."""
    _, found = opened(store, authorization(taken("bob@x.y")), authorization({"upn": "bob@x.y"}))

    assert found.id


def test_what_is_remembered_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any number of tokens may come."""
    monkeypatch.setattr("afterlook.auth.mailboxes._MAX_CACHED", 3)

    async def run() -> int:
        callers = MailboxResolver(store, "open")
        for number in range(10):
            await callers.resolve(f"Bearer {number}")
        return len(callers._cached)

    assert asyncio.run(run()) <= 3
