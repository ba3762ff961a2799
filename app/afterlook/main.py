"""The application, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from afterlook import __version__, assembly, wires
from afterlook.control.operation import CONTROL_ROOT
from afterlook.errors import StoreUnavailable
from afterlook.graph import addresses as graph_addresses
from afterlook.graph.quirks import read_quirks
from afterlook.http.addresses import Addresses, graph_root, outlook_root
from afterlook.http.front import Front
from afterlook.http.hosts import KnownHosts
from afterlook.http.limits import Limits
from afterlook.outlook import edm as outlook_edm
from afterlook.outlook import exception_handlers
from afterlook.outlook.dispatcher import Dispatcher, make_framework_app, make_subrequest_app
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds, SeededIds
from afterlook.runtime.logs import TracedIds, current_scope
from afterlook.store import mailboxes
from afterlook.store.migrate import NewerStoreError
from afterlook.store.store import Store
from afterlook.store.upkeep import run_upkeep
from afterlook.workmanagement.runner import Runner

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.ids import Ids
    from afterlook.seeds.files import Seed
    from afterlook.settings import Settings


class Application(FastAPI):
    """FastAPI, with `front` in place of the layers that it puts around each request."""

    front: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "http":
            scope["app"] = self
            current_scope.set(scope)
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
    clock, ids = clock or SystemClock(), ids or _make_ids(settings, "store")
    try:
        store = Store(settings.location, settings.durability, clock, ids, is_there=is_there)
        if isinstance(ids, SeededIds):
            with store.session() as session:
                ids.go_on(mailboxes.get_progress(session))
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
    return store


def _make_ids(settings: Settings, use: str) -> Ids:
    return RandomIds() if settings.ids_seed is None else SeededIds(settings.ids_seed, use)


def create_app(
    settings: Settings, store: Store, ids: Ids | None = None, seed: Seed | None = None
) -> FastAPI:
    """Put the application together; it closes `store` when it ends.

    A reset goes back to `seed`, or to the one that the settings name.
    """
    ids = ids or _make_ids(settings, "requests")
    app = _new_application(settings, store, ids)
    app.state.quirks = read_quirks(settings.quirks)
    app.state.limits = Limits(settings.max_body, settings.horizon, settings.culture)
    app.state.store, app.state.ids, app.state.instance = store, ids, settings.instance
    hosts = KnownHosts(settings.hosts, settings.proxies)
    assembly.identify_callers(app, settings, hosts)
    assembly.mount_routes(app, settings)
    traffic = assembly.install_control(app, settings, seed)
    exception_handlers.install(app)
    assembly.install_error_handler(app)
    addresses = Addresses(
        outlook_root(outlook_edm.VOCABULARY), graph_root(graph_addresses.VOCABULARY)
    )
    dispatcher = Dispatcher(
        wires.refuse_unknown_of_graph(make_framework_app(app)), wires.RouteTables()
    )
    app.state.subrequest_app = make_subrequest_app(dispatcher, addresses)
    front = Front(
        dispatcher,
        TracedIds(ids),
        assembly.make_guards(settings, hosts),
        app.state.rate_limit,
        addresses,
        wires.render_error,
        exception_handlers.render_defect,
        traffic.gate,
        beside=f"{CONTROL_ROOT}/",
    )
    app.front = traffic.wrap(front)
    return app


def _new_application(settings: Settings, store: Store, ids: Ids) -> Application:
    """Return an application without routes, whose background work begins and ends with it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        runner = Runner(store, str(ids.guid()))
        background = [
            asyncio.create_task(run_upkeep(store, settings.horizon)),
            asyncio.create_task(runner.run()),
        ]
        yield
        for task in background:
            task.cancel()
        await asyncio.wait(background)
        store.close()

    return Application(
        title="Afterlook",
        version=__version__,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        # It would ask the environment at every request whether to send spans somewhere.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
