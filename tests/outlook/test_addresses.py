"""Addresses: roots, versions, users, and the spellings of a collection."""

import pytest

from tests.support.mailboxes import Filled, Person
from tests.support.outlook import everything, expect_refusal, subjects, values
from tests.support.wire import Mailbox, Wire

ME = ["me", "ME", "Me", "mE"]
USERS = [
    "users('{upn}')",
    "users/{upn}",
    "users('{oid}@{tid}')",
    "users/{oid}@{tid}",
    "Users('{oid}@{tid}')",
    "USERS/{upn}",
    "users('{at}')",
    "users/{at}",
    "users%28%27{upn}%27%29",
    "users(%27{oid}%40{tid}%27)",
]
COLLECTIONS = [
    "tasks",
    "Tasks",
    "TASKS",
    "tasks/",
    "TaskFolders('tasks')/Tasks",
    "taskfolders/tasks/tasks",
    "TASKFOLDERS/Tasks/TASKS/",
]


@pytest.mark.observed("address.me")
@pytest.mark.once
@pytest.mark.parametrize("user", ME)
def test_me_in_any_case(person: Person, user: str) -> None:
    person.create("tasks", {"Subject": "mine"})

    assert subjects(person.get(f"/api/beta/{user}/tasks")) == ["mine"]


@pytest.mark.observed("address.users", "address.case", "address.key-forms")
@pytest.mark.in_process
@pytest.mark.parametrize("user", USERS)
def test_user_by_name_or_guids(person: Person, user: str) -> None:
    person.create("tasks", {"Subject": "mine"})
    at = person.upn.replace("@", "%40")
    named = user.format(upn=person.upn, oid=person.oid, tid=person.tid, at=at)

    response = person.get(f"/api/beta/{named}/tasks")

    assert subjects(response) == ["mine"]
    owner = f"Users('{person.oid}@{person.tid}')"
    assert owner in values(response)[0]["@odata.id"]


@pytest.mark.inferred("address.users-case")
def test_user_name_in_any_case(person: Person) -> None:
    assert person.get(f"/api/beta/users('{person.upn.upper()}')/tasks").status_code == 200
    guids = f"{person.oid}@{person.tid}".upper()
    assert person.get(f"/api/beta/users/{guids}/tasks").status_code == 200


@pytest.mark.inferred("address.quote-escape")
@pytest.mark.parametrize(
    "user",
    ["users('o''{name}')", "users(%27o%27%27{name}%27)", "users/o'{name}", "users/o%27{name}"],
)
def test_quote_in_a_name(wire: Wire, user: str) -> None:
    name = f"{Person(wire).oid}@contoso.example"
    person = Person(wire, f"o'{name}")

    assert person.get(f"/api/beta/{user.format(name=name)}/tasks").status_code == 200


@pytest.mark.observed("address.case", "address.trailing-slash")
@pytest.mark.parametrize("root", ["/api/beta/me", "/API/Beta/Me", "/Api/V2.0/ME"])
def test_collection_spelt_in_many_ways(me: Mailbox, root: str) -> None:
    for count, address in enumerate(COLLECTIONS, 1):
        assert me.post(f"{root}/{address}", {"Subject": address}).status_code == 201, address
        assert subjects(me.get(f"{root}/{address}")) == COLLECTIONS[:count]


@pytest.mark.observed("address.versions")
@pytest.mark.once
@pytest.mark.parametrize("version", ["beta", "v2.0", "V2.0", "Beta"])
def test_version_in_links(me: Mailbox, version: str) -> None:
    me.create("tasks", {"Subject": "one"})

    response = me.get(f"/api/{version}/me/tasks")

    root = f"{me.wire.url}/api/{version.lower()}"
    assert response.json()["@odata.context"] == f"{root}/$metadata#Me/Tasks"
    assert values(response)[0]["@odata.id"].startswith(f"{root}/Users('")


@pytest.mark.observed("address.versions")
@pytest.mark.once
@pytest.mark.parametrize("version", ["v1.0", "v2", "v3.0", "beta2", "2.0"])
def test_version_without_tasks(me: Mailbox, version: str) -> None:
    response = me.get(f"/api/{version}/me/tasks")

    expect_refusal(response, 400, "RequestBroker-ParseUri", f"'{version}'")


@pytest.mark.observed("address.host-in-links")
def test_links_name_the_host_that_was_asked(me: Mailbox) -> None:
    me.create("tasks", {"Subject": "one"})
    host = f"tasks.localhost:{me.wire.client.base_url.port or 80}"

    response = me.get("tasks", Host=host)

    assert response.json()["@odata.context"].startswith(f"http://{host}/api/beta/$metadata#")
    assert values(response)[0]["@odata.id"].startswith(f"http://{host}/api/beta/Users('")


@pytest.mark.observed("error.access-denied")
@pytest.mark.in_process
@pytest.mark.parametrize("user", ["users('{upn}')", "users/{oid}@{tid}", "users('nobody')"])
def test_somebody_elses_mailbox(filled: Filled, person: Person, user: str) -> None:
    before = everything(filled.me), everything(person)
    named = user.format(upn=person.upn, oid=person.oid, tid=person.tid)

    for method, address in [
        ("GET", "tasks"),
        ("POST", "tasks"),
        ("GET", "taskfolders('tasks')"),
        ("POST", "taskgroups"),
        ("PATCH", f"tasks('{filled.task}')"),
        ("DELETE", f"taskfolders('{filled.folder}')"),
    ]:
        response = filled.me.send(method, f"/api/beta/{named}/{address}", {"Name": "Stolen"})
        expect_refusal(response, 403, "ErrorAccessDenied", "Access is denied")

    assert (everything(filled.me), everything(person)) == before
