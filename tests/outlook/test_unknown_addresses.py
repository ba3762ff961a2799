"""Addresses that lead nowhere, methods that are not there, and navigation that is not."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import envelope, everything, expect_refusal, key, subjects
from tests.support.wire import Mailbox

UNKNOWN = [
    ("contacts", "contacts"),
    ("Mail", "Mail"),
    ("task", "task"),
    ("tasks('{task}')/assign", "assign"),
    ("tasks/{task}/assign", "assign"),
    ("taskfolders('{folder}')/notes", "notes"),
    ("taskgroups('{group}')/taskfolders('{folder}')/notes", "notes"),
    ("tasks%0A", "tasks\n"),
    ("tasks('{task}')/complete%0A", "complete\n"),
    ("/api/beta/you/tasks", "you"),
    ("/api/beta/groups('x')/tasks", "groups"),
    ("/api/beta/me/contacts('x')/tasks", "contacts"),
]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ALLOWED = [
    ("tasks", {"GET", "HEAD", "POST"}),
    ("tasks('{task}')", {"GET", "HEAD", "PATCH", "DELETE"}),
    ("tasks('{task}')/complete", {"POST"}),
    ("taskfolders", {"GET", "HEAD", "POST"}),
    ("taskfolders('{folder}')", {"GET", "HEAD", "PATCH", "DELETE"}),
    ("taskfolders('{folder}')/tasks", {"GET", "HEAD", "POST"}),
    ("taskgroups", {"GET", "HEAD", "POST"}),
    ("taskgroups('{group}')", {"GET", "HEAD", "PATCH", "DELETE"}),
    ("taskgroups('{group}')/taskfolders", {"GET", "HEAD", "POST"}),
    ("taskgroups('{group}')/taskfolders('{folder}')/tasks", {"GET", "HEAD", "POST"}),
]


@pytest.mark.observed("error.segment")
@pytest.mark.once
@pytest.mark.parametrize(("address", "segment"), UNKNOWN)
def test_unknown_segment(filled: Filled, address: str, segment: str) -> None:
    for method in ("GET", "POST", "PATCH", "DELETE"):
        response = filled.me.send(method, filled.at(address), {})
        expect_refusal(response, 400, "RequestBroker-ParseUri", f"for the segment '{segment}'")


@pytest.mark.inferred("error.nowhere")
@pytest.mark.once
@pytest.mark.parametrize("address", ["/nowhere", "/tasks", "/api", "/api/beta/users", "/x('a/b')"])
def test_address_that_is_not_the_services(me: Mailbox, address: str) -> None:
    response = me.get(address)

    assert response.status_code in (400, 404)
    envelope(response)


@pytest.mark.observed("error.segment")
@pytest.mark.once
@pytest.mark.parametrize("address", ["tasks(", "tasks('x", "tasks(x)", "tasks('a'b')", "tasks()"])
def test_broken_key(me: Mailbox, address: str) -> None:
    expect_refusal(me.get(address), 400, "RequestBroker-ParseUri", "Syntax error at position")


@pytest.mark.inferred("error.url-bytes")
@pytest.mark.parametrize("address", ["tasks('%ff')", "tasks/%C3%28", "%ED%A0%80/x"])
def test_path_that_is_not_utf_8(me: Mailbox, address: str) -> None:
    expect_refusal(me.get(address), 400, "RequestBroker-ParseUri")


@pytest.mark.inferred("error.method")
@pytest.mark.once
@pytest.mark.parametrize(("address", "allowed"), ALLOWED)
def test_wrong_methods(filled: Filled, address: str, allowed: set[str]) -> None:
    """405 tells in `Allow` every method that would do, and changes nothing."""
    before = everything(filled.me)

    for method in METHODS:
        if method in allowed:
            continue
        response = filled.me.send(method, filled.at(address), {"Name": "x"})
        assert response.status_code == 405, method
        assert set(response.headers["Allow"].split(", ")) == allowed
        if method != "HEAD":
            expect_refusal(response, 405, "ErrorMethodNotAllowed", method)

    assert everything(filled.me) == before


@pytest.mark.inferred("error.head")
@pytest.mark.parametrize("address", [address for address, allowed in ALLOWED if "GET" in allowed])
def test_head_is_get_without_a_body(filled: Filled, address: str) -> None:
    got = filled.me.get(filled.at(address))
    head = filled.me.send("HEAD", filled.at(address))

    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "odata-version", "etag"):
        assert head.headers.get(name) == got.headers.get(name)


@pytest.mark.inferred("error.head")
def test_head_of_what_is_not_there(me: Mailbox) -> None:
    for address, status in (("tasks('x')", 400), ("contacts", 400)):
        response = me.send("HEAD", address)
        assert (response.status_code, response.content) == (status, b"")


@pytest.mark.observed("address.navigation")
@pytest.mark.once
@pytest.mark.parametrize(
    "address", ["taskfolders('{folder}')/tasks('{task}')", "TaskFolders/{folder}/Tasks/{task}"]
)
def test_no_writing_below_a_folder(filled: Filled, address: str) -> None:
    before = everything(filled.me)

    for method in ("PATCH", "DELETE"):
        response = filled.me.send(method, filled.at(address), {"Subject": "changed"})
        expect_refusal(response, 400, "NavigationNotSupported", "'Tasks'")

    assert everything(filled.me) == before


@pytest.mark.observed("address.navigation")
@pytest.mark.once
def test_no_completing_below_a_folder(filled: Filled) -> None:
    before = everything(filled.me)

    response = filled.me.post(filled.at("taskfolders('{folder}')/tasks('{task}')/complete"))

    expect_refusal(response, 400, "NavigationNotSupported", "'Tasks'")
    assert everything(filled.me) == before


@pytest.mark.inferred("address.navigation-read")
def test_reading_below_a_folder(filled: Filled) -> None:
    me = filled.me
    response = me.get(filled.at("taskfolders('{folder}')/tasks('{task}')"))

    assert (response.status_code, key(response.json())) == (200, filled.task)
    assert subjects(me.get("taskfolders('tasks')/tasks")) == []
    elsewhere = me.get(filled.at("taskfolders('tasks')/tasks('{task}')"))
    expect_refusal(elsewhere, 404, "ErrorItemNotFound")
    other = key(me.create("taskgroups", {"Name": "Empty"}))
    for address in ("taskfolders('{folder}')", "taskfolders('{folder}')/tasks"):
        expect_refusal(
            me.get(f"taskgroups('{other}')/{filled.at(address)}"), 404, "ErrorItemNotFound"
        )
