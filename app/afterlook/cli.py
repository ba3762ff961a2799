"""The commands.

Owns flags, what is printed, exit codes, and running the server.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from http.client import HTTPException
from pathlib import Path
from typing import Annotated
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import typer

from afterlook import __version__
from afterlook.commands import Commands, fail
from afterlook.options import SettingsCommand

app = typer.Typer(
    name="afterlook",
    cls=Commands,
    help="Serves the retired Outlook Task REST API and SharePoint Work Management.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    app()


@app.command(cls=SettingsCommand)
def serve(context: typer.Context) -> None:
    """Start the server. Each flag has an environment variable: AFTERLOOK_PORT_FILE, for example."""
    from afterlook import settings

    try:
        loaded = settings.load(**context.obj)
    except settings.InvalidSettingError as error:
        fail(str(error))
    # What is imported stays: to look for garbage in it takes a seventh of the start.
    gc.disable()
    from afterlook import server

    gc.enable()
    try:
        server.serve(loaded, tell=typer.echo)
    except server.CannotServeError as error:
        fail(str(error))


@app.command()
def ready(
    url: Annotated[
        str | None, typer.Option(help="Base URL (default: http://127.0.0.1:8025).")
    ] = None,
    port_file: Annotated[
        Path | None,
        typer.Option(help="Read the URL from the file that `serve --port-file` writes."),
    ] = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to keep trying.")] = 0,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for one answer.")] = 5,
) -> None:
    """Check whether a server is ready: exit code 0 if so, else 1."""
    if url is not None and port_file is not None:
        fail("--url and --port-file exclude each other")
    if url is None and port_file is None:
        from afterlook import settings

        try:
            url = settings.load().published_url
        except settings.InvalidSettingError as error:
            fail(str(error))
    deadline = time.monotonic() + wait
    while True:
        # Read each time: the server may not have written it yet.
        address, problem = _written_url(port_file) if port_file is not None else (url, None)
        problem = problem or _problem(address or "", timeout)
        if problem is None:
            typer.echo(f"ready: {address}")
            return
        if time.monotonic() >= deadline:
            fail(f"not ready: {address or port_file}: {problem}")
        time.sleep(0.1)


def _written_url(port_file: Path) -> tuple[str | None, str | None]:
    """Return what a port file says, or why it says nothing."""
    try:
        return port_file.read_text("utf-8").strip(), None
    except (OSError, ValueError) as error:
        return None, getattr(error, "strerror", None) or str(error)


def _problem(url: str, timeout: float) -> str | None:
    # No proxy: the server is asked itself, whatever the environment says of the internet.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{url.rstrip('/')}/readyz", timeout=timeout):
            return None
    except HTTPError as error:
        said = error.read(500).decode("utf-8", "replace").partition("\n")[0]
        return said.removeprefix("not ready: ") or str(error)
    except URLError as error:
        return _reason(error.reason)
    except (HTTPException, OSError, ValueError) as error:
        return _reason(error)


def _reason(error: object) -> str:
    """Return why there is no answer, in words."""
    match error:
        case ConnectionRefusedError():
            return "nothing listens there; --url or AFTERLOOK_PORT names another address"
        case TimeoutError():
            return "it does not answer in time"
        case OSError(strerror=str(text)):
            return text
        case HTTPException() | ValueError():
            return f"give a URL such as http://127.0.0.1:8025: {error}"
    return str(error) or type(error).__name__


@app.command()
def version(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the version."""
    python = ".".join(map(str, sys.version_info[:3]))
    if as_json:
        typer.echo(json.dumps({"afterlook": __version__, "python": python}))
    else:
        typer.echo(f"afterlook {__version__} (Python {python})")
