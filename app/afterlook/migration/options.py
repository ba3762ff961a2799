"""What becomes of query options and headers of the Outlook Task API in Graph To Do.

Owns how one is recognised in a request.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from afterlook.migration.verdicts import Verdict

_KEPT, _CHANGED, _NEAREST, _LOST = Verdict.KEPT, Verdict.CHANGED, Verdict.NEAREST, Verdict.LOST


class Option(NamedTuple):
    """A query option, or a header (`name: value`), and what it becomes."""

    name: str
    pattern: re.Pattern[str]
    """Finds it among lines such as `?$select=Id` and `prefer: outlook.timezone="UTC"`."""

    to: str
    verdict: Verdict
    standing: str
    note: str = ""


def _query(name: str, with_: str = "") -> re.Pattern[str]:
    return re.compile(rf"^\?(?:\$|%24)?{name}={with_}", re.IGNORECASE | re.MULTILINE)


def _header(text: str) -> re.Pattern[str]:
    return re.compile(rf"^{text}", re.IGNORECASE | re.MULTILINE)


_EXTENDED = r"(?i:.*(?:single|multi)valueextendedproperties)"

OPTIONS = (
    Option(
        *("$select", _query("select"), "$select", _CHANGED, "S"),
        "reported as refused (400) or without effect on tasks: do without it",
    ),
    Option(
        *("$filter", _query("filter", rf"(?!{_EXTENDED})"), "$filter", _CHANGED, "S"),
        "by status, importance, title, createdDateTime and dates (dueDateTime/dateTime, compared "
        "as text); not by wellknownListName; contains() was dropped beside another clause",
    ),
    Option(
        *("$filter by extended properties", _query("filter", _EXTENDED), "", _LOST, "D"),
        "nearest: read the tasks with their extensions, and look for yourself",
    ),
    Option(
        *("$orderby", _query("orderby"), "$orderby", _CHANGED, "S"),
        "by createdDateTime, importance, dueDateTime/dateTime; title was refused",
    ),
    Option(
        *("$expand of attachments", _query("expand", r"(?i:.*attachments)"), "", _NEAREST, "D"),
        "read the attachments of each task",
    ),
    Option(
        "$expand of extended properties",
        _query("expand", _EXTENDED),
        *("$expand=extensions", _NEAREST, "D, I", "open extensions in their place"),
    ),
    Option("$top", _query("top"), "$top", _KEPT, "S", "up to 1000 on tasks; 50 without it"),
    Option("$skip", _query("skip"), "$skip", _CHANGED, "S", "on tasks; ignored on lists"),
    Option(
        *("$count=true", _query("count", "(?i:true)"), "$count=true", _CHANGED, "S"),
        "on tasks; refused on lists",
    ),
    Option(
        *("$search", _query("search"), "", _LOST, "S"),
        "nearest: $filter with contains(title, …)",
    ),
    Option(
        "Prefer: odata.track-changes",
        _header(r"prefer: .*odata\.track-?changes"),
        *("GET /me/todo/lists/delta, …/lists/{list}/tasks/delta", _CHANGED, "D"),
        "a round for the lists, and one for the tasks of each; after 410 begin anew",
    ),
    Option(
        "$deltaToken, $skipToken",
        _query("(?:delta|skip)token"),
        *("@odata.deltaLink, @odata.nextLink", _CHANGED, "D"),
        "tokens of one API mean nothing to the other: begin with a first round",
    ),
    Option(
        "Prefer: odata.maxpagesize",
        _header(r"prefer: .*odata\.maxpagesize"),
        *("Prefer: odata.maxpagesize", _KEPT, "D", "of delta"),
    ),
    Option(
        "Prefer: outlook.timezone",
        _header(r"prefer: .*outlook\.timezone"),
        *("Prefer: outlook.timezone", _CHANGED, "S"),
        "works, without being documented for To Do; both stamps stay UTC",
    ),
    Option(
        *("If-Match", _header("if-match: "), "", _LOST, "I"),
        "nothing shows that To Do looks at it: the last write wins",
    ),
)


def find(query: str, headers: str) -> list[Option]:
    """Find the options of a request, in its query and in lines of `name: value`."""
    said = "\n".join([*(f"?{part}" for part in query.split("&") if part), headers])
    return [option for option in OPTIONS if option.pattern.search(said)]
