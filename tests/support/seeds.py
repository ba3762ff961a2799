"""Seeds that are broken at a place of the test's choice."""

import json


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
FILE = {
    "@odata.type": "#Microsoft.OutlookServices.FileAttachment",
    "Name": "list.txt",
    "ContentBytes": "bWlsaw==",
}
FOLDERS = "Mailboxes[0].TaskGroups[0].TaskFolders"
TASK = f"{FOLDERS}[1].Tasks[2]"


def with_task(body: object) -> bytes:
    """Return a seed whose third task is `body`."""
    fine = {"Subject": "fine"}
    return with_folders({"Name": "w"}, {"Name": "x", "Tasks": [fine, fine, body]})
