"""Tokens of a synchronisation: good where they were handed out, and nowhere else."""

import base64
from urllib.parse import quote
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.mailboxes import Filled
from tests.support.outlook import expect_refusal
from tests.support.replicas import delta_link, next_link, sized, token, track
from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"
ADDRESSES = (TASKS, "taskfolders")
OPTIONS = ("$deltatoken", "$skiptoken")
BAD = "ErrorInvalidSyncStateData"


def tokens(me: Mailbox, address: str, query: str = "") -> tuple[str, str]:
    """Return a deltaToken and a skipToken of a collection that has three entities or more."""
    first = me.get(f"{address}{query}", Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    return token(delta_link(first)), token(next_link(second))


@pytest.fixture
def three(filled: Filled) -> Filled:
    """Return a mailbox with three folders, and three tasks in two of them."""
    filled.me.create("taskfolders", {"Name": "Third"})
    for number in range(3):
        filled.me.create("tasks", {"Subject": str(number)})
        filled.me.create(filled.at("taskfolders('{folder}')/tasks"), {"Subject": str(number)})
    return filled


@pytest.mark.inferred("house.sync-token", "synced.foreign-token")
@pytest.mark.once
@pytest.mark.parametrize("query", ["", "?$select=Id,ChangeKey"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_edited(three: Filled, address: str, query: str) -> None:
    """A character more, less, or another."""
    for option, good in zip(OPTIONS, tokens(three.me, address, query), strict=True):
        assert three.me.get(f"{address}?{option}={good}", Prefer=track()).status_code == 200
        spoilt = [good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :] for at in (0, 9)]
        cut = [good[:-1], good[1:], good[:-4], good[:8], good[:39], good[:38]]
        longer = [
            f"{good}A",
            f"{good}AAAA",
            f"A{good}",
            f"{good}{good}",
            f"{good[:-2]}%00{good[-1]}",
        ]
        for bad in (*spoilt, *cut, *longer, good.swapcase(), good[::-1]):
            response = three.me.get(f"{address}?{option}={bad}", Prefer=track())
            expect_refusal(response, 400, BAD)


@pytest.mark.inferred("house.sync-token")
@pytest.mark.once
@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_garbage(me: Mailbox, address: str, option: str) -> None:
    """What never was a token, however it is spelt: the empty one, other services' ones."""
    for bad in (
        "",
        "x",
        "%20",
        "%00",
        "%F0%9F%98%80",
        "=" * 40,
        "A" * 39,
        "A" * 40,
        "A" * 8000,
        "-" * 40,
        "175e2e04482e431ea96e89145c212f8c",
        "OyZKBDxtmuutZdNAsvah92MZg38AAAAAZwkBAAAA",
        "x_zCBD5nm2dcGAFGk5qypL1PSyEAAC6cRncEAAAA",
    ):
        expect_refusal(me.get(f"{address}?{option}={bad}", Prefer=track()), 400, BAD)
    expect_refusal(me.get(f"{address}?{option}", Prefer=track()), 400, BAD)
    invalid = me.get(f"{address}?{option}=%ff", Prefer=track())
    expect_refusal(invalid, 400, "ErrorInvalidUrlQuery", option)


@pytest.mark.inferred("house.sync-token")
@settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    given_=st.text(max_size=60)
    | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    | st.binary(min_size=30, max_size=30).map(lambda raw: base64.urlsafe_b64encode(raw).decode()),
    option=st.sampled_from(OPTIONS),
    address=st.sampled_from(ADDRESSES),
)
def test_any_text(alone: Mailbox, given_: str, option: str, address: str) -> None:
    """Refused, and never by a 500."""
    response = alone.get(f"{address}?{option}={quote(given_, safe='')}", Prefer=track())
    expect_refusal(response, 400, BAD)


@pytest.mark.inferred("house.sync-token")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit(alone: Mailbox, data: st.DataObject) -> None:
    """Whichever byte of a token is changed, or how many are cut off."""
    good = token(delta_link(alone.get(f"{TASKS}?$select=Id", Prefer=track())))
    raw = bytearray(base64.urlsafe_b64decode(good + "=" * (-len(good) % 4)))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    spoilt = bytes(raw) if data.draw(st.booleans()) else bytes(raw[:at])
    bad = base64.urlsafe_b64encode(spoilt).decode().rstrip("=")
    expect_refusal(alone.get(f"{TASKS}?$deltatoken={bad}", Prefer=track()), 400, BAD)


@pytest.mark.inferred("synced.foreign-token")
def test_elsewhere(three: Filled) -> None:
    """Of another mailbox, folder or collection, or for the other use."""
    me, other = three.me, Mailbox(three.me.wire, uuid4().hex)
    cooking = three.at("taskfolders('{folder}')/tasks")
    addresses = (TASKS, "taskfolders", cooking)
    handed = {address: tokens(me, address) for address in addresses}
    for own, (delta, skip) in handed.items():
        for address in addresses:
            for option, good in (("$deltatoken", delta), ("$skiptoken", skip)):
                response = me.get(f"{address}?{option}={good}", Prefer=track())
                assert (response.status_code == 200) == (address == own)
                if address != own:
                    expect_refusal(response, 400, BAD)
        if own != cooking:
            for option, good in (("$deltatoken", delta), ("$skiptoken", skip)):
                expect_refusal(other.get(f"{own}?{option}={good}", Prefer=track()), 400, BAD)
        for option, wrong in (("$deltatoken", skip), ("$skiptoken", delta)):
            expect_refusal(me.get(f"{own}?{option}={wrong}", Prefer=track()), 400, BAD)


@pytest.mark.inferred("synced.stateless")
def test_the_same_collection_by_another_name(three: Filled) -> None:
    """A token is for a folder, not for a spelling of it."""
    me = three.me
    default = me.get("taskfolders('tasks')").json()["Id"]
    delta, skip = tokens(me, TASKS)
    for address in (f"taskfolders('{default}')/tasks", f"TASKFOLDERS/{default}/tasks/"):
        assert me.get(f"{address}?$deltatoken={delta}", Prefer=track()).status_code == 200
        assert me.get(f"{address}?$skiptoken={skip}").status_code == 200
