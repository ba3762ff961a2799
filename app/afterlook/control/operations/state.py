"""The state of all mailboxes: back to the start, seeds, snapshots, and files to take along."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from afterlook.control.operation import FromFile, Operation, Parameters, Result
from afterlook.control.values import count_of


class OneOrAll(Parameters):
    """One mailbox, or all."""

    mailbox: str | None = Field(
        None, max_length=320, description="Name or UPN of a mailbox; else all of them."
    )


def _expect_seed(given: object) -> object:
    if isinstance(given, str | dict):
        return given
    reason = "give a shipped seed's name, or a seed as a JSON object"
    raise ValueError(reason)  # pydantic makes a problem of this one alone


class GivenSeed(Parameters):
    """A seed and the mailbox to load it into."""

    seed: Annotated[
        str | dict[str, Any], FromFile(may_be_name=True), BeforeValidator(_expect_seed)
    ] = Field(description="A shipped seed's name, or a seed as a JSON object.")
    mailbox: str | None = Field(
        None,
        max_length=320,
        description="Mailbox to load it into, whatever the seed says; the seed must have just one.",
    )


class SnapshotName(Parameters):
    """The name of a snapshot."""

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
        description="Name: up to 64 letters, digits, dots, dashes and underscores.",
        examples=["before-the-import"],
    )


class Exported(OneOrAll):
    """What to export, and in which form."""

    format: Literal["afterlook", "graph"] = Field(
        default="afterlook",
        description="afterlook: with everything; graph: lists of To Do as Graph answers.",
    )


class GivenDocument(Parameters):
    """What `export` has written, or a script that saved what Graph answers."""

    document: Annotated[dict[str, Any], FromFile()] = Field(
        description="What `export` wrote, or lists as Graph answers them, as a JSON object."
    )
    mailbox: str | None = Field(
        None,
        max_length=320,
        description="Mailbox that Graph's lists are added to, else the demo user's.",
    )
    replace: bool = Field(
        default=False, description="Replace the mailboxes that the file names, if they are there."
    )


def _describe_mailboxes(verb: str) -> Any:
    def describe(result: Result) -> str:
        return f"{verb} {count_of(len(result['mailboxes']), 'mailbox', 'mailboxes')}."

    return describe


def _describe_snapshot(result: Result) -> str:
    mailboxes = count_of(result["mailboxes"], "mailbox", "mailboxes")
    tasks = count_of(result["tasks"], "task")
    return f"{result['name']}  {result['saved']}  {mailboxes}, {tasks}, {result['bytes']} bytes"


def _describe_snapshots(result: Result) -> str:
    lines = map(_describe_snapshot, result["snapshots"])
    return "\n".join(lines) or "There are no snapshots."


def _describe_deleted(result: Result) -> str:
    return f"Deleted {result['name']}."


def _describe_export(result: Result) -> str:
    if "value" in result:
        return f"Exported {count_of(len(result['value']), 'list')}."
    return f"Exported {count_of(len(result['Mailboxes']), 'mailbox', 'mailboxes')}."


def _describe_import(result: Result) -> str:
    imported = count_of(len(result["mailboxes"]), "mailbox", "mailboxes")
    if result["tasks"] is not None:
        counts = count_of(result["lists"], "list"), count_of(result["tasks"], "task")
        imported = f"{' with '.join(counts)} into {imported}"
    return "\n".join([f"Imported {imported}.", *result["notes"]])


RESET = Operation(
    noun="reset",
    summary="Go back to the seed that the server was started with.",
    parameters=OneOrAll,
    describe=_describe_mailboxes("Reset"),
)
SEED = Operation(
    noun="seed",
    summary="Add a seed, by name or from a file, to what is there; all or nothing.",
    parameters=GivenSeed,
    arguments=("seed",),
    has_document=True,
    describe=_describe_mailboxes("Seeded"),
)
SAVE = Operation(
    noun="snapshot",
    verb="save",
    summary="Save all mailboxes under a name, in place of an earlier snapshot of that name.",
    parameters=SnapshotName,
    arguments=("name",),
    is_shared=True,
    describe=_describe_snapshot,
)
RESTORE = Operation(
    noun="snapshot",
    verb="restore",
    summary="Go back to a snapshot: its mailboxes are as they were, all others are gone.",
    parameters=SnapshotName,
    arguments=("name",),
    describe=_describe_snapshot,
)
LIST = Operation(
    noun="snapshot",
    verb="list",
    summary="List the snapshots, the latest first.",
    is_view=True,
    is_shared=True,
    describe=_describe_snapshots,
)
DELETE = Operation(
    noun="snapshot",
    verb="delete",
    summary="Delete a snapshot.",
    parameters=SnapshotName,
    arguments=("name",),
    is_shared=True,
    describe=_describe_deleted,
)
EXPORT = Operation(
    noun="export",
    summary="Write mailboxes with everything in them to one JSON file.",
    parameters=Exported,
    is_view=True,
    is_shared=True,
    is_saved=True,
    describe=_describe_export,
)
IMPORT = Operation(
    noun="import",
    summary="Read a file of `export`, or lists as Microsoft Graph answers them; all or nothing.",
    parameters=GivenDocument,
    arguments=("document",),
    has_document=True,
    describe=_describe_import,
)

OPERATIONS = (RESET, SEED, SAVE, RESTORE, LIST, DELETE, EXPORT, IMPORT)
