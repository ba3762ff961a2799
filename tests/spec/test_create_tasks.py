"""Outlook Task REST, "Create tasks"."""

import pytest

from tests.support.samples import ANY, WEEKEND, same, task, utc, zoned
from tests.support.wire import Mailbox

DINNER = {
    "Subject": "Shop for dinner",
    "StartDateTime": {"DateTime": "2016-04-23T18:00:00", "TimeZone": "Pacific Standard Time"},
    "DueDateTime": {"DateTime": "2016-04-25T13:00:00", "TimeZone": "Pacific Standard Time"},
}


@pytest.mark.spec("create.in-folder", "create.midnight", "create.utc", "create.members")
def test_sample_in_a_folder(me: Mailbox) -> None:
    """The first sample: dates in Pacific time, shown in UTC."""
    folder = str(me.create("taskfolders", {"Name": "Cooking"})["Id"])

    response = me.post(f"taskfolders('{folder}')/tasks", DINNER)

    assert response.status_code == 201
    quoted = folder.replace("=", "%3D")
    sample = task(
        f"{me.wire.url}/api/beta/$metadata#Me/TaskFolders('{quoted}')/Tasks/$entity",
        DueDateTime=utc("2016-04-25T07:00:00.0000000"),
        StartDateTime=utc("2016-04-23T07:00:00.0000000"),
        Subject="Shop for dinner",
        ParentFolderId=folder,
    )
    assert same(response.json(), sample)


@pytest.mark.spec("create.default-folder", "create.prefer-zone", "create.members", "create.etag")
def test_sample_with_a_preferred_zone(me: Mailbox) -> None:
    """The second sample: dates in Eastern time, shown in Pacific time, three hours earlier."""
    response = me.post("tasks", WEEKEND, Prefer='outlook.timezone="Pacific Standard Time"')

    assert response.status_code == 201
    sample = task(
        f"{me.wire.url}/api/beta/$metadata#Me/Tasks/$entity",
        DueDateTime=zoned("2016-05-04T21:00:00.0000000", "Pacific Standard Time"),
        StartDateTime=zoned("2016-05-02T21:00:00.0000000", "Pacific Standard Time"),
        Subject="Shop for children's weekend",
        ParentFolderId=me.get("taskfolders('tasks')").json()["Id"],
    )
    created = response.json()
    assert same(created, sample)
    assert created["CreatedDateTime"].endswith(("-07:00", "-08:00"))
    assert created["LastModifiedDateTime"].endswith(("-07:00", "-08:00"))
    assert created["@odata.etag"] == f'W/"{created["ChangeKey"]}"'
    assert created["@odata.id"] == ANY


@pytest.mark.spec("create.members")
@pytest.mark.parametrize("body", [{}, {"Subject": None}, {"Categories": [], "DueDateTime": None}])
def test_a_task_of_which_nothing_is_known(me: Mailbox, body: dict[str, object]) -> None:
    """All members are there, each with the value it has when nobody gave one."""
    assert same(
        me.create("tasks", body), task(f"{me.wire.url}/api/beta/$metadata#Me/Tasks/$entity")
    )


@pytest.mark.spec("create.kept", "create.in-folder", "create.default-folder")
@pytest.mark.parametrize("folder", [None, "Cooking"])
def test_the_answer_is_what_is_kept(me: Mailbox, folder: str | None) -> None:
    """The task is read back as it was answered, and listed in its folder and in the mailbox."""
    lists = ["tasks", "taskfolders('tasks')/tasks"]
    if folder is not None:
        cooking = me.create("taskfolders", {"Name": folder})["Id"]
        lists = [f"taskfolders('{cooking}')/tasks", "tasks"]

    created = me.create(lists[0], DINNER)

    read = me.get(f"tasks('{created['Id']}')").json()
    assert read | {"@odata.context": created["@odata.context"]} == created
    del read["@odata.context"]
    for address in lists:
        assert me.get(address).json()["value"] == [read]
