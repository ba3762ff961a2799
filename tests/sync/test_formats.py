"""Synchronising at every metadata level, and from every spelling of address."""

import pytest

from tests.support.mailboxes import Filled, Person
from tests.support.outlook import expect_refusal
from tests.support.replicas import content, delta_link, next_link, sized, track
from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"
LEVEL = "application/json;odata.metadata={}"


@pytest.mark.inferred("synced.levels", "synced.kept-options")
@pytest.mark.in_process
@pytest.mark.parametrize("by_format", [True, False])
@pytest.mark.parametrize("level", ["none", "minimal", "full"])
def test_levels(filled: Filled, level: str, by_format: bool) -> None:
    """`$format` is kept in the token, `Accept` is for each request."""
    me, named = filled.me, LEVEL.format(level)
    address = filled.at("taskfolders('{folder}')/tasks")
    headers = {"Prefer": sized(1)} | ({} if by_format else {"Accept": named})
    first = me.get(f"{address}?$format={named}" if by_format else address, **headers)
    for number in range(3):
        me.create(address, {"Subject": str(number)})
    me.delete(filled.at("tasks('{task}')"))
    second = me.get(delta_link(first), **headers)
    third = me.get(next_link(second), **headers)

    for response in (first, second, third):
        assert f"odata.metadata={level}" in response.headers["content-type"]
        page = content(response)
        assert ("@odata.context" in page) == (level != "none")
        assert ("@odata.type" in page["value"][0]) == (level == "full")
    while "@odata.nextLink" in third.json():
        third = me.get(next_link(third), **headers)
    [gone] = third.json()["value"]
    tombstone = {"id": filled.at("Tasks('{task}')"), "reason": "deleted"}
    assert {name: gone[name] for name in tombstone} == tombstone
    assert ("@odata.context" in gone) == (level != "none")
    assert set(gone) <= {"@odata.context", "id", "reason"}


@pytest.mark.inferred("synced.levels")
def test_another_format_in_the_middle(me: Mailbox) -> None:
    """The newer wish counts, for that request."""
    for number in range(3):
        me.create("tasks", {"Subject": str(number)})
    link = delta_link(me.get(f"{TASKS}?$format={LEVEL.format('none')}", Prefer=sized(1)))
    full = me.get(f"{link}&$format={LEVEL.format('full')}", Prefer=sized(1))
    assert "odata.metadata=full" in full.headers["content-type"]
    after = me.get(next_link(full), Prefer=sized(1))
    assert "odata.metadata=none" in after.headers["content-type"]


@pytest.mark.observed("synced.addresses", "sync.link-spelling")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "address",
    [
        "/api/beta/me/TaskFolders('{folder}')/Tasks",
        "/api/v2.0/Me/taskfolders('{folder}')/tasks/",
        "/API/Beta/ME/TASKFOLDERS/{folder}/TASKS",
        "/api/beta/users('{upn}')/TaskFolders('{folder}')/Tasks",
        "/api/beta/Users('{oid}@{tid}')/taskfolders/{folder}/tasks/",
        "/api/beta/users/{upn}/taskfolders%28%27{folder}%27%29/tasks",
        "/api/beta/me/TaskFolders('tasks')/Tasks",
        "/api/beta/me/taskfolders/Tasks/tasks",
        "/api/beta/me/TaskFolders",
        "/api/v2.0/me/taskfolders/",
        "/api/beta/users('{upn}')/TaskFolders",
    ],
)
def test_addresses(person: Person, address: str) -> None:
    """The links keep the spelling, and lead on; the context says `me` where the request did."""
    folder = str(person.create("taskfolders", {"Name": "Garden"})["Id"])
    for number in range(3):
        person.create(f"taskfolders('{folder}')/tasks", {"Subject": str(number)})
        person.create("tasks", {"Subject": str(number)})
        person.create("taskfolders", {"Name": str(number)})
    at = address.format(folder=folder, upn=person.upn, oid=person.oid, tid=person.tid)

    first = person.get(at, Prefer=sized(1))
    page = content(first)
    assert delta_link(first).startswith(f"{person.wire.url}{at.rstrip('/')}/?%24deltatoken=")
    listed = content(person.get(at))["@odata.context"]
    assert page["@odata.context"] == listed.replace("#Me/", "#me/")
    assert ("#me/" in page["@odata.context"]) == ("/me/" in at.lower())
    seen = len(page["value"])
    link = delta_link(first)
    for _ in range(5):
        page = content(person.get(link, Prefer=sized(1)))
        seen += len(page["value"])
        link = page.get("@odata.nextLink", "")
        if not link:
            break
    assert seen == (5 if at.lower().rstrip("/").endswith("folders") else 3)


@pytest.mark.inferred("synced.addresses")
def test_somebody_elses(person: Person, me: Mailbox) -> None:
    address = f"/api/beta/users('{person.upn}')/taskfolders"
    expect_refusal(me.get(address, Prefer=track()), 403, "ErrorAccessDenied")


@pytest.mark.inferred("synced.plain", "sync.not-applied")
@pytest.mark.once
@pytest.mark.parametrize(
    "address",
    [
        "tasks",
        "taskgroups",
        "taskgroups('{group}')/taskfolders",
        "taskgroups('{group}')/taskfolders('{folder}')/tasks",
    ],
)
def test_plain_lists(filled: Filled, address: str) -> None:
    """A preference is ignored, a token refused: whoever holds one must not take a list for news."""
    me, at = filled.me, filled.at(address)
    plain, tracked = me.get(at), me.get(at, Prefer=sized(1))
    assert content(plain)["value"]
    assert tracked.json()["value"] == plain.json()["value"][:1]
    assert tracked.json()["@odata.context"] == plain.json()["@odata.context"]
    assert "track" not in tracked.headers.get("Preference-Applied", "")
    link = delta_link(me.get(filled.at("taskfolders('{folder}')/tasks"), Prefer=track()))
    for option in ("$deltatoken", "$skiptoken", "deltaToken"):
        response = me.get(f"{at}?{option}={link.rpartition('=')[2]}", Prefer=track())
        expect_refusal(response, 400, "ErrorInvalidUrlQuery", option)


@pytest.mark.inferred("synced.plain")
@pytest.mark.once
@pytest.mark.parametrize("address", ["taskfolders('{folder}')", "tasks('{task}')", "tasks/$count"])
def test_the_preference_elsewhere(filled: Filled, address: str) -> None:
    """It means nothing to one entity, or to a number."""
    response = filled.me.get(filled.at(address), Prefer=track())
    assert response.status_code == 200
    assert "Preference-Applied" not in response.headers
