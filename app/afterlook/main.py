"""The application: the only place that knows everybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request

from afterlook import __version__
from afterlook.auth.mailboxes import MailboxResolver
from afterlook.errors import ServiceError, StoreUnavailable
from afterlook.http import health
from afterlook.http.addresses import Addresses
from afterlook.http.compression import Compression
from afterlook.http.cors import CrossOrigin
from afterlook.http.crosssite import SameOrigin
from afterlook.http.guards import BoundedHeads, RequestIds
from afterlook.http.hosts import KnownHosts
from afterlook.http.limits import Limits
from afterlook.http.paths import NormalPaths, wire_of
from afterlook.http.rates import RateLimit, Windows
from afterlook.outlook import exception_handlers, responses
from afterlook.outlook.dispatcher import Dispatcher, route_table, subrequest_app
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
    from starlette.types import ASGIApp, Receive, Scope, Send

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.ids import Ids
    from afterlook.settings import Settings


_log = logging.getLogger("afterlook")


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


def create_app(
    settings: Settings, store: Store, ids: Ids | None = None, clock: Clock | None = None
) -> FastAPI:
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

    app = FastAPI(
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
    rates = settings.rate and Windows(*settings.rate, clock or SystemClock())
    admit = rates.times(1).admit_newcomer if rates else None
    app.state.mailboxes = MailboxResolver(
        store, settings.auth, settings.max_mailboxes, admit, is_loopback=settings.is_loopback
    )
    app.state.ids = ids
    for prefix, router in MOUNTED:
        app.include_router(router, prefix=prefix)
    app.include_router(health.router)
    app.router.routes += [*sharepoint.ROUTES, *web.ROUTES]
    document.install(app)
    exception_handlers.install(app)
    app.add_exception_handler(ServiceError, _handle_service_error)
    routes = route_table(MOUNTED)
    app.state.subrequest_app = subrequest_app(app, routes)
    app.add_middleware(Dispatcher, routes=routes, render_error=_error_response)
    _guard(app, settings, ids, rates)
    return app


def _guard(app: FastAPI, settings: Settings, ids: Ids, rates: Windows | None) -> None:
    """Put the guards in front of the routes; the one added last is the first to see a request."""
    app.add_middleware(Addresses, vocabulary=VOCABULARY, refuse=_error_responder)
    app.add_middleware(Compression)
    if rates is not None:
        account_of = app.state.mailboxes.account
        app.add_middleware(RateLimit, windows=rates, account_of=account_of, refuse=_error_responder)
    app.add_middleware(BoundedHeads, refuse=_error_responder)
    if settings.origins:
        app.add_middleware(CrossOrigin, origins=settings.origins)
    app.add_middleware(SameOrigin, origins=settings.origins, refuse=_error_responder)
    app.add_middleware(
        KnownHosts, hosts=settings.hosts, proxies=settings.proxies, refuse=_error_responder
    )
    app.add_middleware(NormalPaths)
    app.add_middleware(RequestIds, ids=ids)


def _error_responder(error: ServiceError) -> ASGIApp:
    """Return an application that answers with an error, in the form of the wire that was called."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await _render_error(error, scope)(scope, receive, send)

    return answer


async def _handle_service_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)  # noqa: S101
    return _error_response(error, request.scope)


def _error_response(error: ServiceError, scope: Scope) -> Response:
    if isinstance(error, StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
    return _render_error(error, scope)


def _render_error(error: ServiceError, scope: Scope) -> Response:
    if wire_of(scope) == "sharepoint":
        return error_responses.error_response(error, scope)
    return responses.error_response(error)
