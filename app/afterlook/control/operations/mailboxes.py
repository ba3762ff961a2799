"""Mailboxes: which there are, what is in one, and throw-away ones with a token that opens them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.values import count_of

MAX_LISTED = 1000

_NAMED: dict[str, Any] = {
    "max_length": 320,
    "description": "Its name in addresses, such as alice, or its user's UPN.",
}


class HowMany(Parameters):
    """How many to list."""

    limit: int = Field(100, ge=1, le=MAX_LISTED, description="The most to list.")


class NewMailbox(Parameters):
    """Whose mailbox to make."""

    upn: str | None = Field(
        None,
        pattern=r"^\S{1,320}$",
        examples=["alice@contoso.example"],
        description="User principal name; alice: alice@afterlook.example; omitted: a new one.",
    )
    owner: str | None = Field(
        None, min_length=1, max_length=320, description="Display name of its user."
    )
    expires_in: int | None = Field(
        None,
        ge=1,
        le=315_360_000,
        description="Seconds until its token expires; omitted: never.",
    )


class NamedMailbox(Parameters):
    """Which mailbox."""

    mailbox: str = Field(**_NAMED)


class ShownMailbox(NamedMailbox):
    """Which mailbox, and how much of it."""

    limit: int = Field(100, ge=1, le=MAX_LISTED, description="The most tasks to show.")


class TokenFor(Parameters):
    """Whom a token is for, and what it allows."""

    user: str = Field(
        pattern=r"^\S{1,320}$",
        examples=["alice@contoso.example"],
        description="A mailbox's name, or a UPN; a user who has no mailbox yet gets one.",
    )
    scope: str | None = Field(
        None, max_length=2048, description="Scopes, separated by spaces (default: all)."
    )
    expires_in: int = Field(
        3600,
        ge=-315_360_000,
        le=315_360_000,
        description="Seconds until it expires; 0 or less: it has expired already.",
    )


def _describe_mailbox(mailbox: Result) -> str:
    counts = (
        count_of(mailbox["folders"], "folder"),
        count_of(mailbox["tasks"], "task"),
        count_of(mailbox["attachments"], "attachment"),
    )
    return f"{mailbox['upn']}  {', '.join(counts)}  ({mailbox['opened_by']})"


def _describe_list(result: Result) -> str:
    lines = [_describe_mailbox(each) for each in result["mailboxes"]]
    left = result["total"] - len(lines)
    if left:
        lines.append(f"… and {count_of(left, 'older one')}.")
    return "\n".join(lines) or "There are no mailboxes."


def _describe_created(result: Result) -> str:
    return f"{result['upn']}\n{result['token']}"


def _describe_deleted(result: Result) -> str:
    return f"Deleted the mailbox of {result['upn']}."


def _describe_contents(result: Result) -> str:
    lines = [f"{result['upn']} ({result['owner']})"]
    for folder in result["folders"]:
        lines.append(f"{folder['Name']}:")
        lines += [f"  [{_mark(task)}] {task['Subject']}" for task in folder["Tasks"]]
    left = result["total"] - sum(len(folder["Tasks"]) for folder in result["folders"])
    if left:
        lines.append(f"… and {count_of(left, 'further task')}.")
    return "\n".join(lines)


def _mark(task: Result) -> str:
    return "x" if task["Status"] == "Completed" else " "


def _describe_token(result: Result) -> str:
    return str(result["access_token"])


LIST = Operation(
    noun="mailbox",
    verb="list",
    summary="List the mailboxes, the newest first.",
    parameters=HowMany,
    is_view=True,
    is_shared=True,
    describe=_describe_list,
)
SHOW = Operation(
    noun="mailbox",
    verb="show",
    summary="Show the folders and tasks of a mailbox.",
    parameters=ShownMailbox,
    arguments=("mailbox",),
    is_view=True,
    is_shared=True,
    describe=_describe_contents,
)
CREATE = Operation(
    noun="mailbox",
    verb="create",
    summary="Make a mailbox, with a token that opens it: one for each test, say.",
    parameters=NewMailbox,
    is_shared=True,
    describe=_describe_created,
)
DELETE = Operation(
    noun="mailbox",
    verb="delete",
    summary="Delete a mailbox with everything in it.",
    parameters=NamedMailbox,
    arguments=("mailbox",),
    describe=_describe_deleted,
)
TOKEN = Operation(
    noun="token",
    summary="Make a bearer token for a user.",
    parameters=TokenFor,
    is_shared=True,
    describe=_describe_token,
)

OPERATIONS = (LIST, SHOW, CREATE, DELETE, TOKEN)
