"""A store whose file is not where it was: nothing is acknowledged that a restart would not find."""

import asyncio
import shutil
import stat
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from afterlook import main, settings
from afterlook.errors import StoreMisplaced
from afterlook.store import store_file
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.sharepoint.exchange import MANAGER
from tests.sharepoint.helpers import PROCESS_QUERY, post
from tests.sharepoint.om.client import ROOT, Request
from tests.support.client import Client
from tests.support.stores import new_mailbox, open_store
from tests.support.wire import Mailbox, Wire

FILE = "afterlook.db"


def replace(data: Path) -> None:
    """Put a copy in the place of the file, as a restore does."""
    shutil.copy(data / FILE, data / "copy")
    (data / "copy").replace(data / FILE)


HAPPENINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "directory deleted": (shutil.rmtree, "data directory was deleted or moved"),
    "directory moved": (lambda data: data.rename(data.with_name("away")), "directory was deleted"),
    "file deleted": (lambda data: (data / FILE).unlink(), f"{FILE} was deleted or moved"),
    "file moved": (
        lambda data: (data / FILE).rename(data / "away"),
        f"{FILE} was deleted or moved",
    ),
    "file replaced": (replace, f"{FILE} was replaced"),
    "file emptied": (lambda data: (data / FILE).write_bytes(b""), f"{FILE} was emptied"),
    "no database": (lambda data: (data / FILE).write_bytes(b"no"), f"{FILE} was emptied"),
    "log deleted": (lambda data: (data / f"{FILE}-wal").unlink(), f"{FILE}-wal was deleted"),
    "index deleted": (lambda data: (data / f"{FILE}-shm").unlink(), f"{FILE}-shm was deleted"),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data directory."""
    made = tmp_path / "data"
    made.mkdir()
    return made


@pytest.fixture
def client(data: Path) -> Iterator[Client]:
    """Return the application on a store in the data directory."""
    loaded = settings.load(data=data, seed="empty")
    app = main.create_app(loaded, main.open_store(loaded))
    with Client(app, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_writes_are_refused(client: Client, data: Path, happening: str) -> None:
    """By every wire, in its own shape; reading goes on, and `/readyz` says what has happened."""
    me = Mailbox(Wire("in-process", "sqlite", client), "somebody")
    task = me.create("tasks", {"Subject": "kept"})
    lists = "http://localhost/_api/web/lists"
    json = {"Accept": "application/json", "Authorization": "Bearer somebody"}
    assert client.get("/readyz").text == "ready"
    happen, sentence = HAPPENINGS[happening]
    happen(data)

    refused = me.send("POST", "tasks", {"Subject": "lost"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (
        503,
        "ErrorInternalServerTransientError",
    )
    changed = me.send("PATCH", f"tasks('{task['Id']}')", {"Subject": "lost"})
    assert changed.status_code == 503
    made = client.post(lists, json={"Title": "lost", "BaseTemplate": 171}, headers=json)
    assert (made.status_code, "odata.error" in made.json()) == (503, True)
    newcomer = Mailbox(me.wire, "newcomer").get("tasks")
    assert newcomer.status_code == 503
    reset = client.post("/_emulator/api/reset", json={})
    assert (reset.status_code, sentence in reset.json()["error"]["message"]) == (503, True)
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert sentence in ready.text
    assert str(data) not in ready.text
    if happening not in ("file emptied", "no database"):
        assert me.get("tasks").json()["value"][0]["Subject"] == "kept"


def test_csom(client: Client, data: Path) -> None:
    """An ErrorInfo, and the status that clients who send again look at."""
    me = Mailbox(Wire("in-process", "sqlite", client), "somebody")
    request = Request()
    request.call(request.make(MANAGER), "OptIntoExchangeSync")
    assert client.get("/api/beta/me/tasks", headers={"Authorization": "Bearer somebody"}).is_success
    shutil.rmtree(data)
    answer = post(me, PROCESS_QUERY, f"{ROOT}{request.xml()}</Request>".encode())

    assert answer.status_code == 503
    assert answer.json()[0]["ErrorInfo"]["ErrorTypeName"].endswith("UnknownError")


def test_put_back(client: Client, data: Path) -> None:
    """The same file at the same place is the store again, without a restart."""
    me = Mailbox(Wire("in-process", "sqlite", client), "somebody")
    away = data.with_name("away")
    data.rename(away)
    assert me.send("POST", "tasks", {"Subject": "lost"}).status_code == 503
    away.rename(data)
    assert me.send("POST", "tasks", {"Subject": "kept"}).status_code == 201
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("content", [b"", b"no database", b"neither is this " * 1000])
def test_what_is_no_store(data: Path, content: bytes) -> None:
    """It is refused and left alone, not taken for a new store."""
    (data / FILE).write_bytes(content)
    loaded = settings.load(data=data)
    with pytest.raises(main.CannotOpenError, match=FILE):
        main.open_store(loaded)

    assert (data / FILE).read_bytes() == content


def test_a_log_without_its_file(data: Path) -> None:
    """A killed server left its last writes there: a new store would throw them away."""
    (data / f"{FILE}-wal").write_bytes(b"the last writes")
    with pytest.raises(main.CannotOpenError, match="missing"):
        main.open_store(settings.load(data=data))
    assert [file.name for file in data.iterdir()] == [f"{FILE}-wal"]


def test_rights(data: Path, client: Client) -> None:
    """Only the owner reads what is in the store, whatever the umask; older files are mended."""
    me = Mailbox(Wire("in-process", "sqlite", client), "somebody")
    me.create("tasks", {"Subject": "secret"})
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in data.iterdir()}
    (data / FILE).chmod(0o644)
    store_file.prepare(data / FILE)

    assert modes == dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm"), 0o600)
    assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o600


def test_a_second_process_makes_no_store(data: Path) -> None:
    """A worker that starts after the file was lost ends, and says why."""
    wanted = settings.load(data=data)
    main.open_store(wanted).close()
    main.open_store(wanted, is_there=True).close()
    for file in data.iterdir():
        file.unlink()
    with pytest.raises(main.CannotOpenError, match="was deleted or moved"):
        main.open_store(wanted, is_there=True)
    assert not list(data.iterdir())


@pytest.mark.parametrize("address", ["{file}?timeout=3", "file:{file}?mode=rwc&uri=true"])
def test_an_address_with_options(data: Path, address: str) -> None:
    """Options after the name of the file change nothing: it is made alike, and watched."""
    wanted = settings.load(database=f"sqlite:///{address.format(file=data / FILE)}", seed="empty")
    with Client(
        main.create_app(wanted, main.open_store(wanted)), base_url="http://localhost"
    ) as client:
        me = Mailbox(Wire("in-process", "sqlite", client), "somebody")
        me.create("tasks", {"Subject": "kept"})
        mode = stat.S_IMODE((data / FILE).stat().st_mode)
        shutil.rmtree(data)

        assert me.send("POST", "tasks", {"Subject": "lost"}).status_code == 503
        ready = client.get("/readyz")
    assert mode == 0o600
    assert (ready.status_code, "directory was deleted" in ready.text) == (503, True)
    with pytest.raises(main.CannotOpenError, match="was deleted or moved"):
        main.open_store(wanted, is_there=True)


def change_nothing(_: object) -> bool:
    """Stand for work, and for what tells that work is short."""
    return True


WRITES: dict[str, Callable[[Store, MailboxRow], Awaitable[object]]] = {
    "on the event loop": lambda store, me: store.write(me, change_nothing, is_short=change_nothing),
    "on a thread": lambda store, me: store.write(me, change_nothing),
    "several in one": lambda store, me: store.run_in_transaction(me, change_nothing),
    "upkeep": lambda store, _: store.maintain(change_nothing),
    "a new mailbox": lambda store, _: store.create_mailbox(change_nothing),
}


@pytest.mark.parametrize("way", WRITES)
def test_every_way_to_write(data: Path, way: str) -> None:
    """None is acknowledged, not even one that changed nothing."""

    async def write() -> None:
        await WRITES[way](store, me)

    store = open_store(f"sqlite:///{data / FILE}")
    me = new_mailbox(store)
    asyncio.run(write())
    shutil.rmtree(data)
    with pytest.raises(StoreMisplaced):
        asyncio.run(write())
    store.close()
