"""Outlook Task REST, "Get tasks"."""

import pytest

from tests.spec.exchanges import Json, context, date
from tests.support.outlook import EASTERN, PACIFIC, ids, key, prefer, values
from tests.support.samples import same, task, utc, zoned
from tests.support.wire import Mailbox

# The two tasks of the sample, as somebody in Pacific and in Eastern time would have made them.
FIRST = {
    "Subject": "Shop for dinner",
    "StartDateTime": zoned("2016-04-23T18:00:00", PACIFIC),
    "DueDateTime": zoned("2016-04-25T13:00:00", PACIFIC),
}
SECOND = {
    "Subject": "Shop for dinner",
    "StartDateTime": zoned("2016-04-26T09:00:00", EASTERN),
    "DueDateTime": zoned("2016-04-27T09:00:00", EASTERN),
}
FIRST_SAMPLE = {
    "StartDateTime": utc("2016-04-23T07:00:00.0000000"),
    "DueDateTime": utc("2016-04-25T07:00:00.0000000"),
    "Subject": "Shop for dinner",
}
SECOND_SAMPLE = {
    "StartDateTime": utc("2016-04-26T04:00:00.0000000"),
    "DueDateTime": utc("2016-04-27T04:00:00.0000000"),
    "Subject": "Shop for dinner",
}


@pytest.mark.spec("get.all", "get.utc", "create.members")
def test_sample_of_all_tasks(me: Mailbox) -> None:
    """Two tasks of the default folder, dates in UTC."""
    first, second = me.create("tasks", FIRST), me.create("tasks", SECOND)

    response = me.get("tasks")

    assert response.status_code == 200
    sample = {
        "@odata.context": context(me, "Tasks"),
        "value": [
            task(Id=first["Id"], ChangeKey=first["ChangeKey"], **FIRST_SAMPLE),
            task(Id=second["Id"], ChangeKey=second["ChangeKey"], **SECOND_SAMPLE),
        ],
    }
    assert same(response.json(), sample)


@pytest.mark.spec("get.one", "get.utc", "create.members")
def test_sample_of_one_task(me: Mailbox) -> None:
    """The second of two tasks, dates in UTC."""
    me.create("tasks", FIRST)
    second = me.create("tasks", SECOND)

    response = me.get(f"tasks('{key(second)}')")

    assert response.status_code == 200
    sample = task(context(me, "Tasks/$entity"), Id=second["Id"], **SECOND_SAMPLE)
    assert same(response.json(), sample)


@pytest.mark.spec("get.all", "get.in-folder")
def test_a_folder_lists_its_own_tasks_alone(me: Mailbox) -> None:
    """All tasks are in the mailbox's list, whatever their folder."""
    cooking = key(me.create("taskfolders", {"Name": "Cooking"}))
    empty = key(me.create("taskfolders", {"Name": "Volunteer"}))
    here = me.create(f"taskfolders('{cooking}')/tasks", FIRST)
    there = me.create("tasks", SECOND)

    assert ids(me.get(f"taskfolders('{cooking}')/tasks")) == [here["Id"]]
    assert ids(me.get(f"taskfolders('{there['ParentFolderId']}')/tasks")) == [there["Id"]]
    assert ids(me.get(f"taskfolders('{empty}')/tasks")) == []
    assert ids(me.get("tasks")) == [here["Id"], there["Id"]]


@pytest.mark.inferred("house.folder-list-context")
def test_the_context_of_a_folders_tasks(me: Mailbox) -> None:
    """It names the folder, as the answer to a POST there does."""
    folder = key(me.create("taskfolders", {"Name": "Cooking"}))
    created = me.create(f"taskfolders('{folder}')/tasks", FIRST)

    shown = me.get(f"taskfolders('{folder}')/tasks").json()["@odata.context"]

    assert shown == context(me, f"TaskFolders('{folder}')/Tasks")
    assert created["@odata.context"] == f"{shown}/$entity"


@pytest.mark.spec("get.in-group", "folders.list-in-group")
def test_the_tasks_of_a_group_by_way_of_its_folders(me: Mailbox) -> None:
    """First the folders of the group, then the tasks of each: no task of another group."""
    group = key(me.create("taskgroups", {"Name": "Leisure tasks"}))
    wanted: list[Json] = []
    for name in ("Cooking", "Hiking"):
        folder = me.create(f"taskgroups('{group}')/taskfolders", {"Name": name})
        made = me.create(f"taskfolders('{key(folder)}')/tasks", {"Subject": name})
        wanted.append({name: value for name, value in made.items() if name != "@odata.context"})
    me.create("tasks", FIRST)

    folders = ids(me.get(f"taskgroups('{group}')/taskfolders"))

    assert [
        task for one in folders for task in values(me.get(f"taskfolders('{one}')/tasks"))
    ] == wanted


@pytest.mark.spec("get.utc", "get.prefer-zone")
@pytest.mark.parametrize("address", ["tasks('{task}')", "tasks", "taskfolders('tasks')/tasks"])
def test_dates_in_utc_and_in_a_preferred_zone(me: Mailbox, address: str) -> None:
    """The zone in which a date was given plays no part in how it is shown."""
    there = address.format(task=key(me.create("tasks", SECOND)))

    def due(**headers: str) -> object:
        content = me.get(there, **headers).json()
        (shown,) = content.get("value", [content])
        return shown["DueDateTime"]

    assert due() == utc("2016-04-27T04:00:00.0000000")
    assert due(Prefer=prefer(EASTERN)) == date("2016-04-27", EASTERN)
    assert due(Prefer=prefer(PACIFIC)) == zoned("2016-04-26T21:00:00.0000000", PACIFIC)
