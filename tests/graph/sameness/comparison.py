"""What all faces show of a mailbox, and that it is the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.graph.sameness import mapping
from tests.support.attachments import FILE
from tests.support.outlook import walk
from tests.support.wire import Mailbox

if TYPE_CHECKING:
    from tests.graph.sameness.machine import Faces
    from tests.graph.sameness.mapping import Json

BETA = "/beta/me/outlook"


def compare_faces(machine: Faces) -> None:
    """Expect all faces to show the same lists, tasks and parts, those that the machine knows."""
    me = Mailbox(machine.service.wire, machine.token)
    folders = _by_id(me, "taskfolders?$top=1000")
    assert set(folders) == set(machine.folders)
    _expect_beta(folders, _by_id(me, f"{BETA}/taskFolders?$top=1000"))
    for root in ("/v1.0", "/beta"):
        lists = _by_id(me, f"{root}/me/todo/lists?$top=999")
        flagged = [key for key, one in lists.items() if one["wellknownListName"] == "flaggedEmails"]
        # To Do alone has it, and nothing is in it.
        assert len(flagged) == 1
        assert _by_id(me, f"{root}/me/todo/lists/{flagged[0]}/tasks") == {}
        del lists[flagged[0]]
        assert {key: mapping.own(one) for key, one in lists.items()} == {
            key: mapping.to_list(folder) for key, folder in folders.items()
        }
    for key in folders:
        _compare_tasks(machine, me, key)
    if machine.is_synced:
        _compare_my_tasks(machine, me)


def _compare_tasks(machine: Faces, me: Mailbox, key: str) -> None:
    tasks = _by_id(me, f"taskfolders('{key}')/tasks?$top=1000")
    assert set(tasks) == set(machine.folders[key])
    _expect_beta(tasks, _by_id(me, f"{BETA}/taskFolders/{key}/tasks?$top=1000"))
    expand = "$expand=checklistItems,linkedResources,extensions"
    shown = _by_id(me, f"/v1.0/me/todo/lists/{key}/tasks?$top=999&{expand}")
    assert {at: mapping.own(one) for at, one in shown.items()} == {
        at: mapping.to_todo(task, has_files=_has_files(me, task)) for at, task in tasks.items()
    }
    for at, one in shown.items():
        assert {name: len(one[name]) for name in mapping.PARTS} == {
            name: machine.hung[at][name] for name in mapping.PARTS
        }


def _compare_my_tasks(machine: Faces, me: Mailbox) -> None:
    expected = []
    for task in _by_id(me, f"taskfolders('{machine.default}')/tasks?$top=1000").values():
        days = {
            name: task[name] and date.fromisoformat(task[name]["DateTime"][:10])
            for name in ("StartDateTime", "DueDateTime")
        }
        expected.append(mapping.to_listed(task, days.__getitem__))
    listed = [
        {name: row[name] for name in row if name in mapping.LISTED} for row in machine.user.rows()
    ]
    for row in listed:
        row["PinAge"] = min(row["PinAge"], 1)
    assert sorted(listed, key=_order) == sorted(expected, key=_order)


def _order(row: Json) -> str:
    return repr(sorted(row.items(), key=lambda item: item[0]))


def _expect_beta(old: dict[str, Json], new: dict[str, Json]) -> None:
    assert {
        key: {name: value for name, value in one.items() if "@" not in name}
        for key, one in new.items()
    } == {key: mapping.to_beta(one) for key, one in old.items()}


def _has_files(me: Mailbox, task: Json) -> bool:
    if not task["HasAttachments"]:
        return False
    found = me.get(f"tasks('{task['Id']}')/attachments").json()["value"]
    return any(one["@odata.type"] == FILE for one in found)


def _by_id(me: Mailbox, address: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for page in walk(me, address):
        for one in page:
            found[str(one.get("id") or one["Id"])] = one
    return found
