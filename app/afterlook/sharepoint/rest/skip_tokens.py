"""`$skiptoken` of items: `Paged=TRUE&p_Title=Call&p_ID=3`, the place where a page begins.

Owns how a place is written, by the service and by those who write one themselves: encoded or not,
with the id alone, backwards. A token that names no place in the requested order is an error: the
first page would be an answer to another question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from afterlook.csom.values import read_date_time
from afterlook.odata.edm import BOOLEAN, DOUBLE, INT32, MOMENT
from afterlook.runtime.instants import TICKS_PER_SECOND
from afterlook.sharepoint.rest.errors import TokenInvalid
from afterlook.sharepoint.rest.query_options import SortKey
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.store.folding import fold
from afterlook.store.keyset import Key
from afterlook.workmanagement import dates

OPTION = "$skiptoken"
ID = "id"
"""The column that decides between equals."""

_PARTS = frozenset({"paged", "pagedprev", "pagefirstrow", "pagelastrow", "view", "rootfolder"})
_IDLE = frozenset({"p_sortbehavior", "p_fsobjtype"})
"""Values that are the same for all items of a list without folders."""

_MAX_PARTS = 32
_ID = re.compile(r"\d{1,10}", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,10}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


class SkipToken(NamedTuple):
    """A place: the id of an item, what it is sorted by where that is said, and the direction."""

    id: int
    key: Key | None
    before: bool


def read_token(request: RestRequest, keys: Sequence[SortKey]) -> SkipToken | None:
    """Return the place that a request names, if it does. Raises `TokenInvalid`."""
    text = request.options.get(OPTION, "")
    try:
        parts = dict(_parts(request))
        if not parts and OPTION not in request.options:
            return None
        return _token(parts, keys)
    except (ValueError, OverflowError) as error:
        raise TokenInvalid(text=text[:256]) from error


def write_token(keys: Sequence[SortKey], values: Sequence[object], number: int) -> str:
    """Return the place of an item, by what it is sorted by as clients see it, and its id."""
    named = [
        (f"p_{key.name}", _write_value(value))
        for key, value in zip(keys, values, strict=True)
        if key.column != ID
    ]
    return urlencode([("Paged", "TRUE"), *named, ("p_ID", str(number))], quote_via=quote, safe="/:")


def _parts(request: RestRequest) -> Iterator[tuple[str, str]]:
    """Give the parts of a token, those that fell out of it for want of encoding too."""
    within = parse_qsl(
        request.options.get(OPTION, ""),
        keep_blank_values=True,
        strict_parsing=OPTION in request.options,
        max_num_fields=_MAX_PARTS,
    )
    beside = [pair for pair in request.custom.items() if _is_part(pair[0].lower())]
    values: dict[str, str] = {}
    for spelt, value in (*within, *beside):
        name = spelt.lower()
        if not _is_part(name) or values.setdefault(name, value) != value:
            raise ValueError(spelt)
        yield name, value


def _is_part(name: str) -> bool:
    return name in _PARTS or name.startswith("p_")


def _token(parts: dict[str, str], keys: Sequence[SortKey]) -> SkipToken:
    flags = [parts.get(name, default).upper() for name, default in _FLAGS.items()]
    number = parts.get("p_id", "")
    if flags[0] != "TRUE" or flags[1] not in ("TRUE", "FALSE") or not _ID.fullmatch(number):
        raise ValueError(parts)
    if int(number) >= 2**31:
        raise ValueError(number)
    given = {name: value for name, value in parts.items() if name.startswith("p_")}
    values: list[object] = []
    is_whole = True
    for key in keys:
        text = number if key.column == ID else given.pop(f"p_{key.name.lower()}", None)
        if text is None:
            is_whole = False
        else:
            values.append(_value(text, key))
    # What it says besides is about another order, where it would be another place.
    if given.keys() - _IDLE - {"p_id"}:
        raise ValueError(given)
    key_ = (*values, int(number)) if is_whole else None
    return SkipToken(int(number), key_, flags[1] == "TRUE")


_FLAGS = {"paged": "TRUE", "pagedprev": "FALSE"}


def _value(text: str, key: SortKey) -> object:
    """Read a value that items are sorted by. Raises `ValueError`."""
    if not text and key.nullable:
        return None
    match key.type:
        case type_ if type_ == MOMENT:
            return _moment(text)
        case type_ if type_ == BOOLEAN:
            truth = _TRUTHS.get(text.lower())
            if truth is None:
                raise ValueError(text)
            return truth
        case type_ if type_ == INT32:
            if not _WHOLE.fullmatch(text):
                raise ValueError(text)
            return int(text)
        case type_ if type_ == DOUBLE:
            number = float(text)
            if not math.isfinite(number):
                raise ValueError(text)
            return number
    if "\x00" in text:
        raise ValueError(text)
    return fold(text)


def _moment(text: str) -> int:
    match = _COMPACT.fullmatch(text)
    iso = "{}-{}-{}T{}Z".format(*match.groups()) if match else text
    ticks = dates.to_naive_ticks(read_date_time(iso))
    return ticks - ticks % TICKS_PER_SECOND


def _write_value(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime():
            text = value.replace(tzinfo=None).isoformat(" ", timespec="seconds")
            return text.replace("-", "")
    return str(value)
