"""How a column is written in a document, and what it may hold.

Owns each kind of value: what is read is as bounded as what a client could have written, so that
nothing of it makes the server fail later.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter, ValidationError

from afterlook.runtime.instants import (
    FIRST_INSTANT,
    LAST_INSTANT,
    TICKS_PER_SECOND,
    Instant,
    from_datetime,
    to_datetime,
)
from afterlook.store.workmanagement.tasks import decode_attributes, encode_attributes

Schema = dict[str, Any]

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{7})Z", re.ASCII)
_MAX_TEXT = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Value:
    """A kind of value: `read` returns what a column holds, or raises `ValueError` with a reason."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    schema: Schema

    def or_null(self) -> Value:
        """Return the same, or nothing."""
        return Value(
            lambda given: None if given is None else self.read(given),
            lambda held: None if held is None else self.write(held),
            {"anyOf": [self.schema, {"type": "null"}]},
        )


def _same(held: Any) -> Any:
    return held


def whole(first: int, last: int) -> Value:
    """Return whole numbers within bounds."""

    def read(given: Any) -> int:
        if type(given) is not int or not first <= given <= last:
            reason = f"it must be a whole number from {first} to {last}"
            raise ValueError(reason)
        return given

    return Value(read, _same, {"type": "integer", "minimum": first, "maximum": last})


def text(most: int = _MAX_TEXT, pattern: re.Pattern[str] | None = None) -> Value:
    """Return texts of so many characters at most, which match a pattern."""

    def read(given: Any) -> str:
        if not isinstance(given, str) or len(given) > most or "\0" in given:
            reason = f"it must be a text of {most} characters at most"
            raise ValueError(reason)
        if pattern and not pattern.fullmatch(given):
            reason = f"it must match {pattern.pattern}"
            raise ValueError(reason)
        return given

    schema: Schema = {"type": "string", "maxLength": most}
    return Value(read, _same, schema | ({"pattern": f"^(?:{pattern.pattern})$"} if pattern else {}))


def member(names: Sequence[str]) -> Value:
    """Return members of an enumeration, whose numbers are their places."""

    def read(given: Any) -> int:
        if not isinstance(given, str) or given not in names:
            reason = f"it takes {', '.join(names)}"
            raise ValueError(reason)
        return names.index(given)

    return Value(read, lambda held: names[held], {"enum": [*names]})


def one_of(values: Sequence[Any]) -> Value:
    """Return values that are written as they are held."""

    def read(given: Any) -> Any:
        if isinstance(given, bool) or given not in values:
            reason = f"it takes {', '.join(map(str, values))}"
            raise ValueError(reason)
        return given

    return Value(read, _same, {"enum": [*values]})


def checked_text(type_: Any) -> Value:
    """Return JSON in a text, as the store keeps it, of something that has this type."""
    adapter: TypeAdapter[Any] = TypeAdapter(type_)

    def read(given: Any) -> str:
        try:
            adapter.validate_json(TEXT.read(given), strict=True)
        except ValidationError as error:
            reason = "it is not the JSON that it must be"
            raise ValueError(reason) from error
        return str(given)

    return Value(read, _same, {"type": "string", "contentMediaType": "application/json"})


def json(type_: Any, check: Callable[[str], object] = str) -> Value:
    """Return JSON that the store keeps as text: of this type, and passed by `check`."""
    adapter: TypeAdapter[Any] = TypeAdapter(type_)

    def read(given: Any) -> str:
        try:
            adapter.validate_python(given, strict=True)
            written = orjson.dumps(given).decode()
            check(written)
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            reason = "it is not what it must be"
            raise ValueError(reason) from error
        return written

    return Value(read, orjson.loads, adapter.json_schema())


def _read_boolean(given: Any) -> bool:
    if not isinstance(given, bool):
        reason = "it must be true or false"
        raise ValueError(reason)  # noqa: TRY004 # one kind of error for all that is read
    return given


def _read_number(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        reason = "it must be a number"
        raise ValueError(reason)
    return float(given)


def _read_guid(given: Any) -> str:
    try:
        if isinstance(given, str) and str(UUID(given)) == given:
            return given
    except ValueError:
        pass
    reason = "it must be a GUID in lower case"
    raise ValueError(reason)


def _read_ticks(given: Any) -> Instant:
    match = _MOMENT.fullmatch(given) if isinstance(given, str) else None
    try:
        if match is not None:
            moment = from_datetime(datetime.fromisoformat(f"{match[1]}+00:00"))
            return Instant(moment + int(match[2]))
    except ValueError:
        pass
    reason = "it must be an instant such as 2016-04-22T05:44:01.0000000Z"
    raise ValueError(reason)


def _write_ticks(held: int) -> str:
    # A store may hold one from beyond what can be written: the last, then.
    ticks = min(max(held, FIRST_INSTANT), LAST_INSTANT)
    rest = ticks % TICKS_PER_SECOND
    moment = to_datetime(Instant(ticks - rest))
    return f"{moment.isoformat().removesuffix('+00:00')}.{rest:07}Z"


def _read_bytes(given: Any) -> bytes:
    try:
        return base64.b64decode(given.encode("ascii"), validate=True)
    except (ValueError, AttributeError) as error:
        reason = "it must be bytes in base64"
        raise ValueError(reason) from error


TEXT = text()
_NAME = re.compile(r"(?s:.*\S.*)")
NAME = text(255, _NAME)
BOOLEAN = Value(_read_boolean, _same, {"type": "boolean"})
DOUBLE = Value(_read_number, _same, {"type": "number"})
GUID = Value(_read_guid, _same, {"type": "string", "format": "uuid"})
NUMBER = whole(0, 2**47)
"""A number of a mailbox's counter, which goes on from there."""

SMALL = whole(-1, 2**30)
"""An id that clients hold in 32 bits, with room to count on; -1 stands for none."""

LARGE = whole(-(2**60), 2**60)
TICKS = Value(_read_ticks, _write_ticks, {"type": "string", "pattern": f"^{_MOMENT.pattern}$"})
"""An instant, or a day and time in no zone, to 100 ns."""

BYTES = Value(
    _read_bytes,
    lambda held: base64.b64encode(held).decode("ascii"),
    {"type": "string", "contentEncoding": "base64"},
)
ATTRIBUTES = Value(
    lambda given: encode_attributes(orjson.loads(json(list[str]).read(given))),
    decode_attributes,
    {"type": "array", "items": {"type": "string"}},
)
