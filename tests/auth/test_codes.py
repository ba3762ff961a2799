"""Codes in the store, on both engines: each is redeemed once, whoever asks at the same time."""

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest

from afterlook.auth.codes import SignInCodes
from afterlook.auth.refusals import CodeRedeemed, DeviceDeclined, GrantInvalid
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.store import sign_in_codes
from afterlook.store.store import Store
from tests.support.stores import NOW

CONTENT = {"client_id": "app", "redirect_uri": "http://localhost", "challenge": ""}
ASKED = {"client_id": "app", "redirect_uri": "http://localhost", "verifier": ""}


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Return an open store."""
    opened = Store(database, "normal", FrozenClock(NOW), RandomIds())
    yield opened
    opened.close()


def test_redeemed_once(store: Store) -> None:
    codes = SignInCodes(store, RandomIds())

    async def race() -> list[object]:
        code = await codes.grant(CONTENT)
        asking = (codes.redeem(code, **ASKED) for _ in range(5))
        return await asyncio.gather(*asking, return_exceptions=True)

    results = asyncio.run(race())
    assert sum(isinstance(result, dict) for result in results) == 1
    assert sum(isinstance(result, CodeRedeemed) for result in results) == 4


def test_the_first_word_on_a_device_counts(store: Store) -> None:
    codes = SignInCodes(store, RandomIds())

    async def answer() -> list[bool]:
        device = await codes.begin_device(CONTENT)
        row = await codes.find_device(device.user_code)
        assert row is not None
        answered = [await codes.answer_device(row, user) for user in (None, {"upn": "a"})]
        with pytest.raises(DeviceDeclined):
            await codes.redeem_device(device.device_code, client_id="app")
        return answered

    assert asyncio.run(answer()) == [True, False]


def test_the_oldest_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_codes, "MAX_CODES", 3)
    codes = SignInCodes(store, RandomIds())

    async def fill() -> list[bool]:
        given = [await codes.grant(CONTENT) for _ in range(7)]
        kept = []
        for code in given:
            try:
                await codes.redeem(code, **ASKED)
                kept.append(True)
            except GrantInvalid:
                kept.append(False)
        return kept

    assert sum(asyncio.run(fill())) == 3
    found = asyncio.run(store.read_by_key(partial(sign_in_codes.find, digest="none")))
    assert found is None
