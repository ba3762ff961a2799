"""The journal: what clients sent, and what they were answered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator

from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.traffic.queries import EXAMPLE, expect_query
from afterlook.control.values import count_of

MAX_LISTED = 1000
MAX_WAIT = 600
"""Seconds."""

Query = Annotated[str, AfterValidator(expect_query)]


class Search(Parameters):
    """Which exchanges, and what is expected of them."""

    query: Query = Field("", max_length=1024, description=f"Which exchanges, such as {EXAMPLE}.")
    wait: float | None = Field(
        None,
        ge=0,
        le=MAX_WAIT,
        allow_inf_nan=False,
        description="Seconds to wait until one matches, or as many as `count` says.",
    )
    count: int | None = Field(
        None, ge=0, le=100_000, description="How many must match, no more and no fewer."
    )
    after: int | None = Field(
        None, ge=0, description="Only exchanges after the one of this number."
    )
    limit: int = Field(
        100, ge=1, le=MAX_LISTED, description="How many to list, at most: the newest of them."
    )


class ExchangeNumber(Parameters):
    """One exchange."""

    id: int = Field(ge=1, description="The number of an exchange.")


def _describe_list(found: Result) -> str:
    if not found["is_on"]:
        return "The server keeps no journal: it was started with --journal 0."
    lines = [_line(entry) for entry in found["entries"]]
    more = found["matched"] - len(lines)
    if more > 0:
        lines.insert(0, f"({more} more before these)")
    return "\n".join(lines) or "No exchange matches."


def _line(entry: Result) -> str:
    status = entry["status"] or "---"
    who = f"  {entry['mailbox']}" if entry["mailbox"] else ""
    fault = f"  [fault: {entry['fault']['text']}]" if entry["fault"] else ""
    part = f"  (part of {entry['parent']})" if entry["parent"] else ""
    return (
        f"{entry['id']:>5}  {entry['at'][:19]}Z  {status}  {entry['ms']:>7.1f} ms  "
        f"{entry['method']} {entry['target']}{who}{fault}{part}"
    )


def _describe_one(shown: Result) -> str:
    request, answer = shown["request"], shown["answer"]
    parts = [_line(shown)]
    if shown["contract"]:
        parts.append("What differs from the contract:")
        parts += [f"  {each['message']}" for each in shown["contract"]]
    if shown["successor"] is not None:
        parts.append("In Microsoft Graph To Do:")
        parts += [f"  {line}" for line in _describe_successor(shown["successor"])]
    parts += ["", f"{shown['method']} {shown['target']}", *_message(request)]
    if answer is not None:
        parts += ["", f"{shown['status']} {shown['reason']}", *_message(answer)]
    return "\n".join(parts)


def _describe_successor(successor: Result) -> list[str]:
    lines = [successor["to"] or "no equivalent", successor["note"]]
    for each in (*successor["options"], *successor["members"]):
        said = each["note"] or each["to"] or "no equivalent"
        lines.append(f"{each['name']}: {said}")
    return list(filter(None, lines))


def _message(message: Result) -> list[str]:
    lines = [f"{name}: {value}" for name, value in message["headers"]]
    body = message["body"]
    if body["bytes"]:
        cut = f"\n(cut: {body['bytes']} bytes in all)" if body["is_cut"] else ""
        text = body["text"] if body["text"] is not None else f"({body['bytes']} bytes)"
        lines += ["", text + cut]
    return lines


LIST = Operation(
    noun="journal",
    summary="List exchanges, oldest first; or wait for one, or expect so many.",
    parameters=Search,
    arguments=("query",),
    is_view=True,
    describe=_describe_list,
)
SHOW = Operation(
    noun="journal",
    verb="show",
    summary="Show one exchange whole: what differs from the contract, what it becomes in Graph.",
    parameters=ExchangeNumber,
    arguments=("id",),
    is_view=True,
    describe=_describe_one,
)
CLEAR = Operation(
    noun="journal",
    verb="clear",
    summary="Forget all exchanges; numbering goes on.",
    describe=lambda cleared: f"Forgot {count_of(cleared['cleared'], 'exchange')}.",
)

OPERATIONS = (LIST, SHOW, CLEAR)
