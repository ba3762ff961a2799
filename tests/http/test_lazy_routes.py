"""Routes that are imported when they may be called stand in their place like any others."""

from collections.abc import Sequence

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from afterlook.http.lazy_routes import LazyRoutes, flatten
from tests.support.client import Client


def route(path: str, said: str, *methods: str) -> Route:
    """Return a route that says which it is."""

    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{said} {dict(request.path_params)}")

    return Route(path, answer, methods=methods or ("GET",))


EARLY = [route("/early", "early"), route("/both", "early", "PUT")]
LAZY = [
    route("/both", "late"),
    route("/late/{name}", "late"),
    route("/late/{name}", "later", "GET", "POST"),
]
LAST = [route("/{name}", "last"), route("/late/{name}", "last", "DELETE")]
CALLS = [
    ("GET", "/early"),
    ("GET", "/both"),
    ("PUT", "/both"),
    ("POST", "/both"),
    ("GET", "/late/a"),
    ("POST", "/late/a"),
    ("DELETE", "/late/a"),
    ("PATCH", "/late/a"),
    ("GET", "/other"),
    ("GET", "/no/such"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_as_if_they_were_there(method: str, path: str) -> None:
    """Every call is answered as by the same routes in the same order, once and again."""
    lazy = LazyRoutes("/(?:both|late/)", lambda: LAZY)
    client = Client(Starlette(routes=[*EARLY, lazy, *LAST]))
    expected = Client(Starlette(routes=[*EARLY, *LAZY, *LAST])).request(method, path)

    for _ in range(2):
        answer = client.request(method, path)
        assert (answer.status_code, answer.text) == (expected.status_code, expected.text)
        assert answer.headers.get("allow") == expected.headers.get("allow")


def test_imported_once_and_when_needed() -> None:
    """Neither what a route before them takes needs them, nor what cannot be theirs."""
    loaded = []

    def load() -> Sequence[BaseRoute]:
        loaded.append("now")
        return LAZY

    lazy = LazyRoutes("/(?:both|late/)", load)
    routes = [*EARLY, lazy, *LAST]
    client = Client(Starlette(routes=routes))
    client.get("/early")
    client.get("/other")
    assert loaded == []
    assert list(flatten(routes)) == [*EARLY, *LAST]

    client.get("/LATE/a")
    client.get("/late/a")
    assert loaded == ["now"]
    assert list(flatten(routes)) == [*EARLY, *LAZY, *LAST]
