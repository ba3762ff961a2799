"""What `afterlook doctor` finds: each fault is planted, and found; a sound store has none."""

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Boolean, LargeBinary, Table, create_engine, insert, text
from sqlalchemy.engine import Connection
from sqlalchemy.types import Double, Integer

from afterlook import main, settings
from afterlook.seeds import files as seeds
from afterlook.store.attachments import PART
from afterlook.store.examination import files
from afterlook.store.examination.examine import Check, _examine, examine
from afterlook.store.examination.invariants import list_invariants
from afterlook.store.workmanagement.tables import WorkTask
from tests.support.client import Client
from tests.support.databases import new_database
from tests.support.parts import fill_with_parts, find_demo
from tests.support.server import expect_failure, run_here
from tests.support.stores import new_mailbox, open_store
from tests.support.wire import Engine, Mailbox, Wire

NOWHERE = 999
TABLES = {table.name: table for table in WorkTask.metadata.sorted_tables}

TASK = "(SELECT min(id) FROM task WHERE mailbox = 1)"
FAULTS = {
    "each of the tasks is in the change log": f"DELETE FROM change_log WHERE entity = {TASK}",
    "the change log has the latest change of the tasks": "UPDATE task SET change = change - 1",
    "each of the folders is in the change log": "DELETE FROM change_log WHERE scope = 0",
    "the change log has the latest change of the folders": "UPDATE task_folder SET change = 0",
    "each of the groups is in the change log": "UPDATE change_log SET deleted = (1 = 1)",
    "the change log has the latest change of the groups": "UPDATE change_log SET scope = -1 "
    "WHERE scope = 1",
    **{
        f"the mailbox's counter has passed every {name}": "UPDATE mailbox SET change = 0"
        for name in (
            "task.change", "task.id", "task_folder.change", "task_group.change", "attachment.id",
            "checklist_item.id", "linked_resource.id", "upload_session.id",
            "change_log.number", "work_task.change", "source_list.change", "source_item.change",
        )
    },
    "next_task has passed every work_task.id": "UPDATE work_settings SET next_task = 1",
    "next_location has passed every work_location.id": "UPDATE work_settings SET next_location = 1",
    "next_refresh has passed every work_refresh.id": "DELETE FROM work_settings",
    "what the change log calls alive is there": f"DELETE FROM task WHERE id = {TASK}",
    "no tombstone that was forgotten is ahead of its mailbox": "UPDATE mailbox "
    "SET forgotten = change + 1",
    "no id stands for two things": "UPDATE task SET id = "
    f"(SELECT min(id) FROM task_folder WHERE mailbox = 1) WHERE mailbox = 1 AND id = {TASK}",
    "each mailbox has its default folder": "UPDATE task_folder SET is_default = (1 = 0)",
    "each mailbox has its default group": "DELETE FROM task_group",
    "tasks know whether they have attachments": "DELETE FROM attachment",
    "the contents of attachments are whole": "DELETE FROM attachment_content WHERE part = 0",
    "contents belong to attachments": "DELETE FROM attachment",
    "extended properties belong to tasks or folders": "UPDATE extended_property SET entity = 99999",
    "tasks know whether they have checklist items": "DELETE FROM checklist_item",
    "tasks know whether they have linked resources": "UPDATE task SET parts = 5 WHERE parts = 7",
    "tasks know whether they have extensions": "UPDATE task SET parts = 4 WHERE parts = 0",
    "extensions belong to tasks or folders": "UPDATE open_extension "
    "SET entity = entity + 99999",
    "upload sessions have what they received": "DELETE FROM upload_session_part",
    "tasks of Work Management are in known locations": "DELETE FROM work_location",
    "the user's order has a place for each task": "UPDATE work_task SET position = 7",
    "lists know how many items they have": "UPDATE source_list SET items = items + 1",
    "the counters of lists have passed their items": "UPDATE source_list SET next_item = 1",
    "Exchange sync has pairs of tasks that are there": "DELETE FROM work_task",
    "Exchange sync is not ahead of the mailbox": "UPDATE work_settings "
    "SET exchange_outlook = 999999",
}  # fmt: skip
"""What spoils each invariant; those on what belongs to what are spoilt by a row of nobody's."""

REFERENCES = {
    f"each {table.name} belongs to a {key.elements[0].column.table.name}": table.name
    for table in TABLES.values()
    for key in table.foreign_key_constraints
}


def orphan(table: Table) -> dict[str, object]:
    """Return a row that belongs to a mailbox which is not there."""
    values: dict[str, object] = {}
    for column in table.columns:
        if isinstance(column.type, Boolean):
            values[column.name] = False
        elif isinstance(column.type, Integer | Double):
            values[column.name] = 1
        else:
            values[column.name] = b"" if isinstance(column.type, LargeBinary) else ""
    return values | {"mailbox": NOWHERE}


@pytest.fixture(scope="module")
def filled(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Return the URL of a store with something in each table, made by clients."""
    scratch = tmp_path_factory.mktemp("filled")
    database = new_database(request, engine, scratch)
    wanted = settings.load(database=database, durability="normal")
    store = main.open_store(wanted)
    seeds.load(store, seeds.read("demo"))
    with Client(main.create_app(wanted, store), base_url="http://localhost") as client:
        use(Mailbox(Wire("in-process", engine, client), None))
        fill_with_parts(store, find_demo(store))
    return database


def use(me: Mailbox) -> None:
    """Do what leaves something in each table."""
    content = base64.b64encode(b"x" * (PART + 1)).decode()
    attachment = {
        "@odata.type": "#Microsoft.OutlookServices.FileAttachment",
        "Name": "x",
        "ContentBytes": content,
    }
    name = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color"
    properties = [{"PropertyId": name, "Value": "red"}]
    task = me.create("tasks", {"Subject": "x", "SingleValueExtendedProperties": properties})
    me.create(f"tasks('{task['Id']}')/attachments", attachment)
    gone = me.create("tasks", {"Subject": "gone"})
    assert me.delete(f"tasks('{gone['Id']}')").is_success
    work = "/_api/SP.WorkManagement.OM.UserOrderedSessionManager/CreateSession"
    opted = "/_api/SP.WorkManagement.OM.UserSettingsManager/OptIntoExchangeSync"
    digest = me.post("/_api/contextinfo", Accept="application/json;odata=nometadata").json()
    headers = {"X_RequestDigest": digest["FormDigestValue"]}
    for address in (f"{work}/BeginCacheRefresh", opted, f"{work}/BeginExchangeSync"):
        answer = me.post(address, None, **headers)
        assert answer.is_success, answer.text


@pytest.fixture
def connection(filled: str, engine: Engine) -> Iterator[Connection]:
    """Return a connection that undoes what is planted, and lets anything be."""
    opened = create_engine(filled)
    with opened.connect() as connection:
        if engine == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        connection.rollback()
    opened.dispose()


def wrong(checks: Iterator[Check]) -> dict[str, str]:
    """Return what is wrong with which checks."""
    return {check.name: check.findings[0].what for check in checks if not check.is_ok}


def test_a_sound_store(filled: str) -> None:
    """Nothing is found, and every invariant has rows that it is about."""
    checks = list(examine(filled))
    assert wrong(iter(checks)) == {}
    assert {each.name for each in list_invariants()} <= {check.name for check in checks}


def test_every_invariant_is_tried() -> None:
    assert {each.name for each in list_invariants()} == FAULTS.keys() | REFERENCES.keys()


@pytest.mark.parametrize("name", FAULTS)
def test_faults(connection: Connection, name: str) -> None:
    """What is wrong is found, and its mailbox is named."""
    connection.execute(text(FAULTS[name]))
    assert "mailbox " in wrong(_examine(connection)).get(name, "not found")


@pytest.mark.parametrize("name", REFERENCES)
def test_what_belongs_to_nothing(connection: Connection, name: str) -> None:
    """A row whose owner is gone is found."""
    table = TABLES[REFERENCES[name]]
    connection.execute(insert(table), orphan(table))
    # Parts of snapshots belong to no mailbox.
    whose = f"mailbox {NOWHERE}" if "mailbox" in table.columns else f"{table.name} whose"
    assert whose in wrong(_examine(connection))[name]


@pytest.fixture
def file(filled: str, tmp_path: Path) -> Path:
    """Return a copy of the SQLite file, closed."""
    kept = tmp_path / "data" / "afterlook.db"
    kept.parent.mkdir(mode=0o700)
    with (
        closing(sqlite3.connect(filled.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(kept)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = WAL")
    kept.chmod(0o600)
    return kept


def change(file: Path, statement: str) -> None:
    """Change a store by a program that holds nothing of it dear."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def damage(file: Path) -> None:
    """Spoil pages in the middle of a file."""
    content = bytearray(file.read_bytes())
    for page in range(2, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    file.write_bytes(content)


def lose(file: Path) -> None:
    """Leave a log without its file."""
    file.rename(file.with_name("afterlook.db-wal"))


SPOILT: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "missing": (Path.unlink, "there is no ", "--data"),
    "log alone": (lose, "is missing while its afterlook.db-wal is there", "don't delete"),
    "readable": (lambda file: file.chmod(0o644), "has mode 0644", "chmod 600"),
    "damaged": (damage, "", "restore a copy"),
    "no database": (lambda file: file.write_bytes(b"x" * 5000), "not a database", "restore"),
    "older": (
        lambda file: change(file, "UPDATE alembic_version SET version_num = '0001'"),
        "schema 0001, of an older version", "start the server once",
    ),
    "newer": (
        lambda file: change(file, "UPDATE alembic_version SET version_num = '9999'"),
        "schema 9999, of a newer version", "a newer one",
    ),
    "another's": (
        lambda file: change(file, "DROP TABLE alembic_version"),
        "it has tables, but no store", "this is the address",
    ),
}  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("how", SPOILT)
def test_files(file: Path, how: str) -> None:
    """What is wrong with the file is said, and what to do about it."""
    spoil, said, advice = SPOILT[how]
    spoil(file)
    found = [finding for check in examine(file) for finding in check.findings]
    assert any(said in each.what and advice in each.do for each in found), found


@pytest.mark.once
def test_nothing_is_written(file: Path) -> None:
    """Neither the store nor anything beside it."""
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert wrong(examine(file)) == {}
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


@pytest.mark.once
def test_while_a_server_runs(file: Path) -> None:
    """What it has written, and not yet brought into the file, is read too; it can go on writing."""
    with closing(open_store(f"sqlite:///{file}")) as store:
        new_mailbox(store)
        looking = examine(file)
        seen = [next(looking) for _ in range(10)]
        new_mailbox(store)
        assert wrong(iter([*seen, *looking])) == {}
        with store.write_session(new_mailbox(store)):
            assert wrong(examine(file)) == {}
        change(file, "DELETE FROM task_folder WHERE mailbox > 1")
        assert "each mailbox has its default folder" in wrong(examine(file))


@pytest.mark.once
def test_a_server_that_starts_meanwhile(file: Path) -> None:
    """What was read as if nobody wrote may be wrong then, and so it is not called well."""
    looking = examine(file)
    seen = [next(looking) for _ in range(5)]
    with closing(open_store(f"sqlite:///{file}")):
        told = wrong(iter([*seen, *looking]))
    assert list(told.values()) == ["a server began to write meanwhile"]


@pytest.mark.once
def test_room(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is nearly full, and a log that nobody brings into the file."""
    monkeypatch.setattr(files, "_MIN_FREE", 2**60)
    assert "MiB are left" in wrong(examine(file))["there is room to write"]
    monkeypatch.setattr(files, "_MIN_FREE", 0)
    monkeypatch.setattr(files, "_MAX_LOG", 0)
    with closing(open_store(f"sqlite:///{file}")) as store:
        new_mailbox(store)
        assert "afterlook.db-wal has" in wrong(examine(file))["there is room to write"]


def test_a_database_that_is_not_there() -> None:
    """It is said in words, with no password."""
    told = wrong(examine("postgresql+psycopg://u:hunter2@127.0.0.1:1/nothing"))
    assert "refused" in told["the store can be read"]
    assert "hunter2" not in str(told)


@pytest.mark.once
def test_the_command(file: Path) -> None:
    """For people in 80 columns, for programs as JSON; the exit code says whether all is well."""
    place = ("--data", str(file.parent))
    well, as_json = run_here("doctor", *place), run_here("doctor", *place, "--json")
    assert (well.returncode, well.stdout.splitlines()[-1]) == (0, "All is well.")
    assert json.loads(as_json.stdout)["ok"] is True
    change(file, "DELETE FROM change_log WHERE scope > 1")

    for flags in (place, ("--database", f"sqlite:///{file}")):
        bad = run_here("doctor", *flags)
        assert bad.returncode == 1
        assert "BAD  each of the tasks is in the change log" in bad.stdout
        assert "To do: restore a copy" in bad.stdout
        assert max(map(len, bad.stdout.splitlines()[1:])) <= 80
    report = json.loads(run_here("doctor", *place, "--json").stdout)
    (failed,) = [check for check in report["checks"] if not check["ok"]]
    assert (report["ok"], failed["findings"][0].keys()) == (False, {"what", "do"})
    both = run_here("doctor", *place, "--database", "sqlite:///x")
    assert "exclude each other" in expect_failure(both)
