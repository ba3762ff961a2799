"""The parts of the application.

Owns which routes there are, which guards stand before them, who may call, and the layers around.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request

from afterlook.auth.codes import SignInCodes
from afterlook.auth.issuer import TokenIssuer, Verifier
from afterlook.auth.mailboxes import MailboxResolver
from afterlook.auth.signing_keys import SigningKeys
from afterlook.control.access import Access
from afterlook.control.emulator import Emulator
from afterlook.control.traffic.faults.faults import Faults
from afterlook.control.traffic.journal import Journal
from afterlook.control.traffic.metrics import Metrics
from afterlook.control.traffic.recorder import Recorder, refuse_by_fault
from afterlook.control.traffic.routes import Labels
from afterlook.errors import ServiceError
from afterlook.http import certificate_authority, health
from afterlook.http.access_log import AccessLog
from afterlook.http.cors import CrossOrigin
from afterlook.http.gate import Gate
from afterlook.http.guards import expect_bounded_head
from afterlook.http.paths import apply_normal_path
from afterlook.http.rates import Account, RateLimit, Windows
from afterlook.http.same_origin import SameOrigin
from afterlook.outlook.openapi import document
from afterlook.outlook.routes import MOUNTED
from afterlook.seeds import files as seeds
from afterlook.wires import make_control_routes, make_routes, render_error

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from afterlook.http.front import Front, Guard
    from afterlook.http.hosts import KnownHosts
    from afterlook.seeds.files import Seed
    from afterlook.settings import Settings

_log = logging.getLogger("afterlook")


def identify_callers(app: FastAPI, settings: Settings, hosts: KnownHosts) -> None:
    """Say whose mailbox a request is for, how often one may call, and who hands out tokens."""
    state = app.state

    async def identify_account(authorization: str | None) -> Account:
        # Who finds mailboxes counts those it makes by the limit, and so comes after it.
        return await mailboxes.identify_account(authorization)

    rate_limit: RateLimit | None = settings.rate and RateLimit(
        Windows(*settings.rate, state.store.clock), identify_account
    )
    state.rate_limit = rate_limit
    state.signing_keys = SigningKeys(state.store)
    state.mailboxes = mailboxes = MailboxResolver(
        state.store,
        settings.auth,
        settings.max_mailboxes,
        rate_limit.admit_newcomer if rate_limit else None,
        is_loopback=settings.is_loopback,
        verifier=Verifier(state.signing_keys, state.store.now, hosts.is_known),
    )
    state.tokens = TokenIssuer(state.store, mailboxes, state.signing_keys)
    state.sign_in_codes = SignInCodes(state.store, state.ids)


def mount_routes(app: FastAPI, settings: Settings) -> None:
    """Mount the routes of all wires."""
    file = settings.tls_directory / certificate_authority.FILE if settings.has_authority else None
    app.state.authority = file
    for prefix, router in MOUNTED:
        app.include_router(router, prefix=prefix)
    app.include_router(health.router)
    app.router.routes += [*certificate_authority.ROUTES, *make_routes()]
    document.install(app)


@dataclass(frozen=True, slots=True)
class TrafficLayers:
    """What sees all traffic, as far as settings ask for it: a gate within, layers around."""

    gate: Gate | None
    layers: Sequence[Callable[[ASGIApp], ASGIApp]]

    def wrap(self, front: Front) -> ASGIApp:
        """Return the front with the layers around it."""
        app: ASGIApp = front
        for layer in self.layers:
            app = layer(app)
        return app


def install_control(app: FastAPI, settings: Settings, seed: Seed | None) -> TrafficLayers:
    """Install the control surface and return what sees all traffic, as far as settings say."""
    state = app.state
    has_control = settings.has_control
    gate = Gate() if has_control else None
    # Of several processes none could show what the others keep.
    journal = Journal(settings.journal if has_control and settings.workers == 1 else 0)
    faults = Faults(state.store.clock)
    if gate is not None:
        state.store.conditions = faults
        emulator = Emulator(
            store=state.store,
            clock=state.store.clock,
            ids=state.ids,
            mailboxes=state.mailboxes,
            tokens=state.tokens,
            horizon=settings.horizon,
            journal=journal,
            faults=faults,
            rate_limit=state.rate_limit,
            max_body=settings.max_body,
            seed=seed or seeds.read(settings.seed),
            gate=gate,
            url=settings.local_url,
            processes=settings.workers,
        )
        state.emulator = emulator
        access = Access(settings.admin_token)
        app.router.routes += make_control_routes(emulator, access)
    metrics = Metrics(state.store, faults) if settings.metrics == "on" else None
    if metrics is not None:
        app.router.routes.append(metrics.route)
    layers: list[Callable[[ASGIApp], ASGIApp]] = []
    if has_control or metrics is not None:
        layers.append(
            partial(
                Recorder,
                clock=state.store.clock,
                mailboxes=state.mailboxes,
                journal=journal,
                faults=faults if has_control else None,
                metrics=metrics,
                labels=Labels(app.router.routes, MOUNTED),
            )
        )
    if settings.access_log != "off":
        layers.append(AccessLog)
    return TrafficLayers(gate, layers)


def make_guards(settings: Settings, hosts: KnownHosts) -> list[Guard]:
    """Return the guards that the settings ask for, in the order in which they see a request."""
    return [
        apply_normal_path,
        hosts,
        SameOrigin(settings.origins),
        *([CrossOrigin(settings.origins)] if settings.origins else []),
        expect_bounded_head,
        *([refuse_by_fault] if settings.has_control else []),
    ]


def install_error_handler(app: FastAPI) -> None:
    """Have errors of use cases answered wherever they come from."""

    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, ServiceError)  # noqa: S101
        return render_error(error, request.scope)

    app.add_exception_handler(ServiceError, handle)
