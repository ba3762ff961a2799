"""Steps, linked resources and extensions of tasks: what they may be, and what changes with them."""

from collections.abc import Callable
from typing import Any

import pytest

from afterlook.errors import ChangeKeyStale, InvalidRequest, ItemNotFound
from afterlook.mailbox import checklists, extensions, folders, linked_resources, parts, tasks
from afterlook.mailbox.checklists import NewChecklistItem
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.linked_resources import NewLinkedResource
from afterlook.mailbox.result_pages import ResultPage
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.odata.edm import BOOLEAN, STRING
from afterlook.odata.etag import Precondition, Tags
from afterlook.odata.filter import tree
from afterlook.runtime.instants import Instant
from afterlook.store import changes, pages
from afterlook.store import extensions as stored_extensions
from afterlook.store.pages import Page
from afterlook.store.parts import Parts
from afterlook.store.rows import ExtensionRow, MailboxRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.store import Store
from tests.store.changelog import read_log
from tests.support.parts import fill_with_parts, key_of, see_parts

STALE = Precondition(if_match=Tags(frozenset({"stale"})))
ITEM = NewChecklistItem("Milk")
LINK = NewLinkedResource("https://shop.example/1")
EARLIER = Instant(635_000_000_000_000_000)


@pytest.fixture
def task(store: Store, mailbox: MailboxRow) -> ItemKey:
    """Return a new task."""
    return fresh(store, mailbox)


def fresh(store: Store, mailbox: MailboxRow) -> ItemKey:
    """Make a task without parts."""
    with store.write_session(mailbox) as session:
        return key_of(tasks.create_task(session, DEFAULT_FOLDER, TaskValues(), UTC))


def get(store: Store, mailbox: MailboxRow, key: ItemKey) -> TaskRow:
    """Return a task as it is."""
    with store.read_session(mailbox) as session:
        return tasks.get_task(session, key)


Add = Callable[[WriteSession, ItemKey, Precondition], str]
Update = Callable[[WriteSession, ItemKey, str], object]
Drop = Callable[[WriteSession, ItemKey, str, Precondition], None]
KINDS: dict[Parts, tuple[Add, Update, Drop]] = {
    Parts.CHECKLIST_ITEMS: (
        lambda session, key, given: checklists.add_checklist_item(session, key, ITEM, given).guid,
        lambda session, key, made: checklists.update_checklist_item(
            session, key, made, {"display_name": "Bread"}
        ),
        checklists.delete_checklist_item,
    ),
    Parts.LINKED_RESOURCES: (
        lambda session, key, given: (
            linked_resources.add_linked_resource(session, key, LINK, given).guid
        ),
        lambda session, key, made: linked_resources.update_linked_resource(
            session, key, made, {"display_name": "Bread"}
        ),
        linked_resources.delete_linked_resource,
    ),
    Parts.EXTENSIONS: (
        lambda session, key, given: (
            extensions.add_extension(session, key, "a.b", {"x": 1}, given).name
        ),
        lambda session, key, made: extensions.update_extension(session, key, made, {"y": 2}),
        extensions.delete_extension,
    ),
}
"""How a part of each kind comes to a task, changes, and goes."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_a_part_is_one_of_its_task(
    store: Store, mailbox: MailboxRow, task: ItemKey, kind: Parts
) -> None:
    """It has another change key, clients that synchronise hear of it, and it knows its parts."""
    add, update, drop = KINDS[kind]
    seen = [get(store, mailbox, task)]

    def look() -> None:
        seen.append(get(store, mailbox, task))
        assert read_log(store, mailbox).log[DEFAULT_FOLDER, task.item] == (seen[-1].change, False)

    with store.write_session(mailbox) as session:
        made = add(session, task, Precondition())
    look()
    with store.write_session(mailbox) as session:
        update(session, task, made)
    look()
    with store.write_session(mailbox) as session:
        drop(session, task, made, Precondition())
    look()
    assert [each.parts for each in seen] == [0, kind, kind, 0]
    assert [each.change for each in seen] == sorted({each.change for each in seen})


@pytest.mark.parametrize("kind", KINDS)
def test_a_stale_change_key_changes_nothing(
    store: Store, mailbox: MailboxRow, task: ItemKey, kind: Parts
) -> None:
    add, _, drop = KINDS[kind]
    with store.write_session(mailbox) as session:
        made = add(session, task, Precondition())
    before = get(store, mailbox, task)
    with pytest.raises(ChangeKeyStale), store.write_session(mailbox) as session:
        add(session, task, STALE)
    with pytest.raises(ChangeKeyStale), store.write_session(mailbox) as session:
        drop(session, task, made, STALE)
    assert get(store, mailbox, task) == before


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_another_task(
    store: Store, mailbox: MailboxRow, task: ItemKey, kind: Parts
) -> None:
    """They are not found, and not deleted."""
    add, _, drop = KINDS[kind]
    with store.write_session(mailbox) as session:
        made = add(session, task, Precondition())
    other = fresh(store, mailbox)
    with pytest.raises(ItemNotFound), store.write_session(mailbox) as session:
        drop(session, other, made, Precondition())
    assert get(store, mailbox, task).parts == kind


@pytest.mark.parametrize("kind", KINDS)
def test_most(
    store: Store, mailbox: MailboxRow, kind: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task has so many and no more; another one has its own."""
    for module, name in (
        (checklists, "MAX_ITEMS"),
        (linked_resources, "MAX_RESOURCES"),
        (extensions, "MAX_EXTENSIONS"),
    ):
        monkeypatch.setattr(module, name, 2)
    add = KINDS[kind][0]
    key, other = fill_with_parts(store, mailbox), fresh(store, mailbox)
    # Of steps it has two already, of everything else one.
    for owner in (key, other) if kind is not Parts.CHECKLIST_ITEMS else (other,):
        with store.write_session(mailbox) as session:
            add(session, owner, Precondition())
    with store.write_session(mailbox) as session:
        stored_extensions.remove(session, key.item, "a.b")
        stored_extensions.put(session, ExtensionRow(key.item, "another", "{}"))
    with pytest.raises(InvalidRequest, match="at most"), store.write_session(mailbox) as session:
        add(session, key, Precondition())


def test_ticking(store: Store, mailbox: MailboxRow, task: ItemKey) -> None:
    """Says when, once; unticking takes that away; the task's status stays."""
    with store.write_session(mailbox) as session:
        guid = checklists.add_checklist_item(session, task, ITEM).guid
    seen = []
    for values in ({"is_checked": True}, {"display_name": "Bread"}, {"is_checked": False}, {}):
        with store.write_session(mailbox) as session:
            row = checklists.update_checklist_item(session, task, guid, values)  # type: ignore[arg-type]
            seen.append((row.display_name, row.checked == session.now, row.is_checked))
    assert seen == [
        ("Milk", True, True),
        ("Bread", True, True),
        ("Bread", False, False),
        ("Bread", False, False),
    ]
    assert get(store, mailbox, task).status == 0


def test_instants_of_a_client(store: Store, mailbox: MailboxRow, task: ItemKey) -> None:
    """Count, where it says some."""
    given = NewChecklistItem("Milk", is_checked=True, created=EARLIER, checked=EARLIER)
    with store.write_session(mailbox) as session:
        row = checklists.add_checklist_item(session, task, given)
        assert (row.created, row.checked) == (EARLIER, EARLIER)
        again = checklists.update_checklist_item(session, task, row.guid, {"checked": session.now})
        assert again.checked == session.now


@pytest.mark.parametrize("length", [parts.MAX_TEXT, parts.MAX_TEXT + 1])
def test_long_texts(store: Store, mailbox: MailboxRow, task: ItemKey, length: int) -> None:
    def add(session: WriteSession) -> list[str | None]:
        item = checklists.add_checklist_item(session, task, NewChecklistItem("ä" * length))
        linked = NewLinkedResource(external_id="ä" * length)
        return [
            item.display_name,
            linked_resources.add_linked_resource(session, task, linked).external_id,
        ]

    if length <= parts.MAX_TEXT:
        with store.write_session(mailbox) as session:
            assert add(session) == ["ä" * length] * 2
    else:
        with pytest.raises(InvalidRequest), store.write_session(mailbox) as session:
            add(session)


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("a", {"x": {"y": 1}}),
    ("a", {"x": [[1]]}),
    ("a", {"x": [{"y": 1}]}),
    ("a", {"x": "y" * extensions.MAX_CONTENT}),
    (" ", {"x": 1}),
    ("a" * (folders.MAX_NAME + 1), {"x": 1}),
    ("microsoft.graph.openTypeExtension.", {"x": 1}),
    ("TAKEN", {"x": 1}),
]


def test_what_no_extension_is(store: Store, mailbox: MailboxRow, task: ItemKey) -> None:
    with store.write_session(mailbox) as session:
        extensions.add_extension(session, task, "taken", {})
    for name, members in REFUSED:
        with pytest.raises(InvalidRequest), store.write_session(mailbox) as session:
            extensions.add_extension(session, task, name, members)
    with store.read_session(mailbox) as session:
        assert extensions.count_extensions(session, task, None) == 1


def test_members_of_an_extension(store: Store, mailbox: MailboxRow, task: ItemKey) -> None:
    """Those that are written again change, null takes one away, others stay; any spelling."""
    whole = "microsoft.graph.openTypeExtension.com.example"
    with store.write_session(mailbox) as session:
        extensions.add_extension(session, task, whole, {"a": 1, "b": [1, "x"], "c": None})
        extensions.update_extension(session, task, "COM.Example", {"a": None, "d": True})
    with store.read_session(mailbox) as session:
        row = extensions.get_extension(session, task, "com.example")
    assert (row.name, extensions.read_members(row)) == (
        "com.example",
        {"b": [1, "x"], "d": True},
    )


def test_extensions_of_a_folder(store: Store, mailbox: MailboxRow) -> None:
    """Change it as clients see it, and go with it."""
    with store.write_session(mailbox) as session:
        folder = folders.create_folder(session, "Garden")
    with store.write_session(mailbox) as session:
        extensions.add_extension(session, folder.id, "a", {"x": 1})
    with store.read_session(mailbox) as session:
        changed = folders.get_folder(session, folder.id)
        listed = extensions.list_of_folders(session, [changed])
    assert changed.change > folder.change
    assert [row.name for row in listed[folder.id]] == ["a"]
    assert read_log(store, mailbox).log[changes.FOLDERS, folder.id] == (changed.change, False)
    with store.write_session(mailbox) as session:
        extensions.delete_extension(session, folder.id, "a")
    with store.read_session(mailbox) as session, pytest.raises(ItemNotFound):
        extensions.get_extension(session, folder.id, "a")


def is_checked(*, value: bool) -> tree.Expression:
    """Return what asks whether a step is done."""
    path = tree.Path("IsChecked", BOOLEAN, "is_checked", nullable=False)
    return tree.Comparison("eq", path, tree.Literal(value, BOOLEAN))


def test_pages_of_parts(store: Store, mailbox: MailboxRow) -> None:
    """They are sorted, filtered and counted like anything else."""
    key = fill_with_parts(store, mailbox)
    by_name = Page(1, order=(("display_name", True),), counted=True)
    with store.read_session(mailbox) as session:
        page = checklists.list_checklist_items(session, key, by_name)
        assert ([row.display_name for row in page.rows], page.more, page.total) == (
            ["Milk"],
            True,
            2,
        )
        for value, names in ((True, ["Bread"]), (False, ["Milk"])):
            done = Page(9, filter=is_checked(value=value))
            rows = checklists.list_checklist_items(session, key, done).rows
            assert [row.display_name for row in rows] == names
        assert checklists.count_checklist_items(session, key, is_checked(value=True)) == 1
        assert len(linked_resources.list_linked_resources(session, key, Page(9)).rows) == 1
        assert linked_resources.count_linked_resources(session, key, None) == 1
        named = Page(9, order=(("name", True),))
        assert len(extensions.list_extensions(session, key, named).rows) == 1


@pytest.mark.parametrize("part", ["id", "name"])
def test_tasks_by_their_extensions(store: Store, mailbox: MailboxRow, part: str) -> None:
    """Filters find those that have one, by its name as by its id."""
    key = fill_with_parts(store, mailbox)
    fresh(store, mailbox)
    name = "com.EXAMPLE.shop"
    wanted = f"microsoft.graph.openTypeExtension.{name}" if part == "id" else name
    condition = tree.Comparison(
        "eq", tree.Variable("f", STRING, part), tree.Literal(wanted, STRING)
    )
    collection = tree.Path("Extensions", STRING, "extensions", nullable=False)
    asked = tree.Quantifier("any", collection, "f", condition)
    with store.read_session(mailbox) as session:
        found = tasks.list_tasks(session, Page(9, filter=asked)).rows
    assert [task.id for task in found] == [key.item]


def test_a_page_of_tasks_ends_with_the_texts_of_their_parts(
    store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One task always comes; those without parts cost nothing."""
    keys = [fill_with_parts(store, mailbox) for _ in range(3)]
    fresh(store, mailbox)

    def read(session: ReadSession) -> ResultPage[TaskRow]:
        return parts.truncate_for_parts(session, tasks.list_tasks(session, Page(9)))

    with store.read_session(mailbox) as session:
        whole = read(session)
        seen = [see_parts(session, task).mask for task in whole.rows]
        assert (seen, whole.more) == ([7, 7, 7, 0], False)
        for room, expected in ((1, 1), (250, 2)):
            monkeypatch.setattr(pages, "MAX_PAGE_TEXT", room)
            ended = parts.truncate_for_parts(session, whole)
            assert [task.id for task in ended.rows] == [key.item for key in keys][:expected]
            assert ended.more
            assert parts.count_fitting_tasks(session, whole.rows, Parts.NONE) == 4


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (["x", "x", "X"], ["x", "x (1)", "X (2)"]),
        (["x (1)", "x", "x"], ["x (1)", "x", "x (2)"]),
        (["ä" * 255] * 3, ["ä" * 255, "ä" * 251 + " (1)", "ä" * 251 + " (2)"]),
        (["Tasks"], ["Tasks (1)"]),
    ],
)
def test_names_that_are_taken(
    store: Store, mailbox: MailboxRow, given: list[str], made: list[str]
) -> None:
    """Get the next number that is free, and are never longer than a name may be."""
    names = []
    for name in given:
        with store.write_session(mailbox) as session:
            names.append(folders.create_folder(session, name, numbered=True).name)
    assert names == made
