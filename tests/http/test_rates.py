"""The service's rate limit: what is counted, what every answer tells of it, and what is beyond."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from afterlook.http import rates
from afterlook.http.rates import Windows
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import LAST_INSTANT, TICKS_PER_SECOND, Instant, from_datetime
from tests.support import wire as wires
from tests.support.control import perform
from tests.support.mailboxes import Person
from tests.support.outlook import expect_refusal, subjects
from tests.support.tokens import jwt
from tests.support.wire import Engine, Mailbox, Wire

NOON = from_datetime(datetime(2016, 4, 26, 12, tzinfo=UTC))
Standing = tuple[str, str, str]


@pytest.fixture
def clock() -> FrozenClock:
    """Return a clock that stands at noon."""
    return FrozenClock(NOON)


@pytest.fixture
def limited(database: str, engine: Engine, clock: FrozenClock) -> Iterator[Wire]:
    """Return the service in this process, allowing three requests in a minute."""
    with wires.in_process(database, engine, clock, rate_limit="3/60") as wire:
        yield wire


@pytest.fixture
def spent(limited: Wire) -> Mailbox:
    """Return a mailbox to which no request is left."""
    me = Mailbox(limited, uuid4().hex)
    for _ in range(3):
        assert me.get("tasks").status_code == 200
    return me


def later(clock: FrozenClock, seconds: float) -> None:
    """Turn the clock on."""
    clock.instant = Instant(clock.instant + int(seconds * TICKS_PER_SECOND))


def told(response: httpx2.Response) -> Standing:
    """Return limit, remainder and reset as an answer tells them, each once."""
    limit, remaining, reset = (
        response.headers.get_list(f"rate-limit-{name}") for name in ("limit", "remaining", "reset")
    )
    assert len(limit) == len(remaining) == len(reset) == 1
    return limit[0], remaining[0], reset[0]


def throttled(response: httpx2.Response, seconds: int) -> None:
    """Expect the refusal of a request beyond the limit."""
    expect_refusal(response, 429, "ApplicationThrottled", "limit")
    assert response.headers["Retry-After"] == str(seconds)
    assert response.headers["Rate-Limit-Reason"] == response.json()["error"]["message"]
    assert response.headers["request-id"]
    assert response.headers["odata-version"] == "4.0"
    assert told(response)[1] == "0"


@pytest.mark.observed("limit.rate-headers")
def test_headers(limited: Wire, clock: FrozenClock) -> None:
    """The window begins with the first request, and every answer counts, whatever it is."""
    me = Mailbox(limited, uuid4().hex)
    later(clock, 1.2345678)

    answers = [me.get("tasks"), me.get("contacts"), me.delete("tasks")]

    assert [answer.status_code for answer in answers] == [200, 400, 405]
    reset = "2016-04-26T12:01:01.234Z"
    assert [told(answer) for answer in answers] == [("3", str(left), reset) for left in (2, 1, 0)]


@pytest.mark.observed("limit.rate")
def test_beyond(spent: Mailbox, clock: FrozenClock) -> None:
    """Nothing is done, the seconds to wait are enough, and refusals prolong nothing."""
    throttled(spent.post("tasks", {"Subject": "too much"}), 60)
    later(clock, 0.5)
    throttled(spent.get("contacts"), 60)
    later(clock, 59.4999999)
    throttled(spent.get("tasks"), 1)

    later(clock, 0.0000001)
    response = spent.get("tasks")

    assert subjects(response) == []
    assert told(response) == ("3", "2", "2016-04-26T12:02:00.000Z")


@pytest.mark.observed("limit.rate-documented")
def test_other_mailboxes_and_apps(limited: Wire) -> None:
    """Each mailbox and each app has a limit of its own."""
    one, other = Person(limited), Person(limited)

    def by(person: Person, app: str) -> Mailbox:
        return Mailbox(limited, jwt(oid=person.oid, tid=person.tid, upn=person.upn, appid=app))

    for _ in range(3):
        assert by(one, "a").get("tasks").status_code == 200
    throttled(by(one, "a").get("tasks"), 60)
    throttled(by(one, "A").get("/api/v2.0/me/taskfolders"), 60)
    for elsewhere in (by(one, "b"), by(other, "a"), one):
        assert told(elsewhere.get("tasks"))[1] == "2"


@pytest.mark.inferred("limit.rate-app")
def test_claims_of_an_app(limited: Wire) -> None:
    person = Person(limited)
    who = {"oid": person.oid, "tid": person.tid}
    tokens = [
        jwt(**who, appid="a"),
        jwt(**who, azp="a"),
        jwt(**who, client_id="a", iat=1),
        jwt(**who, appid="b"),
        jwt(**who),
        jwt(**who, iat=1),
        jwt(**who, appid="", azp=7),
        jwt(**who, appid="jwt"),
        jwt(**who, appid="\ud800"),
    ]

    left = [told(Mailbox(limited, token).get("tasks"))[1] for token in tokens]

    assert left == ["2", "1", "0", "2", "2", "1", "0", "2", "2"]


@pytest.mark.observed("limit.rate-documented")
def test_documented(tmp_path: Path, clock: FrozenClock) -> None:
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with wires.in_process(database, "sqlite", clock, rate_limit="documented") as wire:
        me = Mailbox(wire, None)
        assert told(me.get("tasks")) == ("10000", "9999", "2016-04-26T12:10:00.000Z")


@pytest.mark.inferred("limit.rate-uncounted")
def test_nobodys(tmp_path: Path, clock: FrozenClock) -> None:
    """A 401, a preflight and whatever lies outside the service cost nobody a request."""
    database, app = f"sqlite:///{tmp_path / 'afterlook.db'}", "https://app.example"
    flags = {"rate_limit": "1/60", "auth": "any", "cors_origins": app}
    with wires.in_process(database, "sqlite", clock, **flags) as wire:
        me, nobody = Mailbox(wire, "x"), Mailbox(wire, None)
        asked = {"Origin": app, "Access_Control_Request_Method": "GET"}
        for status, response in (
            (401, nobody.get("tasks")),
            (401, nobody.get("tasks")),
            (400, nobody.get("contacts")),
            (204, me.send("OPTIONS", "tasks", **asked)),
            (200, me.get("/livez")),
            (200, me.get("/openapi.json")),
            (404, me.get("/nowhere")),
            (421, me.get("tasks", Host="evil.example")),
            (414, me.get("tasks?x=" + "x" * 20_000)),
        ):
            assert response.status_code == status
            assert not [name for name in response.headers if name.startswith("rate-limit")]

        assert told(me.get("tasks"))[1] == "0"
        response = me.get("tasks", Origin=app)
        throttled(response, 60)
        # A page must be able to read for how long it has to wait.
        assert response.headers["access-control-allow-origin"] == app
        assert "Retry-After" in response.headers["access-control-expose-headers"]


@pytest.mark.inferred("limit.rate-off")
def test_off(me: Mailbox) -> None:
    for address in ("tasks", "contacts"):
        assert not [name for name in me.get(address).headers if name.startswith("rate-limit")]


@pytest.mark.observed("limit.rate")
def test_all_at_once(database: str, engine: Engine, tmp_path: Path) -> None:
    """Requests at the same time are counted one by one."""
    with wires.live(database, engine, tmp_path, "--rate-limit", "40/600") as wire:
        me = Mailbox(wire, uuid4().hex)
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: me.get("tasks?$top=1"), range(60)))

    granted = [answer for answer in answers if answer.status_code == 200]
    assert [answer.status_code for answer in answers if answer not in granted] == [429] * 20
    assert sorted(int(told(answer)[1]) for answer in granted) == list(range(40))
    assert len({told(answer)[2] for answer in answers}) == 1


def test_a_reset_counts_anew(limited: Wire) -> None:
    """Going back to the start, of all mailboxes or of one, leaves nobody refused."""
    one, other = (perform(limited, "mailbox create", upn=name)["token"] for name in ("a", "b"))
    mine, others = Mailbox(limited, one), Mailbox(limited, other)

    def spend() -> list[str]:
        for me in (mine, others):
            while me.get("tasks").status_code != 429:
                pass
        return [told(me.get("tasks"))[1] for me in (mine, others)]

    assert spend() == ["0", "0"]
    perform(limited, "reset", mailbox="a")
    assert mine.get("tasks").status_code == 200
    throttled(others.get("tasks"), 60)

    assert spend() == ["0", "0"]
    perform(limited, "reset")
    assert [told(me.get("tasks"))[1] for me in (mine, others)] == ["2", "2"]


def test_a_clock_that_is_set_back(clock: FrozenClock) -> None:
    """A window never lasts longer than it should, whatever happens to the clock."""
    windows = Windows(1, 60, clock)
    later(clock, 86_400)
    assert windows.take(("a",))[1] == 0
    assert windows.take(("a",))[1] == 60
    clock.instant = NOON
    assert windows.take(("a",))[1] == 0
    assert windows.take(("a",))[1] == 60


@pytest.mark.parametrize("instant", [0, 1, LAST_INSTANT])
def test_the_ends_of_time(instant: int) -> None:
    """A clock at the first or the last instant is told in years of four digits."""
    window, _ = Windows(1, 60, FrozenClock(Instant(instant))).take(("a",))
    assert window.write_reset() in ("0001-01-01T00:01:00.000Z", "9999-12-31T23:59:59.999Z")


def test_bounded_memory(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows that are over go, and of too many the oldest."""
    monkeypatch.setattr(rates, "MAX_CALLERS", 10)
    windows = Windows(1, 60, clock)
    take: Callable[[object], int] = lambda caller: windows.take((caller,))[1]  # noqa: E731
    for number in range(25):
        assert take(number) == 0
    assert len(windows._windows) == 10
    assert (take(24), take(0)) == (60, 0)

    later(clock, 60)
    assert take("new") == 0
    assert list(windows._windows) == [("new",)]
