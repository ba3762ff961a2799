"""What of a mailbox would be lost: what is looked for, and how it is counted.

Owns the words for it. How each is found in the store is `store.inventory`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from afterlook.mailbox.slugs import slug_of
from afterlook.migration.verdicts import IS_LOSS, Verdict
from afterlook.store import inventory
from afterlook.store.sessions import ReadSession

_CHANGED, _NEAREST, _LOST = Verdict.CHANGED, Verdict.NEAREST, Verdict.LOST


class Loss(NamedTuple):
    """Something that is looked for, by its key in `store.inventory`; `of` is what is counted."""

    key: str
    of: str
    what: str
    becomes: str
    verdict: Verdict


LOSSES = (
    Loss("html", "task", "HTML with markup in the body", "plain text", _LOST),
    Loss("zones", "task", "dates in another zone than UTC", "told in UTC", _LOST),
    Loss("assigned", "task", "AssignedTo", "no place", _LOST),
    Loss("sensitivity", "task", "Sensitivity other than Normal", "no place", _LOST),
    Loss("extended", "task", "extended properties", "nearest: an open extension", _NEAREST),
    Loss("items", "task", "item attachments", "no place", _LOST),
    Loss("references", "task", "reference attachments", "nearest: a linked resource", _NEAREST),
    Loss(
        *("inline", "task", "files with IsInline, ContentId or ContentLocation"),
        *("files like any other", _LOST),
    ),
    Loss("too_large", "task", "files above 25 MB", "refused", _LOST),
    Loss(
        "grouped",
        "folder",
        "a group other than the default one",
        "lists of all groups lie flat",
        _LOST,
    ),
    Loss(
        *("folder_extended", "folder", "extended properties"),
        *("nearest: an open extension of the list", _NEAREST),
    ),
    Loss("other_groups", "group", "groups of folders", "no place", _LOST),
    Loss("large", "task", "files above 3 MB", "an upload session for each", _CHANGED),
    Loss("untitled", "task", "no Subject", "a title has to be given", _CHANGED),
    Loss(
        "dateless",
        "task",
        "a recurrence without a due date",
        "a due date has to be given",
        _CHANGED,
    ),
)
"""What is lost before what only takes more work."""


class Found:
    """What was found in mailboxes: counts, and up to `most` examples of each loss."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.counts: dict[str, int] = dict.fromkeys(
            ("mailboxes", "groups", "folders", "tasks", *inventory.KEYS), 0
        )
        self._counted: dict[str, int] = {}
        self._examples: dict[str, list[dict[str, Any]]] = {key: [] for key in inventory.KEYS}

    def count(self, session: ReadSession) -> None:
        """Count what one more mailbox has."""
        self._counted = inventory.count(session)
        for key, number in {"mailboxes": 1, **self._counted}.items():
            self.counts[key] += number

    def name(self, session: ReadSession) -> None:
        """Name some of what was counted last."""
        mailbox = slug_of(session.mailbox)
        for key, examples in self._examples.items():
            wanted = self._most - len(examples)
            if wanted > 0 and self._counted[key]:
                examples += [
                    {"mailbox": mailbox, "name": one.name or "", "within": one.within or ""}
                    for one in inventory.list_examples(session, key, wanted)
                ]

    def describe(self) -> Sequence[dict[str, Any]]:
        """Return each loss with what was found of it, nothing too."""
        return [
            {
                "key": loss.key,
                "of": loss.of,
                "what": loss.what,
                "becomes": loss.becomes,
                "verdict": loss.verdict.value,
                "count": self.counts[loss.key],
                "examples": self._examples[loss.key],
            }
            for loss in LOSSES
        ]

    @property
    def is_lossless(self) -> bool:
        """Whether nothing would be lost."""
        return not any(self.counts[loss.key] for loss in LOSSES if loss.verdict in IS_LOSS)
