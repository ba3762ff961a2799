"""Headers that tell where an entity is and which state it has."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import write


@pytest.mark.inferred("header.location", "header.etag")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("tasks", {"Subject": "New"}),
        ("taskfolders('{folder}')/tasks", {"Subject": "New"}),
        ("taskfolders", {"Name": "New"}),
        ("taskgroups('{group}')/taskfolders", {"Name": "New"}),
        ("taskgroups", {"Name": "New"}),
    ],
)
def test_created(filled: Filled, address: str, body: dict[str, str]) -> None:
    response = filled.me.post(filled.at(address), body)

    entity = response.json()
    assert response.status_code == 201
    assert response.headers["Location"] == entity["@odata.id"]
    assert response.headers["ETag"] == f'W/"{entity["ChangeKey"]}"'
    got = filled.me.get(response.headers["Location"])
    assert got.json()["Id"] == entity["Id"]
    assert got.headers["ETag"] == response.headers["ETag"]


@pytest.mark.inferred("header.location", "header.etag", "header.no-content")
def test_created_in_silence(filled: Filled) -> None:
    response = filled.me.post("tasks", {"Subject": "New"}, Prefer="return=minimal")

    assert (response.status_code, response.content) == (204, b"")
    created = filled.me.get(response.headers["Location"])
    assert created.json()["Subject"] == "New"
    assert created.headers["ETag"] == response.headers["ETag"]
    assert response.headers["OData-EntityId"] == response.headers["Location"]


@pytest.mark.inferred("header.etag")
def test_changed(filled: Filled) -> None:
    address = filled.at("tasks('{task}')")
    before = filled.me.get(address).headers["ETag"]

    response = filled.me.patch(address, {"Subject": "Changed"})

    assert response.headers["ETag"] == response.json()["@odata.etag"] != before
    assert filled.me.get(address).headers["ETag"] == response.headers["ETag"]


@pytest.mark.inferred("header.no-content")
def test_no_content(filled: Filled) -> None:
    response = write(filled.me, "DELETE", filled.at("tasks('{task}')"), b"")

    assert (response.status_code, response.content) == (204, b"")
    assert "content-type" not in response.headers
    assert response.headers.get("content-length", "0") == "0"
