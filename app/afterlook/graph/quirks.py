"""Where the service was seen to do otherwise than its documents say: docs/reference/graph.md.

The documents count by default; a quirk that is on has the server do what was seen.
"""

from __future__ import annotations

from typing import NamedTuple


class Quirk(NamedTuple):
    """What the service was seen to do, and who saw it."""

    name: str
    says: str
    source: str


SELECT_REFUSED = "select-refused"
INLINE_LIMIT = "inline-limit"
CONTAINS_DROPPED = "contains-dropped"
RANGE_REFUSED = "recurrence-range-refused"
BARE_UPLOAD_URL = "bare-upload-url"
RECURRENCE_HIDDEN = "recurrence-hidden"

QUIRKS = (
    Quirk(
        SELECT_REFUSED,
        "`$select` on tasks and lists is refused with 400 `RequestBroker--ParseUri`.",
        "microsoft-graph-docs #13099, msgraph-sdk-dotnet #2900",
    ),
    Quirk(
        INLINE_LIMIT,
        "A file of 3 MB or more is not taken in one POST: 413.",
        "documented for `attachments`; files of 4 MB were seen to go through",
    ),
    Quirk(
        CONTAINS_DROPPED,
        "`contains` in a `$filter` that joins conditions by `and` counts for nothing.",
        "graph-explorer #3930",
    ),
    Quirk(
        RANGE_REFUSED,
        "A recurrence whose range has dates is refused in PATCH with 400 `InvalidModel`.",
        "microsoft-graph-docs #10503, msgraph-sdk-dotnet #2677",
    ),
    Quirk(
        BARE_UPLOAD_URL,
        "PUT at the `uploadUrl` itself, without `/content`, is 404 `UnknownError`.",
        "msgraph-sdk-php #1506, msgraph-sdk-dotnet-core #481",
    ),
    Quirk(
        RECURRENCE_HIDDEN,
        "Lists of tasks lack `recurrence` unless `$filter` is `status ne 'completed'`.",
        "MS365-ToDo #133",
    ),
)
"""All quirks; `--quirks observed` turns on every one."""

NAMES = frozenset(quirk.name for quirk in QUIRKS)
OBSERVED = "observed"


def read_quirks(text: str) -> frozenset[str]:
    """Read `observed`, or names with commas between them; "" is none.

    Raises `ValueError` with a sentence for a name that is none.
    """
    names = {name.strip().lower() for name in text.split(",")} - {"", "documented", "none"}
    unknown = sorted(names - NAMES - {OBSERVED})
    if unknown:
        known = ", ".join(sorted(NAMES))
        raise ValueError(f"there is no quirk '{unknown[0]}': {OBSERVED}, or any of {known}")
    return NAMES if OBSERVED in names else frozenset(names)
