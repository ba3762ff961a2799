"""Seeds with attachments and extended properties, for whoever has the token: as if POSTed."""

from pathlib import Path

from tests.support import wire as wires
from tests.support.control import perform
from tests.support.seeds import FILE
from tests.support.wire import Mailbox

COLOUR = "String {11111111-2222-3333-4444-555555555555} Name Colour"
TYPES = "#Microsoft.OutlookServices"
LINK = {
    "@odata.type": f"{TYPES}.ReferenceAttachment",
    "Name": "Plan",
    "SourceUrl": "https://files.example/plan",
    "ProviderType": "OneDriveBusiness",
}
ITEM = {
    "@odata.type": f"{TYPES}.ItemAttachment",
    "Name": "Fair",
    "Item": {"@odata.type": f"{TYPES}.Event", "Subject": "Fair"},
}


def test_what_is_attached_is_there(tmp_path: Path) -> None:
    red = [{"PropertyId": COLOUR, "Value": "Red"}]
    task = {"Subject": "Shop", "Attachments": [FILE, LINK, ITEM]}
    task["SingleValueExtendedProperties"] = red
    folders = [
        {"Name": "Tasks", "SingleValueExtendedProperties": red},
        {"Name": "Fair", "SingleValueExtendedProperties": red, "Tasks": [task]},
    ]
    groups = [{"Name": "Leisure", "TaskFolders": folders}]
    seed = {"Mailboxes": [{"Token": "secret", "Owner": "Ana", "TaskGroups": groups}]}
    with wires.in_process(f"sqlite:///{tmp_path / 'a.db'}", "sqlite") as wire:
        perform(wire, "seed", seed=seed)
        mine = Mailbox(wire, "secret")
        (found,) = mine.get("tasks?$expand=Attachments").json()["value"]
        assert (found["Owner"], found["HasAttachments"]) == ("Ana", True)
        kinds = [each["@odata.type"].rpartition(".")[2] for each in found["Attachments"]]
        assert kinds == ["FileAttachment", "ReferenceAttachment", "ItemAttachment"]
        file = f"tasks('{found['Id']}')/attachments('{found['Attachments'][0]['Id']}')/$value"
        assert mine.get(file).content == b"milk"
        filter_ = f"SingleValueExtendedProperties/any(p: p/PropertyId eq '{COLOUR}'"
        for of in ("tasks", "taskfolders"):
            red_ones = mine.get(f"{of}?$filter={filter_} and p/Value eq 'Red')").json()["value"]
            assert len(red_ones) == (1 if of == "tasks" else 2)
