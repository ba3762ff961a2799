"""Who a user is, and whose mailbox an address names: docs/reference/graph.md §1."""

import pytest

from tests.support.mailboxes import Person
from tests.support.wire import Mailbox, Wire

MEMBERS = [
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
]


@pytest.mark.observed("graph-users.me")
@pytest.mark.parametrize("version", ["v1.0", "beta"])
def test_me(person: Person, version: str) -> None:
    response = person.get(f"/{version}/me")
    assert response.status_code == 200
    user = response.json()
    assert list(user) == ["@odata.context", *MEMBERS]
    assert user["@odata.context"] == f"{person.wire.url}/{version}/$metadata#users/$entity"
    assert (user["id"], user["mail"]) == (person.oid, person.upn)
    assert user["userPrincipalName"] == person.upn
    assert user["displayName"] == person.upn.partition("@")[0]


@pytest.mark.spec("graph-users.same")
@pytest.mark.in_process
def test_names(person: Person) -> None:
    """All of a user's names lead to one mailbox, in any case of letters."""
    upn, both = person.upn, f"{person.oid}@{person.tid}"
    me = person.get("/beta/me").json()
    task = person.create("/beta/me/outlook/tasks", {"subject": "x"})
    users = [
        "Me",
        "users/me-token-to-replace",
        "users('me')",
        f"users/{upn}",
        f"USERS/{upn.upper()}",
        f"users/{upn.replace('@', '%40')}",
        f"users('{person.oid}')",
        f"users/{both}",
    ]
    for user in users:
        assert person.get(f"/beta/{user}").json() == me, user
        listed = person.get(f"/beta/{user}/outlook/tasks").json()["value"]
        assert [each["id"] for each in listed] == [task["id"]], user
        assert person.get(f"/v1.0/{user}/todo/lists").status_code == 200


@pytest.mark.inferred("graph-users.select")
@pytest.mark.once
def test_select(person: Person) -> None:
    root = f"{person.wire.url}/v1.0/$metadata#users"
    context = {"@odata.context": f"{root}(mail,id)/$entity"}
    answer = person.get("/v1.0/me?$select=Mail,id").json()
    assert answer == context | {"mail": person.upn, "id": person.oid}
    assert list(person.get("/v1.0/me?$select=*").json()) == ["@odata.context", *MEMBERS]
    error = person.get("/v1.0/me?$select=foo")
    assert (error.status_code, error.json()["error"]["code"]) == (400, "invalidRequest")
    assert person.get("/v1.0/me?$filter=id eq 'x'").status_code == 400
    bare = person.get("/v1.0/me", Accept="application/json;odata.metadata=none").json()
    assert list(bare) == MEMBERS


@pytest.mark.inferred("graph-users.others")
@pytest.mark.once
def test_others(person: Person, wire: Wire, me: Mailbox) -> None:
    """A mailbox is its owner's alone, whether or not there is one of that name."""
    other = Person(wire)
    other.get("/v1.0/me")
    for name in (other.upn, other.oid, "nobody@contoso.example"):
        for below in ("", "/todo/lists", "/outlook/tasks"):
            response = person.get(f"/beta/users/{name}{below}")
            assert response.status_code == 403
            assert response.json()["error"]["code"] == "ErrorAccessDenied"
    assert me.get(f"/v1.0/users/{other.upn}").status_code == 403
