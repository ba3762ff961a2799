"""`afterlook doctor`: looks a store over, and says what to do.

Owns how the checks are printed, and the exit code.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from afterlook.store.examination.examine import Check

_WIDTH = 80


def doctor(
    data: Annotated[
        Path | None, typer.Option(help="Directory of the SQLite file (default: afterlook-data).")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="postgresql://… or sqlite:///… URL, instead of --data.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a store, also of a running server, and say what to do: exit code 0 if all is well.

    Nothing is changed.
    """
    from afterlook import settings
    from afterlook.store.examination.examine import examine

    try:
        wanted = settings.load(data=data, database=database)
    except settings.InvalidSettingError as error:
        typer.echo(f"afterlook: {error}", err=True)
        raise typer.Exit(1) from error
    checks: list[Check] = []
    if not as_json:
        typer.echo(f"Store: {wanted.shown_location}\n")
    for check in examine(wanted.location):
        checks.append(check)
        if not as_json:
            _print(check)
    wrong = sum(not check.is_ok for check in checks)
    if as_json:
        found = [check.as_dict() for check in checks]
        report = {"store": wanted.shown_location, "ok": not wrong, "checks": found}
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        typer.echo(f"\nOf {len(checks)} checks {wrong} failed." if wrong else "\nAll is well.")
    sys.stdout.flush()
    if wrong:
        raise typer.Exit(1)


def _print(check: Check) -> None:
    typer.echo(f"  {'ok ' if check.is_ok else 'BAD'}  {check.name}")
    for finding in check.findings:
        for label, said in (("", finding.what), ("To do: ", finding.do)):
            lines = fill(
                f"{label}{said}.", _WIDTH, initial_indent=" " * 7, subsequent_indent=" " * 7
            )
            typer.echo(lines)
