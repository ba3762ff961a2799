"""The application: the only place that knows everybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request

from afterlook import __version__
from afterlook.auth.codes import SignInCodes
from afterlook.auth.issuer import TokenIssuer, Verifier
from afterlook.auth.mailboxes import MailboxResolver
from afterlook.auth.signing_keys import SigningKeys
from afterlook.control.access import Access
from afterlook.control.api import ControlApi
from afterlook.control.emulator import Emulator
from afterlook.errors import ServiceError, StoreUnavailable
from afterlook.http import health
from afterlook.http.addresses import Addresses
from afterlook.http.cors import CrossOrigin
from afterlook.http.crosssite import SameOrigin
from afterlook.http.front import Front, Guard
from afterlook.http.guards import expect_bounded_head
from afterlook.http.hosts import KnownHosts
from afterlook.http.limits import Limits
from afterlook.http.paths import apply_normal_path, wire_of
from afterlook.http.rates import RateLimit, Windows
from afterlook.oauth import answers as oauth_answers
from afterlook.oauth import routes as oauth
from afterlook.outlook import exception_handlers, responses
from afterlook.outlook.dispatcher import Dispatcher, framework, route_table, subrequest_app
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.openapi import document
from afterlook.outlook.routes import MOUNTED
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.sharepoint import error_responses
from afterlook.sharepoint import routes as sharepoint
from afterlook.store.migrate import NewerStoreError
from afterlook.store.store import Store
from afterlook.store.upkeep import keep_up
from afterlook.web import routes as web
from afterlook.workmanagement.runner import Runner

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.ids import Ids
    from afterlook.settings import Settings


_log = logging.getLogger("afterlook")


class Application(FastAPI):
    """FastAPI, with `front` in place of the layers that it puts around each request."""

    front: Front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "http":
            scope["app"] = self
            await self.front(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class CannotOpenError(Exception):
    """The store cannot be opened; the text says why."""


def open_store(
    settings: Settings,
    clock: Clock | None = None,
    ids: Ids | None = None,
    *,
    is_there: bool = False,
) -> Store:
    """Open the store that the settings name, bringing it to this version's schema.

    It is made if it is new, unless it `is_there` already. Raises `CannotOpenError`.
    """
    clock, ids = clock or SystemClock(), ids or RandomIds()
    try:
        return Store(settings.location, settings.durability, clock, ids, is_there=is_there)
    except NewerStoreError as error:
        where = settings.shown_location
        message = f"{where} was written by a newer version (schema {error})"
        raise CannotOpenError(message) from error
    except StoreUnavailable as error:
        message = f"cannot open {settings.shown_location}: {error.reason}"
        raise CannotOpenError(message) from error
    except ValueError as error:
        message = f"--database {settings.shown_location} is not the address of a database"
        raise CannotOpenError(message) from error


def create_app(settings: Settings, store: Store, ids: Ids | None = None) -> FastAPI:
    """Put the application together; it closes `store` when it ends."""
    ids = ids or RandomIds()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        runner = Runner(store, str(ids.guid()))
        background = [
            asyncio.create_task(keep_up(store, settings.horizon)),
            asyncio.create_task(runner.run()),
        ]
        yield
        for task in background:
            task.cancel()
        await asyncio.wait(background)
        store.close()

    app = Application(
        title="Afterlook",
        version=__version__,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        # It would ask the environment at every request whether to send spans somewhere.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.limits = Limits(settings.max_body, settings.horizon, settings.culture)
    app.state.store = store
    rates = settings.rate and Windows(*settings.rate, store.clock)
    admit = rates.times(1).admit_newcomer if rates else None
    hosts = KnownHosts(settings.hosts, settings.proxies)
    keys = SigningKeys(store)
    resolver = MailboxResolver(
        store,
        settings.auth,
        settings.max_mailboxes,
        admit,
        is_loopback=settings.is_loopback,
        verifier=Verifier(keys, store.now, hosts.is_known),
    )
    app.state.mailboxes, app.state.signing_keys, app.state.ids = resolver, keys, ids
    app.state.tokens = TokenIssuer(store, resolver, keys)
    app.state.sign_in_codes = SignInCodes(store, ids)
    for prefix, router in MOUNTED:
        app.include_router(router, prefix=prefix)
    app.include_router(health.router)
    app.router.routes += [*sharepoint.ROUTES, *web.ROUTES, *oauth.ROUTES]
    if settings.has_control:
        _install_control(app, settings, store, ids)
    document.install(app)
    exception_handlers.install(app)
    app.add_exception_handler(ServiceError, _handle_service_error)
    dispatcher = Dispatcher(framework(app), route_table(MOUNTED))
    app.state.subrequest_app = subrequest_app(dispatcher)
    app.front = Front(
        dispatcher,
        ids,
        _guards(settings, hosts),
        RateLimit(rates, app.state.mailboxes.account) if rates else None,
        Addresses(VOCABULARY),
        _error_response,
        exception_handlers.render_defect,
    )
    return app


def _install_control(app: Application, settings: Settings, store: Store, ids: Ids) -> None:
    """Let testers at what they may change."""
    emulator = Emulator(
        store=store,
        clock=store.clock,
        ids=ids,
        mailboxes=app.state.mailboxes,
        horizon=settings.horizon,
        max_body=settings.max_body,
        processes=settings.workers,
    )
    app.state.emulator = emulator
    app.router.routes.append(ControlApi(emulator, Access(settings.admin_token)).route)


def _guards(settings: Settings, hosts: KnownHosts) -> list[Guard]:
    """Return the guards that the settings ask for, in the order in which they see a request."""
    return [
        apply_normal_path,
        hosts,
        SameOrigin(settings.origins),
        *([CrossOrigin(settings.origins)] if settings.origins else []),
        expect_bounded_head,
    ]


async def _handle_service_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)  # noqa: S101
    return _error_response(error, request.scope)


def _error_response(error: ServiceError, scope: Scope) -> Response:
    if isinstance(error, StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
    wire = wire_of(scope)
    if wire == "sharepoint":
        return error_responses.error_response(error, scope)
    if wire == "oauth":
        return oauth_answers.error_answer(Request(scope), error)
    return responses.error_response(error)
