"""A seed that cannot be loaded is told with the entry and the member at fault."""

import json
from pathlib import Path

import pytest

from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.seeds import files
from afterlook.seeds.files import InvalidSeedError
from afterlook.store.store import Store


def with_folders(*folders: object) -> bytes:
    """Return a seed with task folders in a group of its own."""
    group = {"Name": "Half", "TaskFolders": folders}
    return json.dumps({"Mailboxes": [{"TaskGroups": [group]}]}).encode()


def with_site(url: str, *lists: object) -> bytes:
    """Return a seed with a site."""
    return json.dumps({"Mailboxes": [{"Sites": [{"Url": url, "Lists": lists}]}]}).encode()


SITE = "Mailboxes[0].Sites[0]"


def with_items(*items: object) -> bytes:
    """Return a seed with a list in a site."""
    return with_site("/sites/a", {"Title": "a", "Items": items})


NEVER = {"DueDateTime": {"DateTime": "tomorrow"}}
BACKWARDS = {
    "StartDateTime": {"DateTime": "2026-01-02"},
    "DueDateTime": {"DateTime": "2026-01-01"},
}


FOLDERS = "Mailboxes[0].TaskGroups[0].TaskFolders"
TASK = f"{FOLDERS}[1].Tasks[2]"


def with_task(body: object) -> bytes:
    """Return a seed whose third task is `body`."""
    fine = {"Subject": "fine"}
    return with_folders({"Name": "w"}, {"Name": "x", "Tasks": [fine, fine, body]})


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
        (with_task({"Attachments": []}), f"{TASK}.Attachments: a seed cannot attach files"),
    ],
)
def test_what_is_said_of_broken_seeds(tmp_path: Path, content: bytes, said: str) -> None:
    """In the words of the format, not in those of a request or of a library."""
    refused = refusal_of(content, tmp_path)
    assert said in refused
    for library in ("Input should", "Extra inputs", "request", "String should"):
        assert library not in refused
