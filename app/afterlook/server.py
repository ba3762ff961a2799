"""Running the server: from settings to a process that answers.

Owns the socket, the port file, what is printed at the start, worker processes, and a clean end.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.supervisors import multiprocess

from afterlook import __version__, main, settings
from afterlook.errors import StoreUnavailable
from afterlook.http import certificate_authority, descriptors
from afterlook.runtime import files, logs, shutdown
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.instants import to_datetime
from afterlook.seeds import files as seeds

if TYPE_CHECKING:
    from types import FrameType

    from afterlook.settings import Settings
    from afterlook.store.store import Store

Tell = Callable[[str], object]

_BACKLOG = 2048
_GRACE_SECONDS = 10
_TURN_SECONDS = 0.001
"""What a busy thread has of the interpreter at one go, where Python would give it 5 ms.

A request needs several turns on the event loop, and waits so long for each of them.
"""


class CannotServeError(Exception):
    """The server cannot start; the text says why."""


def serve(wanted: Settings, tell: Tell) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises `CannotServeError`."""
    # What is made from here on is this user's alone, by worker processes too.
    os.umask(0o077)
    _log_as(wanted)
    with ExitStack() as stack:
        if wanted.ephemeral:
            directory = stack.enter_context(files.temporary_directory())
            wanted = wanted.model_copy(update={"data": directory})
        try:
            # Before the store: a start that fails should leave nothing behind.
            listening = stack.enter_context(_listen(wanted.host, wanted.port))
        except OSError as error:
            message = f"cannot listen on {wanted.host}:{wanted.port}: {error.strerror or error}"
            raise CannotServeError(message) from error
        wanted = wanted.model_copy(update={"port": listening.getsockname()[1]})
        stack.enter_context(_publish_port_file(wanted))
        _answer_https(wanted)
        store, seed = _open_store(wanted, tell)
        _announce(wanted, tell)
        _ignore_signals()
        _run(wanted, store, seed, listening)
    tell("Stopped.")
    shutdown.exit_if_stuck()


def create_worker_app() -> object:
    """Make the application of a worker process, which ends when the one that made it does."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with_parent, args=[parent.sentinel], daemon=True).start()
    loaded = settings.load()
    _log_as(loaded)
    try:
        # One that was lost meanwhile is not made anew: nobody would notice.
        with _let_sigterm_kill():
            store = main.open_store(loaded, is_there=True)
    except main.CannotOpenError as error:
        raise SystemExit(f"afterlook: {error}") from error
    shutdown.stoppables.append(store)
    _answer_https(loaded)
    app = main.create_app(loaded, store)
    _tune_interpreter()
    return app


def _log_as(wanted: Settings) -> None:
    logs.configure("json" if wanted.access_log == "json" else "text", wanted.log_level)
    logs.bound_repeats()


@contextmanager
def _let_sigterm_kill() -> Iterator[None]:
    """Within the block, let SIGTERM end the process: it serves nobody, and may wait for a lock."""
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tune_interpreter() -> None:
    """Let nobody be held up by another's large request.

    The garbage collector would look at all that is there now whenever many objects were made.
    To collect before, for a tenth of the start, would free nothing that is missed.
    """
    sys.setswitchinterval(_TURN_SECONDS)
    gc.freeze()


def _end_with_parent(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def _answer_https(wanted: Settings) -> None:
    """Have this process answer HTTPS too, if it is to. Raises `CannotServeError`."""
    if not wanted.has_tls:
        return
    if sys.platform == "win32":
        message = "--tls needs an event loop that Windows does not have; put a proxy in front"
        raise CannotServeError(message)
    # They take a while to import, and most servers need none of them.
    from afterlook.http import certificates, listeners  # noqa: PLC0415

    try:
        if wanted.tls_cert is None:
            now = to_datetime(SystemClock().now())
            kept = certificates.keep_certificates(wanted.tls_directory, wanted.names, now)
        else:
            kept = certificates.Certificates(wanted.tls_cert, wanted.tls_key)
        context = certificates.open_context(kept)
    except certificates.CertificateError as error:
        raise CannotServeError(str(error)) from error
    shutdown.listener_openers.append(partial(listeners.open_listeners, context))


def _open_store(wanted: Settings, tell: Tell) -> tuple[Store, seeds.Seed]:
    """Open the store, and seed it if it is new."""
    try:
        seed = seeds.read(wanted.seed)
        if wanted.database is None:
            _make_directory(wanted.data)
        store = main.open_store(wanted)
        if seeds.load(store, seed) and wanted.seed != seeds.EMPTY:
            tell(f"Loaded the seed '{wanted.seed}' into a new store.")
    except (seeds.InvalidSeedError, main.CannotOpenError) as error:
        raise CannotServeError(str(error)) from error
    except StoreUnavailable as error:
        raise CannotServeError(f"cannot write the seed: {error.reason}") from error
    return store, seed


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot make --data {directory}: {error.strerror}"
        raise CannotServeError(message) from error


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        # From here on clients may connect: whoever reads the port file need not wait.
        listening.listen(_BACKLOG)
        listening.set_inheritable(True)
    except BaseException:
        listening.close()
        raise
    return listening


@contextmanager
def _publish_port_file(wanted: Settings) -> Iterator[None]:
    """Write the port file, and take it away in the end, or where the start fails after all.

    Before the store is made: a port file that cannot be written leaves no store behind. Whoever
    reads it early is connected, and waits. One of a server that was killed is replaced.
    """
    if wanted.port_file is None:
        yield
        return
    written = wanted.local_url + "\n"
    try:
        files.write_atomically(wanted.port_file, written)
    except OSError as error:
        message = f"cannot write --port-file {wanted.port_file}: {error.strerror}"
        raise CannotServeError(message) from error
    try:
        yield
    finally:
        # Another server may have been given the same file since.
        with suppress(OSError, ValueError):
            if wanted.port_file.read_text("utf-8") == written:
                wanted.port_file.unlink()


def _announce(wanted: Settings, tell: Tell) -> None:
    url = wanted.local_url
    store = wanted.shown_location
    auth = {
        "open": "open, any bearer token or none",
        "any": "a bearer token is required; any will do",
        "signed": f"signed, tokens come from {url}/common/oauth2/v2.0/token",
    }
    tokens = {"any": "whoever-you-like", "signed": "$(afterlook token --user demo)"}
    token = f' -H "Authorization: Bearer {tokens[wanted.auth]}"' if wanted.auth in tokens else ""
    may_choose = wanted.auth == "open" and wanted.is_loopback
    tell(
        f"""
Afterlook {__version__}

  API    {url}/api/beta/me/tasks   (and /api/v2.0)
  Graph  {url}/v1.0/me/todo/lists   (and /beta)
  CSOM   {url}/_vti_bin/client.svc/ProcessQuery   (and below any web)
  Page   {url}/mytasks   (My Tasks, in a browser{"" if may_choose else ": it says how to sign in"})
  Docs   {url}/docs{_describe_control(wanted)}{_describe_https(wanted)}
  Store  {store}
  Auth   {auth[wanted.auth]}

  curl {url}/api/beta/me/tasks{token}
"""
    )
    if not wanted.is_loopback:
        tell(f"Listening on {wanted.host}: whoever reaches this machine reaches these mailboxes.")
        if not wanted.allowed_hosts:
            tell("It answers to IP addresses and localhost; AFTERLOOK_ALLOWED_HOSTS lists names.")
    if "*" in wanted.hosts:
        tell("Answering for any Host: any web page can rebind its name to this server and write.")
    if "*" in wanted.origins:
        tell("Open to every origin: any page in a browser on this machine reaches these mailboxes.")


def _describe_control(wanted: Settings) -> str:
    if not wanted.has_control:
        return ""
    return f"\n  Tests  {wanted.local_url}/_emulator/   (requests, clock, faults, tokens)"


def _describe_https(wanted: Settings) -> str:
    if not wanted.has_tls:
        return ""
    url = wanted.local_url.replace("http:", "https:", 1)
    told = f"\n  HTTPS  {url}   (on the same port)"
    if wanted.has_authority:
        told += f"\n         Trust {wanted.tls_directory / certificate_authority.FILE}"
        told += f"\n         or get it from {wanted.local_url}{certificate_authority.PATH}"
    return told


def _ignore_signals() -> None:
    """Make the signals that uvicorn raises again after a clean end mean nothing any more."""

    def ignore(_: int, __: FrameType | None) -> None: ...

    signal.signal(signal.SIGINT, ignore)
    signal.signal(signal.SIGTERM, ignore)


def _run(wanted: Settings, store: Store, seed: seeds.Seed, listening: socket.socket) -> None:
    alone = wanted.workers == 1
    if alone:
        shutdown.stoppables.append(store)
    else:
        # A connection must not be shared with the processes that are about to be made.
        store.close()
        settings.hand_down(wanted)
    config = uvicorn.Config(
        main.create_app(wanted, store, seed=seed)
        if alone
        else "afterlook.server:create_worker_app",
        factory=not alone,
        workers=wanted.workers,
        log_config=None,
        log_level="debug" if wanted.log_level == "debug" else "error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        lifespan="on",
        ws="none",
        http="afterlook.http.connections:Connection",
        limit_concurrency=descriptors.allow_connections(wanted.max_connections),
        # It takes any scheme, and a client's word for its address: `KnownHosts` does this.
        proxy_headers=False,
    )
    if alone:
        _tune_interpreter()
        shutdown.GracefulServer(config).run(sockets=[listening])
    else:
        # The supervisor has no other way to be given a server of one's own.
        multiprocess.Process = shutdown.WorkerProcess  # type: ignore[misc]
        multiprocess.Multiprocess(config, sockets=[listening]).run()
