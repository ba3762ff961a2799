"""Tells where two recordings part."""

from typing import Any

from tests.tools.exchanges.running import Exchange, Recording

_BEFORE, _AFTER = 60, 240
_MAX_REQUEST_SHOWN = 400


def compare(before: Recording, after: Recording, only: list[str] | None = None) -> list[str]:
    """Describe each difference; `only` some scenes of `before` where no others were run."""
    differences = []
    for engine, exchanges in after.items():
        old = {each["at"]: each for each in before.get(engine, []) if _is_among(each, only)}
        for new in exchanges:
            known = old.pop(new["at"], None)
            if known is None:
                differences.append(f"{engine}, {new['at']}: not in the recording")
            elif known["answer"] != new["answer"]:
                differences.append(_describe(engine, known, new))
        differences += [f"{engine}, {at}: only in the recording" for at in old]
    return differences


def _is_among(exchange: Exchange, only: list[str] | None) -> bool:
    return only is None or exchange["at"].rpartition(" ")[0] in only


def _describe(engine: str, old: Exchange, new: Exchange) -> str:
    request = new["request"]
    lines = [
        f"{engine}, {new['at']}: {request['method']} {request['target']}",
        *(f"  {name}: {value}" for name, value in request["headers"]),
        f"  {request['body']}",
    ]
    shown = "\n".join(lines)[:_MAX_REQUEST_SHOWN]
    for part in ("status", "headers", "body"):
        was, is_now = _text(old["answer"][part]), _text(new["answer"][part])
        if was != is_now:
            at = _first_difference(was, is_now)
            begin = max(0, at - _BEFORE)
            shown += (
                f"\n  {part}, from character {at}:"
                f"\n  - {was[begin : at + _AFTER]}\n  + {is_now[begin : at + _AFTER]}"
            )
    return shown


def _text(part: Any) -> str:
    if isinstance(part, list):
        return "\n".join(f"{name}: {value}" for name, value in part)
    return str(part)


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
