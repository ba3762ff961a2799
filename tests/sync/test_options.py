"""Options of a synchronisation: which there are not, and which a token keeps."""

import pytest

from tests.support.outlook import expect_refusal
from tests.support.replicas import (
    content,
    delta_link,
    next_link,
    sized,
    token,
    track,
)
from tests.support.wire import Mailbox
from tests.sync.both import NAMED, TASKS, both, fill


@pytest.mark.inferred("house.sync-options")
@pytest.mark.once
@pytest.mark.parametrize(
    "option",
    [
        "$filter=Id ne null",
        "$orderby=Id",
        "$search=x",
        "$top=5",
        "$skip=1",
        "$count=true",
        "$COUNT=false",
        "skip=0",
        "%24skip=0",
        "$apply=x",
        "$nonsense=1",
    ],
)
@both
def test_refused_options(me: Mailbox, address: str, option: str) -> None:
    name = option.partition("=")[0].replace("%24", "$")
    expect_refusal(me.get(f"{address}?{option}", Prefer=track()), 400, "ErrorInvalidUrlQuery", name)
    fill(me, address, 2)
    first = me.get(address, Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    links = [delta_link(first), *([] if address == TASKS else [next_link(second)])]
    for link in links:
        after = me.get(f"{link}&{option}", Prefer=track())
        expect_refusal(after, 400, "ErrorInvalidUrlQuery", name)
        before = me.get(link.replace("/?", f"/?{option}&"), Prefer=track())
        expect_refusal(before, 400, "ErrorInvalidUrlQuery", name)


@pytest.mark.inferred("synced.header-needed")
@pytest.mark.once
@both
def test_both_tokens_at_once(me: Mailbox, address: str) -> None:
    fill(me, address, 3)
    first = me.get(address, Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    skip = token(next_link(second))
    expect_refusal(
        me.get(f"{delta_link(first)}&$skiptoken={skip}", Prefer=track()),
        400,
        "ErrorInvalidUrlQuery",
        "$deltatoken",
    )
    twice = f"{delta_link(first)}&$deltatoken={token(delta_link(first))}"
    expect_refusal(me.get(twice, Prefer=track()), 400, "ErrorInvalidUrlQuery", "$deltatoken")


@pytest.mark.inferred("synced.kept-options")
@pytest.mark.once
@both
def test_the_selection_cannot_change(me: Mailbox, address: str) -> None:
    """It may be repeated, its names in any order; with any other the token is not good."""
    fill(me, address, 1)
    name = NAMED[address]
    narrow = delta_link(me.get(f"{address}?$select={name},ChangeKey", Prefer=track()))
    wide = delta_link(me.get(address, Prefer=track()))

    for same in (f"{name},ChangeKey", f"ChangeKey,{name}"):
        page = content(me.get(f"{narrow}&$select={same}", Prefer=track()))
        assert f"({name},ChangeKey)" in page["@odata.context"]
    for link, other in ((narrow, name), (narrow, "Id"), (wide, name)):
        response = me.get(f"{link}&$select={other}", Prefer=track())
        expect_refusal(response, 400, "ErrorInvalidUrlQuery", "$select")
    expect_refusal(
        me.get(f"{address}?$select=Nothing", Prefer=track()), 400, "RequestBroker-ParseUri"
    )
