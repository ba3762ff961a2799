"""The key is the store's: servers and worker processes on one share it, and a restart keeps it."""

import asyncio
from pathlib import Path

import pytest

from afterlook.auth.issuer import TokenIssuer
from afterlook.auth.mailboxes import MailboxResolver
from afterlook.auth.refusals import ScopeRefused, UserUnknown
from afterlook.auth.signing_keys import SigningKeys
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.store.store import Store
from tests.support.sign_in import SignIns, claims_of
from tests.support.stores import NOW
from tests.support.wire import Mailbox, in_process


@pytest.mark.inferred("oauth.refresh")
def test_two_servers_on_one_store(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with in_process(database, "sqlite", FrozenClock(NOW), auth="signed") as first:
        one = SignIns(first, FrozenClock(NOW))
        answer = one.by_password("kim@contoso.example", scope="Tasks.Read offline_access").json()
        code = one.code()
        with in_process(database, "sqlite", FrozenClock(NOW), auth="signed") as second:
            assert Mailbox(second, answer["access_token"]).get("tasks").status_code == 200
            two = SignIns(second, FrozenClock(NOW))
            assert two.redeem(code).status_code == 200
            assert one.redeem(code).json()["error_codes"] == [54005]
    with in_process(database, "sqlite", FrozenClock(NOW), auth="signed") as again:
        form = {"grant_type": "refresh_token", "refresh_token": answer["refresh_token"]}
        renewed = SignIns(again, FrozenClock(NOW)).ask(**form).json()["access_token"]
        assert Mailbox(again, renewed).get("tasks").status_code == 200


def test_made_at_once(database: str) -> None:
    """Of many who find none each gets the same one."""
    stores = [Store(database, "normal", FrozenClock(NOW), RandomIds()) for _ in range(2)]

    async def find() -> set[str]:
        asking = (SigningKeys(store).get_current() for store in stores for _ in range(2))
        return {key.kid for key in await asyncio.gather(*asking)}

    try:
        assert len(asyncio.run(find())) == 1
    finally:
        for store in stores:
            store.close()


def test_tokens_to_order(tmp_path: Path) -> None:
    """The control surface issues them by a user's name: with any permission, and expired."""
    store = Store(tmp_path / "afterlook.db", "normal", FrozenClock(NOW), RandomIds())
    issuer = TokenIssuer(store, MailboxResolver(store, "open"), SigningKeys(store))

    async def issue(**asked: object) -> dict[str, object]:
        issued = await issuer.issue_token("alice", origin="http://localhost", **asked)  # type: ignore[arg-type]
        return claims_of(issued.access_token)

    try:
        usual = asyncio.run(issue())
        assert (usual["aud"], usual["scp"]) == ("https://outlook.office.com", "Tasks.ReadWrite")
        assert asyncio.run(issue(scope="Tasks.Read"))["scp"] == "Tasks.Read"
        expired = asyncio.run(issue(expires_in=-5))
        assert isinstance(usual["iat"], int)
        assert (expired["exp"], expired["nbf"]) == (usual["iat"] - 5, usual["iat"] - 5)
        assert asyncio.run(issue(expires_in=10**18))["exp"] == 253_402_300_799
        with pytest.raises(ScopeRefused):
            asyncio.run(issue(scope='"'))
        with pytest.raises(UserUnknown):
            asyncio.run(issuer.issue_token("a b", origin="http://localhost"))
    finally:
        store.close()
