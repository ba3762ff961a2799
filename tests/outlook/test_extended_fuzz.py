"""Anything at all for a PropertyId, a value or an `$expand`: never a 5xx."""

from uuid import uuid4

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.extended import (
    COLOR,
    MULTI,
    PALETTE,
    SET,
    SINGLE,
    create_entity,
    expansion,
    query,
)
from tests.support.outlook import envelope
from tests.support.wire import Mailbox, Wire

FUZZ = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TYPES = ["String", "Integer", "Long", "Double", "Boolean", "Currency", "SystemTime", "CLSID"]
NAMES = st.lists(
    st.sampled_from(
        [*TYPES, "StringArray", "Array", SET, SET[1:-1], "{", "}", "Name", "Id", "0x8012", "012"]
    )
    | st.sampled_from(["0x", "99999999999", "²", "'", "\0", "\u2028", " "])
    | TEXT,
    max_size=5,
).map(" ".join)
LIKELY = st.builds(
    "{} {} {} {}".format,
    st.sampled_from([*TYPES, *(f"{name}Array" for name in TYPES)]),
    st.sampled_from([SET, SET.upper(), SET[1:-1]]),
    st.sampled_from(["Name", "Id"]),
    TEXT | st.integers(0, 2**33).map(hex) | st.integers(0, 2**31).map("{:010}".format),
)
VALUES = TEXT | st.integers().map(str) | st.floats().map(str) | st.booleans().map(str)
PIECES = st.lists(
    st.sampled_from(
        [SINGLE, MULTI, "(", ")", "$filter=", "filter", "=", ";", ",", "$top=1", "*", "-", "\0"]
    )
    | st.sampled_from(["PropertyId", " eq ", " in ", " or ", " and ", "not ", "Value", "null", "5"])
    | st.sampled_from([f"'{COLOR}'", f"'{PALETTE}'", "'", "''", "now()"])
    | st.sampled_from([expansion(COLOR), expansion(PALETTE, of=MULTI)])
    | TEXT,
    max_size=9,
).map("".join)


@pytest.fixture(scope="module")
def fuzzed(wire: Wire) -> tuple[Mailbox, str]:
    """Return a mailbox that the examples share, and the address of a task in it."""
    me = Mailbox(wire, uuid4().hex)
    return me, create_entity(me, "tasks", "x", {COLOR: "Green", PALETTE: ["Red"]})


def proper(response: httpx2.Response) -> None:
    """Expect an entity, a list or a refusal of the request."""
    assert response.status_code in (200, 201, 400), response.text
    if response.status_code == 400:
        envelope(response)


@pytest.mark.inferred("error.never-5xx", "extended.values")
@pytest.mark.in_process
def test_names_and_values(fuzzed: tuple[Mailbox, str]) -> None:
    """What is taken is read again as it was."""
    me, address = fuzzed
    taken: list[str] = []

    @FUZZ
    @given(name=NAMES | LIKELY, value=VALUES)
    def run(name: str, value: str) -> None:
        for member, content in ((SINGLE, value), (MULTI, [value])):
            body = {member: [{"PropertyId": name, "Value": content}]}
            written = me.patch(address, body)
            proper(written)
            read = me.get(query(address, expand=expansion(name, of=member)))
            proper(read)
            if written.status_code == 200:
                assert [item["Value"] for item in read.json()[member]] == [content]
                taken.append(name)
        condition = f"{SINGLE}/any(p:{expansion(name)[len(SINGLE) + 9 : -1]})"
        proper(me.get(query("tasks", filter=condition.replace("PropertyId", "p/PropertyId"))))

    run()
    assert taken


@pytest.mark.inferred("error.never-5xx", "extended.refused")
@pytest.mark.in_process
def test_expansions(fuzzed: tuple[Mailbox, str]) -> None:
    """On one entity and on a list."""
    me, address = fuzzed

    @FUZZ
    @given(text=PIECES, inner=st.booleans())
    def run(text: str, inner: bool) -> None:
        option = f"{SINGLE}($filter={text})" if inner else text
        for place in (address, "tasks"):
            proper(me.get(query(place, expand=option)))

    run()
