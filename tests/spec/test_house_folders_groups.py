"""Where the documents are silent: the table in docs/decisions.md, folders and groups."""

import pytest

from tests.spec.exchanges import DEFAULT_GROUP_KEY, unchanged
from tests.support.outlook import expect_refusal, ids, key, values
from tests.support.wire import Mailbox

DEFAULTS = {"taskfolders": "Tasks", "taskgroups": "My Tasks"}
every_default = pytest.mark.parametrize("collection", DEFAULTS)


@pytest.mark.inferred("house.folder-with-tasks")
def test_a_folder_goes_with_its_tasks(me: Mailbox) -> None:
    """Its tasks are gone, those of other folders are not."""
    cooking = key(me.create("taskfolders", {"Name": "Cooking"}))
    lost = [me.create(f"taskfolders('{cooking}')/tasks", {"Subject": name}) for name in "abc"]
    kept = me.create("tasks", {"Subject": "Shop for dinner"})

    assert me.delete(f"taskfolders('{cooking}')").status_code == 204

    assert ids(me.get("tasks")) == [kept["Id"]]
    for task in lost:
        expect_refusal(me.get(f"tasks('{key(task)}')"), 404, "ErrorItemNotFound")
    expect_refusal(me.get(f"taskfolders('{cooking}')/tasks"), 404, "ErrorItemNotFound")


@pytest.mark.inferred("house.group-with-folders")
def test_the_folders_of_a_group_move_to_the_default_group(me: Mailbox) -> None:
    """Nothing is lost: folders keep their ids and tasks, and have a new ChangeKey."""
    group = key(me.create("taskgroups", {"Name": "Leisure"}))
    names = ["Cooking", "Hiking"]
    made = [me.create(f"taskgroups('{group}')/taskfolders", {"Name": name}) for name in names]
    task = me.create(f"taskfolders('{key(made[0])}')/tasks", {"Subject": "Shop for dinner"})

    assert me.delete(f"taskgroups('{group}')").status_code == 204

    (default,) = ids(me.get("taskgroups"))
    moved = values(me.get(f"taskgroups('{default}')/taskfolders"))
    assert [folder["Name"] for folder in moved] == [*names, "Tasks"]
    assert [folder["Id"] for folder in moved[:2]] == [key(folder) for folder in made]
    assert {folder["ParentGroupKey"] for folder in moved} == {DEFAULT_GROUP_KEY}
    keys = [folder["ChangeKey"] for folder in (*made, *moved[:2])]
    assert len(set(keys)) == 4
    assert ids(me.get(f"taskfolders('{key(made[0])}')/tasks")) == [task["Id"]]
    expect_refusal(me.get(f"taskgroups('{group}')/taskfolders"), 404, "ErrorItemNotFound")


@pytest.mark.inferred("house.folder-name-taken")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["Cooking", "cooking", "COOKING", "Tasks", "tasks"])
def test_a_folder_name_that_is_taken(me: Mailbox, name: str) -> None:
    """Refused in any case of letters and in any group, on POST and PATCH."""
    group = key(me.create("taskgroups", {"Name": "Leisure"}))
    me.create(f"taskgroups('{group}')/taskfolders", {"Name": "Cooking"})
    hiking = f"taskfolders('{key(me.create('taskfolders', {'Name': 'Hiking'}))}')"

    for response in (
        unchanged(me, "taskfolders", lambda: me.post("taskfolders", {"Name": name})),
        unchanged(me, hiking, lambda: me.patch(hiking, {"Name": name})),
    ):
        assert name in expect_refusal(response, 400, "ErrorFolderExists")


@pytest.mark.inferred("house.folder-name-taken")
def test_letters_beyond_ascii_have_two_cases_too(me: Mailbox) -> None:
    """ÄRZTE is Ärzte."""
    me.create("taskfolders", {"Name": "Ärzte"})

    expect_refusal(me.post("taskfolders", {"Name": "ÄRZTE"}), 400, "ErrorFolderExists")


@pytest.mark.inferred("house.folder-name-taken")
def test_a_folder_name_that_is_free(me: Mailbox) -> None:
    """A folder may keep its own name in other letters, and a deleted one frees its name."""
    cooking = f"taskfolders('{key(me.create('taskfolders', {'Name': 'Cooking'}))}')"

    assert me.patch(cooking, {"Name": "COOKING"}).json()["Name"] == "COOKING"
    me.delete(cooking)
    assert me.create("taskfolders", {"Name": "Cooking"})["Name"] == "Cooking"


@pytest.mark.inferred("house.group-names")
@pytest.mark.parametrize("name", ["Leisure", "My Tasks"])
def test_groups_may_have_equal_names(me: Mailbox, name: str) -> None:
    """They are told apart by Id and GroupKey."""
    made = [me.create("taskgroups", {"Name": name}) for _ in range(2)]
    renamed = key(me.create("taskgroups", {"Name": "Work"}))

    assert me.patch(f"taskgroups('{renamed}')", {"Name": name}).json()["Name"] == name
    assert len({*(key(group) for group in made), renamed}) == 3
    assert made[0]["GroupKey"] != made[1]["GroupKey"]


@pytest.mark.inferred("house.default-rename")
@every_default
def test_renaming_a_default(me: Mailbox, collection: str) -> None:
    """Refused, and nothing is changed."""
    address = f"{collection}('{ids(me.get(collection))[0]}')"

    response = unchanged(me, address, lambda: me.patch(address, {"Name": "Mine"}))

    expect_refusal(response, 400, "ErrorInvalidRequest")


@pytest.mark.inferred("house.default-delete")
@every_default
def test_deleting_a_default(me: Mailbox, collection: str) -> None:
    """Refused, and nothing is changed."""
    address = f"{collection}('{ids(me.get(collection))[0]}')"

    response = unchanged(me, address, lambda: me.delete(address))

    expect_refusal(response, 400, "ErrorDeleteDistinguishedFolder")
    assert [entity["Name"] for entity in values(me.get(collection))] == [DEFAULTS[collection]]
