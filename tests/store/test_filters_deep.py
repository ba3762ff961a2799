"""Filters as deep and as long as they may be: an answer or a refusal, never an engine's failure."""

import pytest

from afterlook.errors import InvalidFilter
from afterlook.mailbox import tasks
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.odata.filter.scopes import parse


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("concat(Subject,{})", 39),
        ("substring(Subject,length({}))", 19),
        ("substring(Subject,1 div (1 sub length({})))", 12),
        ("trim({})", 39),
    ],
)
def test_deep_texts(store: Store, mailbox: MailboxRow, text: str, levels: int) -> None:
    """At every depth an answer or a refusal, never a failure of the engine."""
    _every_depth(store, mailbox, "Subject", text, levels, " eq 'a'")


@pytest.mark.parametrize(
    "text",
    [
        "Subject eq 'a' and (Subject eq 'b' or {})",
        "contains(Subject,'a') eq (Subject eq 'c' and ({}))",
        "not (Subject ne 'a' and ({}))",
        "Categories/all(c{0}:c{0} eq 'a' or ({}))",
        "Categories/any(c{0}:c{0} ne 'a' and ({}))",
        "(length(Subject) div 0.5) gt 1 and not ({})",
    ],
)
def test_deep_conditions(store: Store, mailbox: MailboxRow, text: str) -> None:
    """Likewise."""
    _every_depth(store, mailbox, "contains(Subject,'a')", text, 38, "")


def _every_depth(
    store: Store, mailbox: MailboxRow, inner: str, around: str, levels: int, ending: str
) -> None:
    served = 0
    for level in range(levels):
        try:
            page = Page(10, filter=parse(inner + ending))
            with store.read_session(mailbox) as session:
                assert tasks.list_tasks(session, page).rows == []
            served += 1
        except InvalidFilter as refusal:
            if "nested" not in refusal.message:
                raise
        inner = around.replace("{0}", str(level)).replace("{}", inner)
    assert served >= 3


def test_very_long_filters(store: Store, mailbox: MailboxRow) -> None:
    """As many operands as there may be, each with the longest SQL there is."""
    for part, count in [
        ("year(DueDateTime/DateTime) eq 1", 133),
        ("day(DueDateTime/DateTime) ne month(StartDateTime/DateTime)", 99),
        ("endswith(Subject,AssignedTo) eq null", 99),
        ("Subject eq AssignedTo", 199),
        ("Categories/any(c:c eq 'a')", 133),
    ]:
        text = " or ".join([part] * count)
        with store.read_session(mailbox) as session:
            assert tasks.count_tasks(session, parse(text)) == 0
