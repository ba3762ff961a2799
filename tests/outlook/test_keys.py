"""Keys in addresses: their spellings, the well-known folder, and `@odata.id`."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import expect_refusal, key, subjects, values
from tests.support.wire import Mailbox

SPELLINGS = ["{id}", "{quoted}", "{lower}", "{bare}"]
FORMS = [
    "{set}('{id}')",
    "{set}/{id}",
    "{set}(%27{id}%27)",
    "{set}%28%27{id}%27%29",
    "{set}('{id}')/",
    "{set}/{id}/",
]


def spelt(form: str, entity_set: str, entity_id: str, spelling: str) -> str:
    """Write the address of an entity in one of its forms."""
    written = spelling.format(
        id=entity_id,
        quoted=entity_id.replace("=", "%3D"),
        lower=entity_id.replace("=", "%3d"),
        bare=entity_id.rstrip("="),
    )
    return form.format(set=entity_set, id=written)


@pytest.mark.observed("address.key-forms", "address.padding", "address.trailing-slash")
@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_entity_by_key(filled: Filled, form: str) -> None:
    """Each kind of entity, its id raw, encoded and without padding."""
    for entity_set, entity_id in [
        ("tasks", filled.task),
        ("TaskFolders", filled.folder),
        ("TASKGROUPS", filled.group),
    ]:
        for spelling in SPELLINGS:
            address = spelt(form, entity_set, entity_id, spelling)
            response = filled.me.get(address)
            assert response.status_code == 200, address
            assert key(response.json()) == entity_id


@pytest.mark.observed("address.key-forms", "address.padding")
@pytest.mark.in_process
@pytest.mark.parametrize("form", FORMS[:4])
def test_collection_below_keys(filled: Filled, form: str) -> None:
    me = filled.me
    for spelling in SPELLINGS:
        folder = spelt(form, "taskfolders", filled.folder, spelling)
        group = spelt(form, "TaskGroups", filled.group, spelling)
        assert subjects(me.get(f"{folder}/tasks")) == ["Shop for dinner"]
        assert subjects(me.get(f"{group}/{folder}/tasks")) == ["Shop for dinner"]
        assert [key(each) for each in values(me.get(f"{group}/taskfolders"))] == [filled.folder]


@pytest.mark.observed("address.key-forms", "address.padding")
@pytest.mark.in_process
@pytest.mark.parametrize("form", FORMS[:4])
def test_write_by_key(filled: Filled, form: str) -> None:
    me = filled.me
    for spelling in SPELLINGS:
        address = spelt(form, "tasks", filled.task, spelling)
        assert me.patch(address, {"Subject": spelling}).json()["Subject"] == spelling
        assert subjects(me.post(f"{address}/Complete")) == [spelling]

    assert me.delete(spelt(form, "tasks", filled.task, "{quoted}")).status_code == 204
    assert me.get(f"tasks('{filled.task}')").status_code == 404


@pytest.mark.observed("address.context-padding")
@pytest.mark.once
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_context_shows_the_padding_encoded(filled: Filled, spelling: str) -> None:
    """A sample of the task reference asks without the `=` and reads `%3D` in the context."""
    address = spelt("{set}('{id}')", "taskgroups", filled.group, spelling)

    response = filled.me.get(f"{address}/taskfolders")

    quoted = filled.group.replace("=", "%3D")
    path = f"$metadata#Me/TaskGroups('{quoted}')/TaskFolders"
    assert response.json()["@odata.context"] == f"{filled.me.wire.url}/api/beta/{path}"


@pytest.mark.observed("address.case-of-ids")
def test_ids_are_case_sensitive(filled: Filled) -> None:
    for address in ("tasks('{task}')", "taskfolders('{folder}')", "taskgroups('{group}')"):
        spoilt = filled.at(address).replace("AAM", "aam")
        assert filled.me.get(spoilt).status_code == 400, spoilt


@pytest.mark.inferred("address.well-known-case")
@pytest.mark.once
@pytest.mark.parametrize("name", ["tasks", "Tasks", "TASKS", "tAsKs"])
def test_default_folder_by_name(me: Mailbox, name: str) -> None:
    default = me.get(f"taskfolders('{name}')").json()

    assert (default["Name"], default["IsDefaultFolder"]) == ("Tasks", True)
    assert key(me.get(f"taskfolders/{name}").json()) == key(default)
    made = me.create(f"taskfolders('{name}')/tasks", {"Subject": "here"})
    assert made["ParentFolderId"] == default["Id"]
    assert subjects(me.get(f"taskfolders/{name}/tasks")) == ["here"]


@pytest.mark.observed("address.odata-id")
def test_odata_id_is_an_address(filled: Filled) -> None:
    me = filled.me
    for address in ("tasks('{task}')", "taskfolders('{folder}')", "taskgroups('{group}')"):
        entity = me.get(filled.at(address)).json()
        again = me.get(entity["@odata.id"]).json()
        assert key(again) == key(entity)
        assert again["@odata.id"] == entity["@odata.id"]
        assert again["ChangeKey"] == entity["ChangeKey"]


@pytest.mark.inferred("address.odata-id-writes")
def test_odata_id_can_be_written_to(filled: Filled) -> None:
    me = filled.me
    url = me.get(f"tasks('{filled.task}')").json()["@odata.id"]

    assert me.patch(url, {"Subject": "renamed"}).json()["Subject"] == "renamed"
    completed = values(me.post(f"{url}/complete"))
    assert [(task["Id"], task["Status"]) for task in completed] == [(filled.task, "Completed")]
    assert me.delete(url).status_code == 204
    expect_refusal(me.get(url), 404, "ErrorItemNotFound")
