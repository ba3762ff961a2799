"""Sync tokens: what is written is read, by the same arguments alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidSyncState
from afterlook.mailbox import sync_tokens
from afterlook.mailbox.sync import SyncState
from afterlook.mailbox.sync_tokens import Use
from afterlook.store.rows import MailboxRow


def mailbox(key: str) -> MailboxRow:
    """Return a mailbox that signs with a key."""
    return MailboxRow(1, "guid", "replica", "oid", "tid", "upn", "owner", key)


MINE, THEIRS = mailbox("11" * 32), mailbox("22" * 32)
FOLDER = 0x112
NOW = 63_600_000_000
PROGRESS = SyncState(high_water_mark=7, enumeration_cursor=3, verified_at=NOW)
USES: tuple[Use, Use] = ("deltaToken", "skipToken")
numbers = st.integers(0, 2**48 - 1)
progresses = st.builds(
    SyncState,
    high_water_mark=numbers,
    enumeration_cursor=numbers,
    verified_at=st.integers(0, 2**40 - 1),
    kept_query=st.text(max_size=50),
)


@settings(deadline=None)
@given(state=progresses, scope=numbers, use=st.sampled_from(USES))
def test_round_trip(state: SyncState, scope: int, use: Use) -> None:
    """Any state comes back whole, and the text fits into an address as it stands."""
    token = sync_tokens.write(state, MINE, scope, use)
    assert sync_tokens.read(token, MINE, scope, use) == state
    assert re.fullmatch(r"[A-Za-z0-9_-]+", token)
    assert token == sync_tokens.write(state, MINE, scope, use)


def test_length() -> None:
    """As long as the service's tokens of folders, where nothing particular was asked for."""
    assert len(sync_tokens.write(PROGRESS, MINE, FOLDER, "deltaToken")) == 40


@settings(deadline=None)
@given(state=progresses, scope=numbers, other=numbers, use=st.sampled_from(USES))
def test_bound(state: SyncState, scope: int, other: int, use: Use) -> None:
    """To the mailbox's key, to the collection, and to the use."""
    token = sync_tokens.write(state, MINE, scope, use)
    wrong: Use = "skipToken" if use == "deltaToken" else "deltaToken"
    with pytest.raises(InvalidSyncState):
        sync_tokens.read(token, THEIRS, scope, use)
    with pytest.raises(InvalidSyncState):
        sync_tokens.read(token, MINE, scope, wrong)
    if other != scope:
        with pytest.raises(InvalidSyncState):
            sync_tokens.read(token, MINE, other, use)


@pytest.mark.parametrize("asked", ["", "$select=Id", "$select=Owner"])
def test_every_character_counts(asked: str) -> None:
    """No character of a token can be another one, and none can be left out."""
    token = sync_tokens.write(PROGRESS._replace(kept_query=asked), MINE, FOLDER, "deltaToken")
    for at in range(len(token)):
        for other in "AZaz09-_":
            if other == token[at]:
                continue
            with pytest.raises(InvalidSyncState):
                sync_tokens.read(token[:at] + other + token[at + 1 :], MINE, FOLDER, "deltaToken")
        with pytest.raises(InvalidSyncState):
            sync_tokens.read(token[:at] + token[at + 1 :], MINE, FOLDER, "deltaToken")


@settings(deadline=None)
@given(st.text() | st.text("Aa0-_=", max_size=80) | st.characters().map(lambda one: one * 40))
def test_any_text_is_refused(text: str) -> None:
    """Nothing but `InvalidSyncState` comes out of it."""
    for use in USES:
        with pytest.raises(InvalidSyncState):
            sync_tokens.read(text, MINE, FOLDER, use)
