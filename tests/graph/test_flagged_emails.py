"""Flagged Emails: a list that only To Do shows, and that is empty here."""

import pytest

from tests.graph.todo import ROOT, expect_refusal, make_list, make_task, titles
from tests.support.wire import Mailbox

NAME = "Flagged Emails"
NEXT, DELTA = "@odata.nextLink", "@odata.deltaLink"
PROTECTED = ("invalidRequest", "ErrorInvalidRequest")


@pytest.fixture
def flagged(me: Mailbox) -> str:
    """Return the address of the list."""
    named = me.get(f"{ROOT}?$filter=displayName eq '{NAME}'").json()["value"]
    return f"{ROOT}/{named[0]['id']}"


@pytest.mark.spec("graph.flagged-emails")
def test_there(me: Mailbox, flagged: str) -> None:
    """It is a list as any other, and is called by its well-known name."""
    one = me.get(flagged).json()
    assert (one["displayName"], one["wellknownListName"]) == (NAME, "flaggedEmails")
    shown = {name: value for name, value in one.items() if name != "@odata.context"}
    assert shown in me.get(ROOT).json()["value"]
    current = me.get(flagged, **{"If-None-Match": one["@odata.etag"]})
    assert current.status_code == 304


@pytest.mark.inferred("graph.flagged-emails-empty")
@pytest.mark.in_process
def test_empty(me: Mailbox, flagged: str) -> None:
    page = me.get(f"{flagged}/tasks?$count=true&$orderby=createdDateTime&$filter=title eq 'a'")
    assert (page.json()["value"], page.json()["@odata.count"]) == ([], 0)
    assert me.get(f"{flagged}/tasks/$count").text == "0"
    first = me.get(f"{flagged}/tasks/delta").json()
    assert first["value"] == []
    assert me.get(first[DELTA]).json()["value"] == []
    task = make_task(me, "tasks", "a")
    expect_refusal(me.get(f"{flagged}/tasks/{task['id']}"), 404, "ErrorItemNotFound")
    assert me.get(f"{flagged}/extensions").json()["value"] == []
    assert me.get(f"{flagged}?$expand=extensions").json()["extensions"] == []


@pytest.mark.inferred("graph.flagged-emails-place")
@pytest.mark.in_process
def test_in_its_place(me: Mailbox) -> None:
    """The last of all, or where its name puts it; counted, filtered and paged like the others."""
    for name in ("Zoo", "Ant"):
        make_list(me, name)
    # Names are one mailbox's: another face may take this one too.
    me.create("taskfolders", {"Name": NAME})
    assert titles(me.get(ROOT)) == ["Ant", NAME, "Tasks", "Zoo", NAME]
    by_name = f"{ROOT}?$orderby=displayName desc"
    assert titles(me.get(by_name)) == ["Zoo", "Tasks", NAME, NAME, "Ant"]
    kinds = [one["wellknownListName"] for one in me.get(by_name).json()["value"]]
    assert kinds == ["none", "defaultList", "none", "flaggedEmails", "none"]
    for order in ("", "&$orderby=displayName", "&$orderby=id desc"):
        whole = [one["id"] for one in me.get(f"{ROOT}?$top=9{order}").json()["value"]]
        link, found = f"{ROOT}?$top=2&$count=true{order}", []
        for _ in range(3):
            page = me.get(link).json()
            assert page["@odata.count"] == 5
            found += [one["id"] for one in page["value"]]
            link = page.get(NEXT, "")
        assert (found, link) == (whole, "")
    for condition, number in (("startswith(displayName,'flag')", 2), ("displayName ne 'x'", 5)):
        assert me.get(f"{ROOT}/$count?$filter={condition}").text == str(number)
        assert len(titles(me.get(f"{ROOT}?$filter={condition}"))) == number
    key = me.get(ROOT).json()["value"][-1]["id"]
    assert titles(me.get(f"{ROOT}?$filter=id eq '{key}'")) == [NAME]


@pytest.mark.inferred("graph.flagged-emails-delta")
@pytest.mark.in_process
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_delta(me: Mailbox, size: int) -> None:
    """It comes once, the last of a first round, on pages of any size."""
    homes = [make_list(me, name) for name in ("A", "B")]
    link, found = f"{ROOT}/delta?$top={size}", []
    for _ in range(5):
        page = me.get(link).json()
        assert len(page["value"]) <= size
        found += [one["displayName"] for one in page["value"]]
        link = page.get(NEXT) or page[DELTA]
        if DELTA in page:
            break
    assert found == ["Tasks", "B", "A", NAME]
    assert me.get(link).json()["value"] == []
    me.patch(f"{ROOT}/{homes[0]}", {"displayName": "C"})
    assert titles(me.get(link)) == ["C"]


@pytest.mark.inferred("graph.flagged-emails-protected")
@pytest.mark.in_process
def test_protected(me: Mailbox, flagged: str) -> None:
    """It is neither renamed nor deleted, and holds nothing that is put there."""
    before = me.get(flagged).json()
    reasons = [
        expect_refusal(me.patch(flagged, {"displayName": "Mine"}), 400, *PROTECTED),
        expect_refusal(me.delete(flagged), 400, *PROTECTED),
        expect_refusal(me.post(f"{flagged}/tasks", {"title": "a"}), 400, *PROTECTED),
        expect_refusal(me.post(f"{flagged}/extensions", {"extensionName": "a"}), 400, *PROTECTED),
    ]
    assert [reason.rpartition(" can't be ")[2] for reason in reasons[:2]] == [
        "renamed.",
        "deleted.",
    ]
    assert "flagged emails folder" in reasons[2] == reasons[3]
    assert me.patch(flagged, {"displayName": NAME}).status_code == 200
    stale = me.patch(flagged, {"displayName": "x"}, **{"If-Match": 'W/"AAAA"'})
    assert stale.status_code == 412
    expect_refusal(me.delete(f"{flagged}/extensions/a"), 404, "ErrorItemNotFound")
    assert me.get(flagged).json() == before
    assert me.get(f"{flagged}/tasks").json()["value"] == []


@pytest.mark.inferred("graph.flagged-emails-hidden")
@pytest.mark.in_process
def test_hidden(me: Mailbox, flagged: str) -> None:
    """No older face has it, in no listing and by no address."""
    key = me.get(flagged).json()["id"]
    outlook = "/beta/me/outlook/taskFolders"
    for at, name in (("taskfolders", "Name"), (outlook, "name")):
        assert [one[name] for one in me.get(at).json()["value"]] == ["Tasks"]
        for address in (f"{at}('{key}')", f"{at}('{key}')/tasks"):
            assert me.get(address).status_code == 404
        assert me.post(f"{at}('{key}')/tasks", {}).status_code == 404
    tracked = me.get("taskfolders", Prefer="odata.track-changes").json()["value"]
    assert [
        one["TaskFolder"]["Name"] if "TaskFolder" in one else one["Name"] for one in tracked
    ] == ["Tasks"]
    tracked = me.get(f"taskfolders('{key}')/tasks", Prefer="odata.track-changes")
    assert tracked.status_code == 404
