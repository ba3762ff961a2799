"""Reset, seeds at run time and snapshots: what is there afterwards, and what is believed."""

import pytest

from afterlook.control.operation import API
from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire

TRACK = {"Prefer": "odata.track-changes"}
ALICE = {"Mailboxes": [{"Upn": "alice@afterlook.example", "TaskGroups": []}]}


def seed_of(*subjects: str, folder: str = "Garden", **owner: str) -> dict[str, object]:
    """Return a seed of one mailbox with tasks in a folder."""
    tasks = [{"Subject": subject} for subject in subjects]
    group = {"Name": "My Tasks", "TaskFolders": [{"Name": folder, "Tasks": tasks}]}
    return {"Mailboxes": [{**owner, "TaskGroups": [group]}]}


def subjects(mailbox: Mailbox) -> list[str]:
    """Return the subjects of all tasks of a mailbox."""
    return [task["Subject"] for task in mailbox.get("tasks").json()["value"]]


def test_reset_empties_a_server_without_a_seed(mine: Mailbox) -> None:
    task = mine.create("tasks", {"Subject": "Shop"})
    folder = "taskfolders('tasks')/tasks"
    link = mine.get(folder, **TRACK).json()["@odata.deltaLink"]
    assert perform(mine.wire, "reset") == {"mailboxes": [], "seed": "empty"}
    assert look(mine.wire, "mailbox list")["total"] == 0
    assert subjects(mine) == []
    assert mine.get(f"tasks('{task['Id']}')").status_code == 404
    assert mine.get(link, **TRACK).status_code == 400
    mine.create("tasks", {"Subject": "Bake"})
    assert subjects(mine) == ["Bake"]


def test_reset_of_one_mailbox_leaves_the_others(turned: Wire) -> None:
    alice, bob = (perform(turned, "mailbox create", upn=name) for name in ("alice", "bob"))
    mine, other = Mailbox(turned, alice["token"]), Mailbox(turned, bob["token"])
    for each in (mine, other):
        each.create("tasks", {"Subject": "Shop"})
    assert perform(turned, "reset", mailbox="alice")["mailboxes"] == ["alice"]
    assert (subjects(mine), subjects(other)) == ([], ["Shop"])
    assert perform(turned, "mailbox delete", mailbox="bob") == {
        "name": "bob",
        "upn": "bob@afterlook.example",
    }
    assert [each["name"] for each in look(turned, "mailbox list")["mailboxes"]] == ["alice"]
    assert subjects(other) == []
    expect_refusal(attempt(turned, "reset", mailbox="nobody"), 404, "NotFound")


def test_a_seed_is_added_whole_or_not_at_all(turned: Wire) -> None:
    given = seed_of("Water", "Weed", Token="secret")
    assert len(perform(turned, "seed", seed=given)["mailboxes"]) == 1
    mine = Mailbox(turned, "secret")
    mine.create("tasks", {"Subject": "Shop"})
    assert subjects(mine) == ["Water", "Weed", "Shop"]
    again = seed_of("Prune", folder="New", Upn="bob@afterlook.example")
    again["Mailboxes"] += given["Mailboxes"]  # type: ignore[operator]
    said = expect_refusal(attempt(turned, "seed", seed=again), 409, "Conflict")
    assert "Mailboxes[1].TaskGroups[0].TaskFolders[0]: " in said
    assert subjects(mine) == ["Water", "Weed", "Shop"]
    assert look(turned, "mailbox list")["total"] == 1


def test_a_seed_goes_into_the_mailbox_that_is_named(turned: Wire) -> None:
    perform(turned, "seed", seed="demo", mailbox="alice")
    names = [each["name"] for each in look(turned, "mailbox list")["mailboxes"]]
    assert names == ["alice"]
    shown = look(turned, "mailbox show", mailbox="alice", limit=2)
    assert sum(len(folder["Tasks"]) for folder in shown["folders"]) == 2 < shown["total"]
    two = {"Mailboxes": [{"Upn": "a"}, {"Upn": "b"}]}
    said = expect_refusal(
        attempt(turned, "seed", seed=two, mailbox="alice"), 400, "InvalidParameter"
    )
    assert "names 2 mailboxes" in said


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        ("nowhere", "there is no seed 'nowhere', neither shipped (empty, demo)"),
        ("/etc/passwd", "there is no seed '/etc/passwd'"),
        ("../seed/demo", "there is no seed '../seed/demo'"),
        ({"Mailboxes": [{"Colour": 1}]}, "seed 'given': Mailboxes[0].Colour: "),
        ({"Mailboxes": [{"Token": "a b"}]}, "Mailboxes[0].Token: it must be 1 to 8192"),
        ({"Mailboxes": [{"Token": "a", "Upn": "a"}]}, "Mailboxes[0].Token: it says whose"),
        (5, "seed"),
    ],
)
@pytest.mark.once
def test_what_is_no_seed(turned: Wire, seed: object, said: str) -> None:
    assert said in expect_refusal(attempt(turned, "seed", seed=seed), 400, "InvalidParameter")
    assert look(turned, "mailbox list")["total"] == 0


def test_a_snapshot_brings_everything_back(mine: Mailbox) -> None:
    wire = mine.wire
    task = mine.create("tasks", {"Subject": "Shop"})
    here = f"tasks('{task['Id']}')"
    content = {"@odata.type": "#Microsoft.OutlookServices.FileAttachment", "Name": "list.txt"}
    attachment = mine.create(f"{here}/attachments", {**content, "ContentBytes": "bWlsaw=="})
    kept = mine.get(here).json()
    link = mine.get("taskfolders('tasks')/tasks", **TRACK).json()["@odata.deltaLink"]
    saved = perform(wire, "snapshot save", name="before")
    assert (saved["mailboxes"], saved["tasks"]) == (1, 1)
    assert saved["bytes"] > 0
    changed = mine.patch(here, {"Subject": "Bake"}).json()
    Mailbox(wire, "other").create("tasks", {"Subject": "Dig"})
    perform(wire, "snapshot restore", name="before")
    assert mine.get(here).json() == kept
    found = mine.get(f"{here}/attachments('{attachment['Id']}')/$value")
    assert found.content == b"milk"
    assert look(wire, "mailbox list")["total"] == 1
    # Nothing that was handed out since fits what is written from now on.
    assert mine.get(link, **TRACK).status_code == 400
    mine.patch(here, {"Subject": "Boil"})
    stale = mine.send("PATCH", here, {"Subject": "Late"}, If_Match=changed["@odata.etag"])
    assert stale.status_code == 412
    assert subjects(mine) == ["Boil"]


def test_a_snapshot_brings_parts_of_tasks_back(turned: Wire) -> None:
    task = {
        "Subject": "Shop",
        "ChecklistItems": [{"DisplayName": "Milk", "IsChecked": True}],
        "LinkedResources": [{"WebUrl": "https://shop.example/1"}],
        "Extensions": [{"ExtensionName": "com.example.Shop", "aisle": 4}],
    }
    folder = {"Name": "Tasks", "Tasks": [task]}
    groups = [{"Name": "My Tasks", "TaskFolders": [folder]}]
    perform(turned, "seed", seed={"Mailboxes": [{"Token": "secret", "TaskGroups": groups}]})

    def export() -> object:
        (exported,) = turned.client.get(f"{API}/export").json()["Mailboxes"]
        return exported["TaskFolders"]

    before = export()
    perform(turned, "snapshot save", name="before")
    mine = Mailbox(turned, "secret")
    (found,) = mine.get("tasks").json()["value"]
    assert mine.delete(f"tasks('{found['Id']}')").is_success
    assert export() != before
    perform(turned, "snapshot restore", name="before")
    assert export() == before


def test_snapshots_have_names(turned: Wire) -> None:
    for name in ("one", "two"):
        perform(turned, "snapshot save", name=name)
    perform(turned, "snapshot save", name="one")
    names = [each["name"] for each in look(turned, "snapshot list")["snapshots"]]
    assert sorted(names) == ["one", "two"]
    perform(turned, "snapshot delete", name="one")
    assert [each["name"] for each in look(turned, "snapshot list")["snapshots"]] == ["two"]
    for operation in ("delete", "restore"):
        expect_refusal(attempt(turned, f"snapshot {operation}", name="one"), 404, "NotFound")
    for name in ("", "../up", ".hidden", "a b", "a" * 65, "é", "a\n"):
        expect_refusal(attempt(turned, "snapshot save", name=name), 400, "InvalidParameter")


def test_a_mailbox_that_was_deleted_comes_back_with_a_snapshot(mine: Mailbox) -> None:
    task = mine.create("tasks", {"Subject": "Shop"})
    here = f"tasks('{task['Id']}')"
    perform(mine.wire, "snapshot save", name="a")
    changed = mine.patch(here, {"Subject": "Bake"}).json()
    (only,) = look(mine.wire, "mailbox list")["mailboxes"]
    perform(mine.wire, "mailbox delete", mailbox=only["name"])
    perform(mine.wire, "snapshot restore", name="a")
    assert subjects(mine) == ["Shop"]
    mine.patch(here, {"Subject": "Boil"})
    stale = mine.send("PATCH", here, {"Subject": "Late"}, If_Match=changed["@odata.etag"])
    assert stale.status_code == 412
