"""The commands.

Owns flags, what is printed, exit codes, and running the server.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import typer
from typer.core import TyperCommand

from afterlook import __version__
from afterlook.commands import Commands, fail
from afterlook.doctor import doctor
from afterlook.migrate_report import migrate_report
from afterlook.options import SettingsCommand
from afterlook.runtime.environment import read_url
from afterlook.runtime.garbage import pause_collection
from afterlook.testing.control import explain_silence

app = typer.Typer(
    name="afterlook",
    cls=Commands,
    help="Serves the retired Outlook Task REST API and SharePoint Work Management, and Microsoft "
    "Graph To Do on the same mailboxes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(value: bool) -> None:
    if value:
        version(as_json=False)
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Take what precedes a command."""


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
    for told in settings.tell_unknown():
        typer.echo(f"afterlook: {told}", err=True)
    if loaded.port_file is not None:
        # Of an earlier server; whoever waits for this one must not find it.
        with suppress(OSError):
            loaded.port_file.unlink()
    # Collecting garbage would take a fifth of the start.
    with pause_collection(freeze=True):
        from afterlook import server

    try:
        server.serve(loaded, tell=typer.echo)
    except server.CannotServeError as error:
        fail(str(error))


@app.command()
def ready(
    url: Annotated[
        str | None,
        typer.Option(help="Base URL (default: AFTERLOOK_URL, or http://127.0.0.1:8025)."),
    ] = None,
    instance: Annotated[
        str | None,
        typer.Option(
            envvar="AFTERLOOK_INSTANCE",
            help="Name that the server was given: another that listens there is not ready.",
        ),
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
        url = read_url()
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
        problem = problem or _problem(address or "", timeout, instance)
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


def _problem(url: str, timeout: float, instance: str | None) -> str | None:
    # No proxy: the server is asked itself, whatever the environment says of the internet.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{url.rstrip('/')}/readyz", timeout=timeout) as answer:
            there = answer.headers.get("X-Afterlook-Instance")
            if instance in (None, there):
                return None
            return f"it is not {instance} that listens there, but {there or 'a server of no name'}"
    except HTTPError as error:
        said = error.read(500).decode("utf-8", "replace").partition("\n")[0]
        return said.removeprefix("not ready: ") or str(error)
    except URLError as error:
        return explain_silence(error.reason, "AFTERLOOK_PORT")
    except (HTTPException, ValueError) as error:
        return f"give a URL such as http://127.0.0.1:8025: {error}"
    except OSError as error:
        return explain_silence(error, "AFTERLOOK_PORT")


class _ExecCommand(TyperCommand):
    """A command that takes another one, after `--`; `ctx.obj` has what stands before and after."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the command, and the options of `serve`, as they are."""
        if "--" in args:
            separator = args.index("--")
            ctx.obj = (args[:separator], args[separator + 1 :])
            args = []
        elif args != ["--help"]:
            fail("write `--` before the command: afterlook exec -- pytest")
        return super().parse_args(ctx, args)


@app.command("exec", cls=_ExecCommand, options_metavar="[SERVE OPTIONS] -- COMMAND...")
def execute(context: typer.Context) -> None:
    """Start a server, run a command with AFTERLOOK_URL set to it, stop it.

    It has a free port and a temporary store, unless options of `afterlook serve` say otherwise.
    The exit code is the command's.
    """
    from afterlook.testing import execute
    from afterlook.testing.server_process import NotStartedError

    options, command = context.obj
    if not command:
        fail("name a command: afterlook exec -- pytest")
    try:
        code = execute.execute(options, command)
    except NotStartedError as error:
        fail(str(error))
    raise typer.Exit(code)


app.command()(doctor)
app.command("migrate-report")(migrate_report)


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
