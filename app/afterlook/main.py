"""The application: the only place that knows everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from afterlook import __version__
from afterlook.auth.callers import Callers
from afterlook.errors import StoreUnavailable
from afterlook.http import health
from afterlook.http.addresses import Addresses
from afterlook.http.cors import CrossOrigin
from afterlook.http.guards import BoundedHeads, KnownHosts, RequestIds
from afterlook.http.rates import RateLimit, Windows
from afterlook.outlook import errors, openapi
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.replies import refusal
from afterlook.outlook.shortcut import behind_guards
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.sharepoint import routes as sharepoint
from afterlook.store.migrate import NewerStoreError
from afterlook.store.store import Store
from afterlook.store.upkeep import keep_up
from afterlook.workmanagement.runner import Runner

if TYPE_CHECKING:
    from afterlook.runtime.clock import Clock
    from afterlook.runtime.ids import Ids
    from afterlook.settings import Settings


class CannotOpenError(Exception):
    """The store cannot be opened; the text says why."""


def open_store(settings: Settings, clock: Clock | None = None, ids: Ids | None = None) -> Store:
    """Open the store that the settings name, bringing it to this version's schema.

    Raises `CannotOpenError`.
    """
    try:
        return Store(
            settings.location, settings.durability, clock or SystemClock(), ids or RandomIds()
        )
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
    app.state.settings = settings
    app.state.store = store
    app.state.callers = Callers(store, settings.auth)
    app.state.ids = ids
    for prefix, router in errors.MOUNTED:
        app.include_router(router, prefix=prefix)
    app.include_router(health.router)
    app.router.routes += sharepoint.ROUTES
    openapi.install(app)
    errors.install(app)
    app.state.behind_guards = behind_guards(app, errors.MOUNTED)
    _guard(app, settings, ids, clock or SystemClock())
    return app


def _guard(app: FastAPI, settings: Settings, ids: Ids, clock: Clock) -> None:
    """Put the guards in front of the routes; the one added last is the first to see a request."""
    app.add_middleware(Addresses, vocabulary=VOCABULARY, refuse=refusal)
    if settings.rate is not None:
        windows, whose = Windows(*settings.rate, clock), app.state.callers.account
        app.add_middleware(RateLimit, windows=windows, whose=whose, refuse=refusal)
    app.add_middleware(BoundedHeads, refuse=refusal)
    if settings.origins:
        app.add_middleware(CrossOrigin, origins=settings.origins)
    app.add_middleware(KnownHosts, hosts=settings.hosts, refuse=refusal)
    app.add_middleware(RequestIds, ids=ids)
