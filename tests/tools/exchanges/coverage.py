"""What has to occur: every route, CSOM's types and methods, every error a client can cause."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from fastapi.routing import APIRoute
from starlette.routing import Route, compile_path

from afterlook.auth.refusals import SignInRefused
from afterlook.csom.types import ObjectType, Registry
from afterlook.errors import ServiceError
from afterlook.outlook.routes import MOUNTED
from afterlook.sharepoint.registry import REGISTRY
from afterlook.sharepoint.routes import ROUTES
from tests.tools.exchanges.references import MISSING, Answer

EXCEPTED = {
    "ClientGone": "nobody is there to read the answer",
    "DelegationRequired": "needs a server that verifies tokens",
    "InternalServerError": "needs a defect",
    "MailboxBusy": "needs many requests at a time, whose order is nobody's",
    "MailboxReplaced": "needs a mailbox that is restored meanwhile",
    "QueryThrottled": "needs 45,000 tasks",
    "ServerBusy": "as MailboxBusy, by CSOM",
    "ServerUnavailable": "needs a store that is broken",
    "ShuttingDown": "needs a server that ends",
    "StoreMisplaced": "needs a store whose file was moved away",
    "Unavailable": "needs a provider that cannot be asked",
    "TookTooLong": "needs work that takes half a minute",
}
"""Errors that no script causes, and why."""

_BY_ROUTES = {"NavigationNotSupported"}
"""Errors that are all that a route answers."""


class Coverage:
    """Collects which routes answered well, and which errors were answered."""

    def __init__(self) -> None:
        self._routes = {
            f"{' '.join(sorted(route.methods or ()))} {path}": (pattern, route.methods or set())
            for path, pattern, route in [*_outlook_routes(), *_sharepoint_routes()]
        }
        self._hit: set[str] = set()
        self._errors: set[str] = set()
        self._called: set[str] = set()
        self._dangling: list[str] = []

    @contextmanager
    def watch(self) -> Iterator[list[ServiceError]]:
        """Collect the errors that are made meanwhile."""
        made: list[ServiceError] = []
        initialize = ServiceError.__init__

        def note(error: ServiceError, **given: object) -> None:
            initialize(error, **given)  # type: ignore[arg-type]
            made.append(error)

        with (
            patch.object(ServiceError, "__init__", note),
            patch.object(ObjectType, "find_method", self._noting(ObjectType.find_method)),
            patch.object(Registry, "get_type", self._noting(Registry.get_type)),
        ):
            yield made

    def _noting(self, find: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
        """Return what finds a type, or a method of one, and notes which."""

        def noting(of: Any, name: str) -> Any:
            found = find(of, name)
            self._called.add(found.name if isinstance(of, Registry) else f"{of.name}.{name}")
            return found

        return noting

    def note(self, method: str, target: str, answer: Answer, raised: list[ServiceError]) -> None:
        """Take in an exchange; what a reference did not find is in its target."""
        if MISSING in target:
            self._dangling.append(f"a reference found nothing: {method} {target}")
        text = answer.body.decode("utf-8", "replace")
        for error in raised:
            message = json.dumps(error.message, ensure_ascii=False)[1:-1]
            if error.status == answer.status or message in text:
                self._errors.add(type(error).__name__)
        path = target.partition("?")[0]
        if answer.status < 400 or any(type(error).__name__ in _BY_ROUTES for error in raised):
            for name, (pattern, methods) in self._routes.items():
                if method in methods and pattern.match(path):
                    self._hit.add(name)
                    break

    def find_missing(self) -> list[str]:
        """Tell what did not occur; an exception that did is no longer one."""
        # Where people sign in, a key and codes differ with every run.
        sign_in = {leaf.__name__ for leaf in _leaves(SignInRefused)}
        leaves = {leaf.__name__ for leaf in _leaves(ServiceError)} - sign_in
        return [
            *self._dangling,
            *(f"no exchange by {name}" for name in self._routes if name not in self._hit),
            *(f"{name} was never called for" for name in _served() if name not in self._called),
            *(f"no {name}" for name in sorted(leaves - self._errors - set(EXCEPTED))),
            *(f"{name} did occur" for name in sorted(set(EXCEPTED) & self._errors)),
            *(f"there is no error {name}" for name in sorted(set(EXCEPTED) - leaves)),
        ]


def _outlook_routes() -> Iterator[tuple[str, re.Pattern[str], Route]]:
    for prefix, router in MOUNTED:
        for route in router.routes:
            if isinstance(route, APIRoute):
                pattern = compile_path(prefix + route.path)[0].pattern
                yield prefix + route.path, re.compile(pattern, re.IGNORECASE), route


def _sharepoint_routes() -> Iterator[tuple[str, re.Pattern[str], Route]]:
    for route in ROUTES:
        yield route.path_regex.pattern, route.path_regex, route


def _served() -> Iterator[str]:
    """Yield the types of CSOM that a client can make, and all methods; no type only for others."""
    bases = {type_.base for type_ in REGISTRY.types}
    for type_ in REGISTRY.types:
        if type_.constructible:
            yield type_.name
        lineage = type_ if type_ not in bases else None
        while lineage is not None:
            yield from (f"{type_.name}.{name}" for name in lineage.methods)
            lineage = lineage.base


def _leaves(error: type[ServiceError]) -> Iterator[type[ServiceError]]:
    below = error.__subclasses__()
    if not below:
        yield error
    for each in below:
        yield from _leaves(each)
