"""The report as text, for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

_WIDTH = 80
_COUNT = 9
"""Columns of a count, and of what stands below one."""

WHERE = (
    "Old ones are below /api/v2.0/me, or what stands for it; new ones below "
    "https://graph.microsoft.com/v1.0."
)
_MANY = {"task": "tasks", "folder": "folders", "group": "groups"}


def say(number: int, one: str, many: str | None = None) -> str:
    """Say how many there are, with thousands apart: `1 task`, `12,000 tasks`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def summarise(report: dict[str, Any]) -> str:
    """Say how much was looked at."""
    return ", ".join(
        [
            say(report["mailboxes"], "mailbox", "mailboxes"),
            say(report["folders"], "folder"),
            say(report["tasks"], "task"),
            say(report["seen"], "call") if report["journal"] else "no journal",
        ]
    )


def write(report: dict[str, Any]) -> str:
    """Write the report for people."""
    return "\n".join([*_head(report), *_losses(report), *_calls(report), "", *_end(report)])


def _head(report: dict[str, Any]) -> Iterator[str]:
    yield "MOVING TO MICROSOFT GRAPH TO DO"
    yield summarise(report)


def _losses(report: dict[str, Any]) -> Iterator[str]:
    found = [loss for loss in report["losses"] if loss["count"]]
    lost = [loss for loss in found if loss["verdict"] in ("lost", "nearest")]
    yield from ("", "What would be lost of the data", "")
    for loss in lost:
        yield from _loss(loss, names=report["mailboxes"] > 1)
    if not lost:
        yield "  Nothing."
    if more := [loss for loss in found if loss not in lost]:
        yield from ("", "What has to be seen to", "")
        for loss in more:
            yield from _loss(loss, names=report["mailboxes"] > 1)


def _loss(loss: dict[str, Any], *, names: bool) -> Iterator[str]:
    """Write a loss, its examples with the `names` of their mailboxes."""
    number, of = loss["count"], loss["of"]
    counted = say(number, of, _MANY[of])
    yield from _hang(f"{counted:>14}  ", f"{loss['what']} -> {loss['becomes']}")
    for example in loss["examples"]:
        within = [example["within"]] if loss["of"] != "group" else []
        within += [example["mailbox"]] if names else []
        place = f" ({_plain(', '.join(within), _WIDTH // 3)})" if within else ""
        name = _plain(example["name"], _WIDTH - len(place) - 18) or "(no subject)"
        yield f"{'':16}- {name}{place}"
    left = number - len(loss["examples"])
    if loss["examples"] and left > 0:
        yield f"{'':16}… and {left:,} more"


def _calls(report: dict[str, Any]) -> Iterator[str]:
    if not report["journal"]:
        return
    yield from ("", "What the calls become", "")
    yield from _hang("  ", WHERE)
    yield ""
    if not report["calls"]:
        yield "  The journal has no call of the retired APIs."
    for call in report["calls"]:
        yield from _call(call)
    for number, what in (
        (report["new"], "of Graph To Do already"),
        (report["unknown"], "to addresses that the retired APIs did not have"),
    ):
        if number:
            yield f"{number:>{_COUNT},} x  {what}"


def _call(call: dict[str, Any]) -> Iterator[str]:
    yield from _hang(f"{call['count']:>{_COUNT},} x  ", f"{call['method']} {call['path']}")
    below = " " * (_COUNT + 4)
    yield from _hang(f"{below}-> ", call["to"] or "NO EQUIVALENT")
    if call["note"]:
        yield from _hang(f"{below}   ", call["note"])
    for each in call["options"]:
        said = ": ".join(filter(None, (each["name"], each["note"] or each["to"])))
        yield from _hang(f"{below} * ", said)
    for each in call["members"]:
        yield from _hang(f"{below} ! ", f"{each['name']} is sent, and would be lost")


def _end(report: dict[str, Any]) -> Iterator[str]:
    if report["lossless"]:
        yield "Nothing would be lost."
    else:
        yield "Something would be lost. docs/migration.md has what becomes of everything."


def _hang(head: str, text: str) -> list[str]:
    lines = wrap(text, _WIDTH - len(head), break_long_words=True, break_on_hyphens=False) or [""]
    return [f"{head}{lines[0]}", *(f"{'':{len(head)}}{line}" for line in lines[1:])]


def _plain(name: str, width: int) -> str:
    """Return a name on one line, cut where it is too long, with no sign that a terminal obeys."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    return line if len(line) <= width else f"{line[: width - 1]}…"
