"""A seed that cannot be loaded is told with the entry and the member at fault."""

from pathlib import Path

import pytest

from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.seeds import files
from afterlook.seeds.files import InvalidSeedError
from afterlook.store.store import Store
from tests.support.seeds import (
    BACKWARDS,
    FILE,
    FOLDERS,
    NEVER,
    SITE,
    TASK,
    with_folders,
    with_items,
    with_site,
    with_task,
)


def refusal_of(content: bytes, tmp_path: Path) -> str:
    """Return what is said of a seed that is refused."""
    seed = tmp_path / "broken.json"
    seed.write_bytes(content)
    store = Store(tmp_path / "store.db", "normal", SystemClock(), RandomIds())
    with pytest.raises(InvalidSeedError) as caught:
        files.load(store, files.read(str(seed)))
    store.close()
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "entry"),
    [
        (b"", ""),
        (b"no json \xff", ""),
        (b'{"Mailboxes": [{"Tasks": []}]}', "Mailboxes[0].Tasks: "),
        (b'{"Mailboxes": [{}, {"Upn": "two words"}]}', "Mailboxes[1].Upn: "),
        (b'{"Mailboxes": [{}, {"Upn": "a@b.c"}, {"Upn": "A@b.c"}]}', "Mailboxes[2]: "),
        (with_task(NEVER), f"{TASK}.DueDateTime: "),
        (with_task({"Subject": "a", "Colour": "red"}), f"{TASK}.Colour: "),
        (with_task({"Subject": "a", "Status": "Asleep"}), f"{TASK}.Status: "),
        (with_task({"Body": {"ContentType": "RTF"}}), f"{TASK}.Body: "),
        (with_task({"Recurrence": {"Pattern": {"Type": "Hourly"}}}), f"{TASK}.Recurrence: "),
        (with_task(BACKWARDS), f"{TASK}: "),
        (with_task("no object"), f"{TASK}: "),
        (with_folders({"Name": "same"}, {"Name": "SAME"}), f"{FOLDERS}[1]: "),
        (with_folders({"Name": ""}), f"{FOLDERS}[0].Name: "),
        (with_site("sites/a"), f"{SITE}.Url: "),
        (with_site("/sites/a", {"Title": "a"}, {"Title": "A"}), f"{SITE}.Lists[1]: "),
        (with_site("/sites/a", {"Title": "a", "BaseTemplate": 100}), f"{SITE}.Lists[0]: "),
        (with_items({"Title": "b"}, {"Body": "no title"}), f"{SITE}.Lists[0].Items[1]: "),
        (with_items({"Title": "b", "Colour": "red"}), f"{SITE}.Lists[0].Items[0].Colour: "),
        (with_items({"Title": "b", "DueDate": "soon"}), f"{SITE}.Lists[0].Items[0].DueDate: "),
    ],
)
def test_broken_seeds(tmp_path: Path, content: bytes, entry: str) -> None:
    """The text names the seed, and the path to what is wrong."""
    assert f"broken.json': {entry}" in refusal_of(content, tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "the file could not be read: it is not valid JSON"),
        ('{"Mailboxes": []}'.encode("utf-16"), "the file could not be read: it is not UTF-8"),
        ('{"Mailboxes": []}'.encode("utf-16-le"), "the file could not be read: it is not UTF-8"),
        ('{"\u00c4": []}'.encode("latin-1"), "the file could not be read: it is not UTF-8"),
        (b'{"Foo": 1}', "Foo: Foo is no member here"),
        (b'{"Mailboxes": {}}', "Mailboxes: it must be a list"),
        (b'{"Mailboxes": [1]}', "Mailboxes[0]: it must be an object"),
        (b'{"Mailboxes": [{"Upn": 1}]}', "Mailboxes[0].Upn: it must be a string"),
        (with_folders({}), "TaskFolders[0].Name: Name is required"),
        (with_site("/sites/a", {"Title": "a", "BaseTemplate": 1}), "takes 107, 150, 171"),
        (with_items({"Title": "a", "Status": "x"}), "Status takes Not Started, In Progress, "),
        (with_items({"Title": "a", "Priority": "x"}), "Priority takes (1) High, (2) Normal, "),
        (
            with_items({"Title": "a", "ParentIDId": 1}),
            "ParentIDId takes the number of an item before it",
        ),
        (with_task({"ChecklistItems": {}}), f"{TASK}.ChecklistItems: it must be a list"),
        (with_task({"ChecklistItems": [{}]}), f"{TASK}.ChecklistItems[0].DisplayName: "),
        (
            with_task({"LinkedResources": [{"Url": "a"}]}),
            f"{TASK}.LinkedResources[0].Url: Url is no member here",
        ),
        (
            with_task({"Extensions": [{"ExtensionName": "a", "b": {}}]}),
            f"{TASK}.Extensions[0]: The member 'b' of an extension",
        ),
        (with_task({"Attachments": {}}), f"{TASK}.Attachments: it must be a list"),
        (with_task({"Attachments": [1]}), f"{TASK}.Attachments[0]: it must be an object"),
        (with_task({"Attachments": [{}]}), f"{TASK}.Attachments[0]: "),
        (
            with_task(
                {"Attachments": [{**FILE, "@odata.type": "#Microsoft.OutlookServices.File"}]}
            ),
            f"{TASK}.Attachments[0]: its '@odata.type' names no kind of attachment",
        ),
        (
            with_task({"Attachments": [{name: FILE[name] for name in ("@odata.type", "Name")}]}),
            f"{TASK}.Attachments[0]: The property 'ContentBytes' is required",
        ),
        (with_task({"Attachments": [FILE, {**FILE, "Name": 5}]}), f"{TASK}.Attachments[1].Name: "),
        (
            with_task({"Attachments": [{**FILE, "ContentBytes": "?"}]}),
            f"{TASK}.Attachments[0].ContentBytes: ",
        ),
        (with_task({"SingleValueExtendedProperties": [{"PropertyId": "a"}]}), f"{TASK}.Single"),
        (with_folders({"Name": "a", "Colour": 1}), f"{FOLDERS}[0].Colour: Colour is no member"),
        (with_folders({"Name": "a", "MultiValueExtendedProperties": [{}]}), f"{FOLDERS}[0]: "),
        (b'{"Mailboxes": [{"Token": "a", "Upn": "a"}]}', "Mailboxes[0].Token: it says whose"),
        (b'{"Mailboxes": [{"Token": "a"}, {"Token": "a"}]}', "Mailboxes[1]: is the same user's"),
    ],
)
def test_what_is_said_of_broken_seeds(tmp_path: Path, content: bytes, said: str) -> None:
    """In the words of the format, not in those of a request or of a library."""
    refused = refusal_of(content, tmp_path)
    assert said in refused
    for library in ("Input should", "Extra inputs", "request", "String should"):
        assert library not in refused
