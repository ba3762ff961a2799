"""What the change log of a mailbox says, beside what its entities say."""

from dataclasses import dataclass, field

from sqlalchemy import select

from afterlook.store.changes import FOLDERS, GROUPS
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.tables import Change, Mailbox, Task, TaskFolder, TaskGroup, table

Entity = tuple[int, int]
"""Scope and id, as the log has them."""

_log, _mailbox, _task = table(Change), table(Mailbox), table(Task)
_folder, _group = table(TaskFolder), table(TaskGroup)


@dataclass
class LogContents:
    """The log, the change numbers of living entities, and the counter."""

    log: dict[Entity, tuple[int, bool]] = field(default_factory=dict)
    living: dict[Entity, int] = field(default_factory=dict)
    counter: int = 0


def read_log(store: Store, mailbox: MailboxRow) -> LogContents:
    """Read everything that numbers say about a mailbox."""
    contents = LogContents()
    with store.session() as session:
        entries = select(_log.c.scope, _log.c.entity, _log.c.number, _log.c.deleted)
        for scope, entity, number, deleted in session.ad_hoc(
            entries.where(_log.c.mailbox == mailbox.id), {}
        ):
            contents.log[scope, entity] = (number, deleted)
        tasks = select(_task.c.folder_id, _task.c.id, _task.c.change)
        for folder, task, change in session.ad_hoc(tasks.where(_task.c.mailbox == mailbox.id), {}):
            contents.living[folder, task] = change
        for rows, scope in ((_folder, FOLDERS), (_group, GROUPS)):
            living = select(rows.c.id, rows.c.change).where(rows.c.mailbox == mailbox.id)
            for entity, change in session.ad_hoc(living, {}):
                contents.living[scope, entity] = change
        counter = select(_mailbox.c.change).where(_mailbox.c.id == mailbox.id)
        first = session.first(counter, {})
        assert first is not None
        contents.counter = first[0]
    return contents
