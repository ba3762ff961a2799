"""`docs/migration.md`: what becomes of the Outlook Task API in Microsoft Graph To Do.

`--write` makes it of the table in `app/afterlook/migration/`, `--check` tells whether it still says
the same.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from afterlook.migration.losses import LOSSES
from afterlook.migration.options import OPTIONS
from afterlook.migration.properties import PROPERTIES
from afterlook.migration.requests import REQUESTS
from afterlook.migration.traps import TRAPS
from afterlook.migration.verdicts import Verdict
from tests.tools import generated_files

FILE = Path(__file__).parents[2] / "docs" / "migration.md"

_HEAD = """\
# Moving to Microsoft Graph To Do

What each call and each property of the retired Outlook Task API becomes, and what is lost. Made by
`make docs` from the table in `app/afterlook/migration/`, which `afterlook migrate-report` goes
by, too. Where it comes from, and what D, S and I stand for, is in
[reference/graph.md](reference/graph.md): documented, seen, inferred.

| it is | which means |
|---|---|
| kept | it is there, perhaps by another name |
| changed | it is there, and behaves otherwise |
| nearest | it is not there, and something else can serve |
| **lost** | it is not there |
"""

_REPORT = """\
## The report

`afterlook migrate-report` looks into a running server: what its journal holds of calls, and
what its mailboxes hold of data. `--mailbox alice` looks into one, `--examples 10` names more,
`--html FILE` writes a page, `--json` prints what `GET /_emulator/api/migrate-report` answers.
With `--data DIR` or `--database URL` it reads a store without a server, also one that a server
writes to, and changes nothing; `--journal FILE` adds calls that `afterlook journal --json` has
printed, without their headers and bodies.

The exit code is 0 if nothing would be lost, 1 if something would: data of the kinds below, a
call without an equivalent, or a member that is sent and has no place. It is 2 if that can't be
told. What only is changed does not count. Run it in CI after the tests of the code that is to
move.

The JSON object has `lossless`; `mailboxes`, `groups`, `folders`, `tasks`, what was looked at;
`losses`, each with `key`, `of`, `what`, `becomes`, `verdict`, `count` and `examples`
(`mailbox`, `name`, `within`), those that count nothing too; `journal`, whether there was one;
`calls`, each with `method`, `path`, `count`, `to`, `verdict`, `note`, `options` and `members`
that are lost; `seen`, how many calls that were, `new`, how many were Graph To Do's already, and
`unknown`, how many went where the retired APIs had nothing. A server of several processes tells
of the data alone. The 1000 newest mailboxes are looked into.

What it looks for in mailboxes:
"""


def document() -> str:
    """Return the page as the file should have it."""
    return "\n".join([_HEAD, *_calls(), *_options(), *_properties(), *_traps(), *_report()])


def _calls() -> Iterator[str]:
    yield "## Calls\n"
    yield "Old ones are below `/api/v2.0/me`, or what stands for it, and `/beta/me/outlook`; new"
    yield "ones below `/v1.0`. A task below its folder, a folder below its group, is what it is"
    yield "alone. Work Management, by CSOM and `_api`, has no successor.\n"
    yield from _table(
        ("call", "becomes", "it is", "", "standing"),
        (
            (
                f"`{row.method} {row.path}`",
                _code(row.to),
                _said(row.verdict),
                row.note,
                row.standing,
            )
            for row in REQUESTS
        ),
    )


def _options() -> Iterator[str]:
    yield "## Query options and headers\n"
    yield from _table(
        ("option", "becomes", "it is", "", "standing"),
        (
            (row.name, row.to or "nothing", _said(row.verdict), row.note, row.standing)
            for row in OPTIONS
        ),
    )


def _properties() -> Iterator[str]:
    yield "## Properties\n"
    yield from _table(
        ("entity", "property", "becomes", "it is", "", "standing"),
        (
            (row.entity, row.name, row.to or "nothing", _said(row.verdict), row.note, row.standing)
            for row in PROPERTIES
        ),
    )


def _traps() -> Iterator[str]:
    yield "## Traps\n"
    yield "What people met who moved; the numbers are those of"
    yield "[reference/graph.md](reference/graph.md#14-what-people-met-who-moved), where each has"
    yield "its source.\n"
    yield from _table(
        ("what one meets", "what helps", "no."),
        ((row.met, row.do, ", ".join(map(str, row.cases))) for row in TRAPS),
    )


def _report() -> Iterator[str]:
    yield _REPORT
    yield from _table(
        ("of", "what", "becomes", "it is"),
        ((row.of, row.what, row.becomes, _said(row.verdict)) for row in LOSSES),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _said(verdict: Verdict) -> str:
    return f"**{verdict.value}**" if verdict is Verdict.LOST else verdict.value


def _code(text: str) -> str:
    return f"`{text}`" if text else "nothing"


def run() -> int:
    """Write or check the file; return an exit code."""
    return generated_files.run("migration", lambda: {FILE: document().rstrip("\n") + "\n"}, "docs")


if __name__ == "__main__":
    sys.exit(run())
