"""Outlook Task REST, "Synchronize tasks or task folders": the samples, replayed."""

import re

import httpx2
import pytest

from tests.spec.exchanges import DEFAULT_GROUP_KEY, Json, folder
from tests.support.frozen import Frozen
from tests.support.outlook import key
from tests.support.replicas import delta_link, next_link, token
from tests.support.samples import ANY, same, task
from tests.support.wire import Mailbox

TRACK = "odata.track-changes"
ONE = "odata.maxpagesize=1"
OPAQUE = re.compile(r"[A-Za-z0-9_-]{30,}")


def get(me: Mailbox, address: str, *preferences: str) -> httpx2.Response:
    """Send a GET with a Prefer line for each preference, as the samples do."""
    url = address if address.startswith("http") else f"/api/beta/me/{address}"
    lines = [("Prefer", preference) for preference in preferences]
    return me.wire.client.get(url, headers=[*me.authorization.items(), *lines])


def link(me: Mailbox, path: str, option: str) -> str:
    """Return a link of the samples, up to its token."""
    return f"{me.wire.url}/api/beta/me/{path}/?%24{option}="


def sample(me: Mailbox, path: str, *entities: Json, delta: bool) -> Json:
    """Return an answer of the samples without its link."""
    below = path.replace("=", "%3D") + ("/$delta" if delta else "")
    context = f"{me.wire.url}/api/beta/$metadata#me/{below}"
    return {"@odata.context": context, "value": list(entities)}


@pytest.mark.spec("sync.sample-tasks", "sync.first-delta-link", "sync.context", "sync.body")
def test_sample_tasks(frozen: Frozen) -> None:
    """Another task, and the one made before it; there is a deltaLink although more is to come."""
    me = frozen.me
    made = []
    for stamp in ("20:51:01", "20:51:02.5955351", "20:51:25.2226052"):
        frozen.at(f"2016-02-29T{stamp}Z")
        made.append(me.create("tasks", {"Subject": "another task"}))
    parent = str(made[0]["ParentFolderId"])
    path = f"TaskFolders('{parent}')/Tasks"
    third, second, _ = (
        task(
            Id=one["Id"],
            CreatedDateTime=one["CreatedDateTime"],
            ChangeKey=one["ChangeKey"],
            ParentFolderId=parent,
            Subject="another task",
        )
        for one in reversed(made)
    )

    response = get(me, path, ONE, TRACK)

    assert response.headers["Preference-Applied"] == TRACK
    follow = delta_link(response)
    assert follow.startswith(link(me, path, "deltatoken"))
    assert OPAQUE.fullmatch(token(follow))
    expected = {**sample(me, path, third, delta=False), "@odata.deltaLink": ANY}
    assert same(response.json(), expected)

    response = get(me, follow, ONE, TRACK)

    assert "Preference-Applied" not in response.headers
    follow = next_link(response)
    assert follow.startswith(link(me, path, "skipToken"))
    assert OPAQUE.fullmatch(token(follow))
    expected = {**sample(me, path, second, delta=True), "@odata.nextLink": ANY}
    assert same(response.json(), expected)


@pytest.mark.spec("sync.sample-folders", "sync.end", "sync.skip-token", "sync.context", "sync.body")
def test_sample_folders(me: Mailbox) -> None:
    """Tasks, Bingo and Volunteer; the third request has no track-changes, and ends the round."""
    group = me.create("taskgroups", {"Name": "Leisure tasks"})
    inside = f"taskgroups('{key(group)}')/taskfolders"
    for name in ("Volunteer", "Bingo"):
        me.create(inside, {"Name": name})
    tasks = folder(Name="Tasks", IsDefaultFolder=True, ParentGroupKey=DEFAULT_GROUP_KEY)
    bingo = folder(Name="Bingo", ParentGroupKey=group["GroupKey"])
    volunteer = folder(Name="Volunteer", ParentGroupKey=group["GroupKey"])

    first = get(me, "TaskFolders", ONE, TRACK)

    assert first.headers["Preference-Applied"] == TRACK
    follow = delta_link(first)
    assert follow.startswith(link(me, "TaskFolders", "deltatoken"))
    expected = {**sample(me, "TaskFolders", tasks, delta=False), "@odata.deltaLink": ANY}
    assert same(first.json(), expected)

    second = get(me, follow, ONE, TRACK)

    assert "Preference-Applied" not in second.headers
    follow = next_link(second)
    assert follow.startswith(link(me, "TaskFolders", "skipToken"))
    expected = {**sample(me, "TaskFolders", bingo, delta=True), "@odata.nextLink": ANY}
    assert same(second.json(), expected)

    third = get(me, follow, ONE)

    assert "Preference-Applied" not in third.headers
    assert delta_link(third).startswith(link(me, "TaskFolders", "deltaToken"))
    expected = {**sample(me, "TaskFolders", volunteer, delta=True), "@odata.deltaLink": ANY}
    assert same(third.json(), expected)


@pytest.mark.spec("sync.resources", "sync.per-folder", "sync.get")
def test_each_folder_has_its_own_round(me: Mailbox) -> None:
    """A round on one folder tells nothing of another."""
    cooking = key(me.create("taskfolders", {"Name": "Cooking"}))
    me.create("tasks", {"Subject": "elsewhere"})
    me.create(f"taskfolders('{cooking}')/tasks", {"Subject": "here"})

    for folder_, subject in (("tasks", "elsewhere"), (cooking, "here")):
        first = get(me, f"TaskFolders('{folder_}')/Tasks", TRACK)
        assert [one["Subject"] for one in first.json()["value"]] == [subject]
        second = get(me, delta_link(first), TRACK)
        assert second.json()["value"] == []
        assert delta_link(second)
