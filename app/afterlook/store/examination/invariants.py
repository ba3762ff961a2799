"""What must hold between the rows of a store.

Owns the list. Each entry is one statement, the same on both engines, which returns the mailbox and
the id of what is wrong; it reads along keys that lead with the mailbox, so that the database needs
no more memory for a large store.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ForeignKeyConstraint

from afterlook.store.attachments import PART
from afterlook.store.changes import FOLDERS, GROUPS
from afterlook.store.parts import Parts
from afterlook.store.workmanagement.tables import WorkTask


class Invariant(NamedTuple):
    """What must hold; what is said of rows for which it does not, and what that means."""

    name: str
    wrong: str
    means: str
    statement: str


_ENTITIES = (
    ("task", "e.folder_id", "tasks"),
    ("task_folder", str(FOLDERS), "folders"),
    ("task_group", str(GROUPS), "groups"),
)
_UNSEEN = "clients that synchronise never hear of them, or not of their latest change"
_TWICE = "the next ones would get numbers that are taken, and their writes fail"
_NUMBERED = (
    ("task", "change"),
    ("task", "id"),
    ("task_folder", "change"),
    ("task_group", "change"),
    ("attachment", "id"),
    ("checklist_item", "id"),
    ("linked_resource", "id"),
    ("upload_session", "id"),
    ("change_log", "number"),
    ("work_task", "change"),
    ("source_list", "change"),
    ("source_item", "change"),
)
_KINDS = (
    (Parts.CHECKLIST_ITEMS, "checklist_item", "task", "checklist items"),
    (Parts.LINKED_RESOURCES, "linked_resource", "task", "linked resources"),
    (Parts.EXTENSIONS, "open_extension", "entity", "extensions"),
)
_COUNTED = (
    ("work_settings", "next_task", "work_task", "id"),
    ("work_settings", "next_location", "work_location", "id"),
    ("work_settings", "next_refresh", "work_refresh", "id"),
)


def _logged() -> list[Invariant]:
    found = []
    for name, scope, called in _ENTITIES:
        joined = f"""
            FROM {name} e LEFT JOIN change_log l ON l.mailbox = e.mailbox AND l.entity = e.id"""
        found += [
            Invariant(
                f"each of the {called} is in the change log",
                f"{called} that are not in the change log, or as deleted",
                _UNSEEN,
                f"SELECT e.mailbox, e.id {joined} WHERE l.entity IS NULL OR l.deleted",
            ),
            Invariant(
                f"the change log has the latest change of the {called}",
                f"{called} with another change, or in another place, than in the change log",
                _UNSEEN,
                f"""SELECT e.mailbox, e.id {joined}
                    WHERE NOT l.deleted AND (l.number <> e.change OR l.scope <> {scope})""",
            ),
        ]
    return found


def _counters() -> list[Invariant]:
    of_mailbox = [
        Invariant(
            f"the mailbox's counter has passed every {name}.{column}",
            f"rows of {name} whose {column} the counter of their mailbox has not reached",
            _TWICE,
            f"""SELECT e.mailbox, e.{column} FROM {name} e JOIN mailbox m ON m.id = e.mailbox
                WHERE e.{column} > m.change""",
        )
        for name, column in _NUMBERED
    ]
    of_lists = [
        Invariant(
            f"{counter} has passed every {name}.{key}",
            f"rows of {name} whose {key} the counter has not reached",
            _TWICE,
            f"""SELECT e.mailbox, e.{key} FROM {name} e
                LEFT JOIN {holder} c ON c.mailbox = e.mailbox
                WHERE c.mailbox IS NULL OR e.{key} >= c.{counter}""",
        )
        for holder, counter, name, key in _COUNTED
    ]
    return [*of_mailbox, *of_lists]


def _parts() -> list[Invariant]:
    return [
        Invariant(
            f"tasks know whether they have {called}",
            "tasks that say otherwise",
            "they are not shown, or not copied and deleted with their task",
            f"""SELECT t.mailbox, t.id FROM task t WHERE (t.parts / {int(kind)} % 2 = 1) <> EXISTS (
                SELECT 1 FROM {name} p WHERE p.mailbox = t.mailbox AND p.{owner} = t.id)""",
        )
        for kind, name, owner, called in _KINDS
    ]


def _references() -> list[Invariant]:
    """Return one for each foreign key: SQLite holds them for those who ask it to, and only then."""
    found = []
    for table in WorkTask.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            assert isinstance(key, ForeignKeyConstraint)  # noqa: S101
            other = key.elements[0].column.table.name
            pairs = [(one.parent.name, one.column.name) for one in key.elements]
            meets = " AND ".join(f"o.{column} = e.{own}" for own, column in pairs)
            own_key = [column.name for column in table.primary_key if column.name != "mailbox"]
            shown = own_key[-1] if own_key else "mailbox"
            # Snapshots are of all mailboxes, and so of none.
            mailbox = "e.mailbox" if "mailbox" in table.columns else "NULL"
            found.append(
                Invariant(
                    f"each {table.name} belongs to a {other}",
                    f"rows of {table.name} whose {other} is gone",
                    "nobody can reach them",
                    f"""SELECT {mailbox}, e.{shown} FROM {table.name} e
                        WHERE NOT EXISTS (SELECT 1 FROM {other} o WHERE {meets})""",
                )
            )
    return found


_OTHERS = [
    Invariant(
        "what the change log calls alive is there",
        "entries of the change log for what is not there",
        "clients that synchronise ask for things that they cannot get",
        f"""SELECT l.mailbox, l.entity FROM change_log l WHERE NOT l.deleted
            AND NOT (l.scope = {FOLDERS} AND EXISTS (SELECT 1 FROM task_folder f
                     WHERE f.mailbox = l.mailbox AND f.id = l.entity))
            AND NOT (l.scope = {GROUPS} AND EXISTS (SELECT 1 FROM task_group g
                     WHERE g.mailbox = l.mailbox AND g.id = l.entity))
            AND NOT EXISTS (SELECT 1 FROM task t
                            WHERE t.mailbox = l.mailbox AND t.id = l.entity)""",
    ),
    Invariant(
        "no tombstone that was forgotten is ahead of its mailbox",
        "mailboxes that have forgotten more than they ever wrote",
        "every sync token is taken for one that is too old",
        "SELECT id, forgotten FROM mailbox WHERE forgotten > change",
    ),
    Invariant(
        "no id stands for two things",
        "ids of a task that are those of a folder or group, too",
        "a change of one is logged as a change of the other",
        """SELECT t.mailbox, t.id FROM task t WHERE EXISTS (SELECT 1 FROM task_folder f
             WHERE f.mailbox = t.mailbox AND f.id = t.id)
           OR EXISTS (SELECT 1 FROM task_group g WHERE g.mailbox = t.mailbox AND g.id = t.id)""",
    ),
    Invariant(
        "each mailbox has its default folder",
        "mailboxes that have none, or several",
        "tasks cannot be created without naming a folder",
        """SELECT m.id, m.id FROM mailbox m WHERE 1 <> (SELECT count(*) FROM task_folder f
             WHERE f.mailbox = m.id AND f.is_default)""",
    ),
    Invariant(
        "each mailbox has its default group",
        "mailboxes that have none, or several",
        "folders cannot be created without naming a group",
        """SELECT m.id, m.id FROM mailbox m WHERE 1 <> (SELECT count(*) FROM task_group g
             WHERE g.mailbox = m.id AND g.is_default)""",
    ),
    Invariant(
        "tasks know whether they have attachments",
        "tasks that say otherwise",
        "HasAttachments is wrong",
        """SELECT t.mailbox, t.id FROM task t WHERE t.has_attachments <> EXISTS (
             SELECT 1 FROM attachment a WHERE a.mailbox = t.mailbox AND a.task = t.id)""",
    ),
    Invariant(
        "the contents of attachments are whole",
        "attachments without some of their content",
        "they cannot be downloaded",
        f"""SELECT a.mailbox, a.id FROM attachment a
            WHERE a.length <> (SELECT coalesce(sum(length(c.data)), 0) FROM attachment_content c
                               WHERE c.mailbox = a.mailbox AND c.content = a.content)
            OR (a.length + {PART - 1}) / {PART} <> (
                SELECT coalesce(max(c.part), -1) + 1 FROM attachment_content c
                WHERE c.mailbox = a.mailbox AND c.content = a.content)""",
    ),
    Invariant(
        "contents belong to attachments",
        "contents that are no attachment's",
        "they only take space",
        """SELECT c.mailbox, c.content FROM attachment_content c WHERE c.part = 0
             AND NOT EXISTS (SELECT 1 FROM attachment a
                             WHERE a.mailbox = c.mailbox AND a.content = c.content)""",
    ),
    Invariant(
        "extended properties belong to tasks or folders",
        "extended properties of what is gone",
        "they only take space",
        """SELECT p.mailbox, p.entity FROM extended_property p
           WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.mailbox = p.mailbox AND t.id = p.entity)
           AND NOT EXISTS (SELECT 1 FROM task_folder f
                           WHERE f.mailbox = p.mailbox AND f.id = p.entity)""",
    ),
    Invariant(
        "extensions belong to tasks or folders",
        "extensions of what is gone",
        "they only take space",
        """SELECT p.mailbox, p.entity FROM open_extension p
           WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.mailbox = p.mailbox AND t.id = p.entity)
           AND NOT EXISTS (SELECT 1 FROM task_folder f
                           WHERE f.mailbox = p.mailbox AND f.id = p.entity)""",
    ),
    Invariant(
        "upload sessions have what they received",
        "upload sessions that lack some of it, or count on more than their file",
        "the file would not be whole",
        f"""SELECT u.mailbox, u.id FROM upload_session u WHERE u.received > u.size
            OR u.received <> (SELECT coalesce(sum(length(p.data)), 0) FROM upload_session_part p
                              WHERE p.mailbox = u.mailbox AND p.session = u.id)
            OR (u.received + {PART - 1}) / {PART} <> (
                SELECT coalesce(max(p.part), -1) + 1 FROM upload_session_part p
                WHERE p.mailbox = u.mailbox AND p.session = u.id)""",
    ),
    Invariant(
        "tasks of Work Management are in known locations",
        "tasks whose location is gone",
        "views by location leave them out",
        """SELECT w.mailbox, w.id FROM work_task w WHERE w.location > 0 AND NOT EXISTS (
             SELECT 1 FROM work_location o WHERE o.mailbox = w.mailbox AND o.id = w.location)""",
    ),
    Invariant(
        "the user's order has a place for each task",
        "tasks that share their place with another one",
        "moving one of them may not move it",
        """SELECT w.mailbox, w.id FROM work_task w WHERE EXISTS (SELECT 1 FROM work_task o
             WHERE o.mailbox = w.mailbox AND o.position = w.position AND o.id < w.id)""",
    ),
    Invariant(
        "lists know how many items they have",
        "lists that count other items than they have",
        "ItemCount is wrong",
        """SELECT s.mailbox, s.id FROM source_list s WHERE s.items <> (
             SELECT count(*) FROM source_item i
             WHERE i.mailbox = s.mailbox AND i.list = s.id AND NOT i.deleted)""",
    ),
    Invariant(
        "the counters of lists have passed their items",
        "items whose number their list has not reached",
        _TWICE,
        """SELECT i.mailbox, i.id FROM source_item i
           JOIN source_list s ON s.mailbox = i.mailbox AND s.id = i.list
           WHERE i.id >= s.next_item""",
    ),
    Invariant(
        "Exchange sync has pairs of tasks that are there",
        "pairs whose task of the list is gone, unnoticed",
        "Exchange sync does not carry its deletion over",
        """SELECT p.mailbox, p.task FROM work_exchange_pair p WHERE NOT p.gone AND NOT EXISTS (
             SELECT 1 FROM work_task w WHERE w.mailbox = p.mailbox AND w.id = p.task)""",
    ),
    Invariant(
        "Exchange sync is not ahead of the mailbox",
        "mailboxes whose Exchange sync has seen more than there is",
        "it leaves changes out",
        """SELECT s.mailbox, s.mailbox FROM work_settings s JOIN mailbox m ON m.id = s.mailbox
           WHERE s.exchange_outlook > m.change OR s.exchange_change > m.change""",
    ),
]


def list_invariants() -> list[Invariant]:
    """Return all that must hold."""
    return [*_references(), *_logged(), *_counters(), *_parts(), *_OTHERS]
