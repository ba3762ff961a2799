"""`afterlook migrate-report`: what a move to Microsoft Graph To Do would lose.

Owns where it is read from, a running server or the store alone; how it is printed; the exit code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from afterlook.migration.calls import Calls

_LOST, _FAILED = 1, 2


def migrate_report(
    url: Annotated[
        str | None,
        typer.Option(
            envvar="AFTERLOOK_URL",
            help="Base URL of the server, whose journal tells of calls, too "
            "(default: http://127.0.0.1:8025).",
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Directory of the SQLite file, instead of a server.")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(help="postgresql://… or sqlite:///… URL, instead of a server."),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(help="With --data or --database: what `afterlook journal --json` printed."),
    ] = None,
    mailbox: Annotated[
        str | None, typer.Option(help="Name or UPN of a mailbox; else all of them.")
    ] = None,
    examples: Annotated[
        int, typer.Option(min=0, max=100, help="How many to name of each thing, at most.")
    ] = 3,
    html: Annotated[
        Path | None, typer.Option(help="Write an HTML file, too.", metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Report what becomes of calls and data in Microsoft Graph To Do, and what is lost.

    Exit code 0 if nothing would be lost, 1 if something would, 2 if that cannot be told.
    Nothing is changed.
    """
    from afterlook.migration import page, text

    if data is None and database is None:
        if journal is not None:
            _fail("--journal goes with --data or --database: a server has its own")
        report = _ask(url, mailbox, examples)
    else:
        report = _read(data, database, _read_journal(journal), mailbox, examples)
    if html is not None:
        _save(html, page.write(report))
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else text.write(report))
    if not report["lossless"]:
        raise typer.Exit(_LOST)


def _ask(url: str | None, mailbox: str | None, examples: int) -> dict[str, Any]:
    from afterlook.control.operations.migration import REPORT
    from afterlook.testing.control import Control, ControlFailedError

    wanted = {"mailbox": mailbox, "examples": examples}
    try:
        return Control(url).call(REPORT.method, REPORT.path, wanted)
    except ControlFailedError as error:
        _fail(str(error))


def _read(
    data: Path | None,
    database: str | None,
    calls: Calls | None,
    mailbox: str | None,
    examples: int,
) -> dict[str, Any]:
    from afterlook import settings
    from afterlook.migration import report
    from afterlook.store.examination.connections import NotReadableError, open_session

    try:
        wanted = settings.load(data=data, database=database)
    except settings.InvalidSettingError as error:
        _fail(str(error))
    try:
        with open_session(wanted.location) as session:
            return report.write(report.look_into(session, mailbox, examples), calls)
    except NotReadableError as error:
        _fail(f"{wanted.shown_location}: {error}")
    except report.NoSuchMailboxError as error:
        _fail(str(error))


def _read_journal(file: Path | None) -> Calls | None:
    """Read what `afterlook journal --json` printed: calls without headers and bodies."""
    from afterlook.migration.calls import Calls, SeenCall

    if file is None:
        return None
    calls = Calls()
    try:
        for entry in json.loads(file.read_bytes())["entries"]:
            _, _, query = str(entry["target"]).partition("?")
            wire, method, called, path = (
                str(entry[name] or "") for name in ("wire", "method", "operation", "path")
            )
            calls.add(SeenCall(wire, method, called, path, query))
    except OSError as error:
        _fail(f"cannot read {file}: {error.strerror}")
    except (KeyError, TypeError, ValueError):
        _fail(f"{file} is not what `afterlook journal --json` prints")
    return calls


def _save(file: Path, content: str) -> None:
    from afterlook.runtime.files import write_atomically

    try:
        write_atomically(file, content)
    except OSError as error:
        _fail(f"cannot write {file}: {error.strerror}")


def _fail(message: str) -> NoReturn:
    typer.echo(f"afterlook: {message}", err=True)
    raise typer.Exit(_FAILED)
