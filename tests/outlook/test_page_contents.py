"""A page ends with the contents in it; the links lead to every attachment, once."""

import pytest

from afterlook.mailbox import attachments
from tests.support.wire import Mailbox

FILE = {"@odata.type": "#Microsoft.OutlookServices.FileAttachment", "ContentBytes": "eHh4eA=="}


@pytest.fixture(autouse=True)
def _little_room(me: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    if me.wire.mode == "live":
        pytest.skip("the bound is set in this process")
    monkeypatch.setattr(attachments, "MAX_PAGE_CONTENT", 6)


def followed(me: Mailbox, address: str) -> list[list[dict[str, object]]]:
    """Return the pages of a listing."""
    pages: list[list[dict[str, object]]] = []
    link: str | None = address
    while link:
        page = me.get(link).json()
        pages.append(page["value"])
        link = page.get("@odata.nextLink")
    return pages


@pytest.mark.inferred("page.ends-with-contents")
@pytest.mark.parametrize("address", ["tasks", "taskfolders('Tasks')/tasks"])
def test_tasks_with_attachments(me: Mailbox, address: str) -> None:
    names = []
    for number, files in enumerate([0, 1, 3, 1, 0, 1, 1]):
        task = me.create("tasks", {"Subject": str(number)})
        names += [f"{number}.{file}" for file in range(files)]
        for file in range(files):
            me.create(f"tasks('{task['Id']}')/attachments", FILE | {"Name": f"{number}.{file}"})
    pages = followed(me, f"{address}?$expand=Attachments&$top=5")

    assert [[task["Subject"] for task in page] for page in pages] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
    ]
    tasks = [task for page in pages for task in page]
    found = [file["Name"] for task in tasks for file in task["Attachments"]]  # type: ignore[attr-defined]
    assert found == names


@pytest.mark.inferred("page.ends-with-contents")
def test_attachments(me: Mailbox) -> None:
    task = me.create("tasks", {"Subject": "many"})
    address = f"tasks('{task['Id']}')/attachments"
    for number in range(5):
        me.create(address, FILE | {"Name": str(number)})
    pages = followed(me, address)

    assert [[file["Name"] for file in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"]]
