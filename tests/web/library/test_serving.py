"""The script library over HTTP: its addresses, its headers, its size."""

import gzip

import pytest

from afterlook.web.library.scripts import read_scripts
from tests.support.wire import Mailbox

NAMES = (
    "microsoftajax.js",
    "init.js",
    "sp.runtime.js",
    "sp.js",
    "sp.workmanagement.js",
    "sp.ui.dialog.js",
)
MAX_COMPRESSED = 24 * 1024


@pytest.mark.once
@pytest.mark.observed("library.addresses")
@pytest.mark.parametrize(
    "address",
    [
        "/_layouts/15/sp.workmanagement.js",
        "/_layouts/15/SP.WorkManagement.js",
        "/_LAYOUTS/16/sp.workmanagement.debug.js",
        "/personal/user_x/_layouts/15/sp.workmanagement.js?rev=1",
        "/sites/a/b//_layouts/16/sp.workmanagement.js",
    ],
)
def test_a_script_is_in_the_layouts_folder_of_any_web(me: Mailbox, address: str) -> None:
    response = me.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "UserOrderedSessionManager" in response.text


@pytest.mark.once
@pytest.mark.inferred("library.fresh")
@pytest.mark.parametrize("name", NAMES)
def test_a_browser_asks_each_time_and_gets_each_script_once(me: Mailbox, name: str) -> None:
    first = me.get(f"/_layouts/15/{name}")
    assert first.headers["cache-control"] == "no-cache"
    again = me.get(f"/_layouts/15/{name}", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    head = me.send("HEAD", f"/_layouts/15/{name}")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.once
@pytest.mark.inferred("library.addresses-unknown")
@pytest.mark.parametrize("name", ["sp.taxonomy.js", "..%2fscripts.js", "globals.d.ts"])
def test_what_is_not_there_is_answered_as_this_wire_does(me: Mailbox, name: str) -> None:
    response = me.get(f"/_layouts/15/{name}", Accept="application/json;odata=nometadata")
    assert response.status_code == 404
    assert "odata.error" in response.json()


@pytest.mark.once
@pytest.mark.inferred("library.addresses-unknown")
def test_a_script_is_only_read(me: Mailbox) -> None:
    assert me.post("/_layouts/15/sp.js").status_code == 405


@pytest.mark.once
@pytest.mark.inferred("library.declarations")
def test_declarations_for_typescript_are_beside_the_scripts(me: Mailbox) -> None:
    response = me.get("/_layouts/15/sp.workmanagement.d.ts")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "declare namespace SP.WorkManagement.OM" in response.text


def test_what_every_program_loads_is_small() -> None:
    scripts = read_scripts()
    main = ("sp.runtime.js", "sp.js", "sp.workmanagement.js")
    compressed = sum(len(gzip.compress(scripts[name].content)) for name in main)
    assert compressed <= MAX_COMPRESSED


def test_a_script_without_comments_is_the_same_script() -> None:
    scripts = read_scripts()
    for name in NAMES:
        plain = scripts[name].content.decode()
        commented = iter(scripts[name.replace(".js", ".debug.js")].content.decode())
        assert all(letter in commented for letter in plain if not letter.isspace()), name
        assert "/**" not in plain
        assert not any(line.lstrip().startswith("//") for line in plain.splitlines())
