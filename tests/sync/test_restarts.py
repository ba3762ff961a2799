"""Sync tokens and the processes of a server: whichever is asked, and after every start."""

from pathlib import Path

import httpx2
import pytest

from tests.support.replicas import Json, sized
from tests.support.server import add
from tests.support.wire import Engine, run_server

PATH = "/api/beta/me/taskfolders('tasks')/tasks"
TOKEN = "somebody"


def ask(url: str) -> Json:
    """Ask for a page, on a connection of its own."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Prefer": sized(1)}
    response = httpx2.get(url, headers=headers, timeout=30)
    assert response.status_code == 200, response.text
    return dict(response.json())


def moved(link: str, url: str) -> str:
    """Return a link as a server elsewhere would have written it."""
    return url + link[link.index("/api/") :]


@pytest.mark.inferred("synced.stateless")
def test_after_a_restart(database: str, engine: Engine, tmp_path: Path) -> None:
    """Begun on one server, continued on the next, ended on a third: all workers know the tokens."""
    assert engine in database
    # Of several processes once: what they share is the store, whichever it is.
    workers = "2" if engine == "sqlite" else "1"
    flags = ("--port", "0", "--database", database, "--seed", "empty", "--workers", workers)
    with run_server(tmp_path, *flags) as (url, _):
        for number in range(4):
            add(url, f"{number}", TOKEN)
        first = ask(url + PATH)
        again = [ask(first["@odata.deltaLink"])["value"] for _ in range(8)]
        assert all(each == again[0] for each in again)
    with run_server(tmp_path, *flags) as (url, _):
        second = ask(moved(first["@odata.deltaLink"], url))
        assert [one["Id"] for one in second["value"]] == [one["Id"] for one in again[0]]
        pages = [ask(second["@odata.nextLink"])["value"] for _ in range(8)]
        assert all(each == pages[0] for each in pages)
        add(url, "new", TOKEN)
    with run_server(tmp_path, *flags) as (url, _):
        found, page = first["value"] + second["value"], second
        while "@odata.nextLink" in page:
            page = ask(moved(page["@odata.nextLink"], url))
            found += page["value"]
        assert [one["Subject"] for one in found] == ["3", "2", "1", "0", "new"]
        assert ask(page["@odata.deltaLink"])["value"] == []
