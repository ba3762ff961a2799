"""What clients were seen to send: preconditions, addresses and numbers in other spellings."""

import pytest

from tests.outlook.attaching import at, attach, listed, new_task
from tests.outlook.recurring import numbered, recurrence, recurring
from tests.support.attachments import EVENT, ITEMS, SPACE, file, link
from tests.support.mailboxes import Filled, Person
from tests.support.outlook import everything, expect_refusal, key, values
from tests.support.wire import Mailbox

MINIMAL = {"Prefer": "return=minimal"}


@pytest.mark.inferred("v2.group-folders")
def test_below_a_group(filled: Filled) -> None:
    me, below = filled.me, filled.at("taskgroups('{group}')/taskfolders('{folder}')")
    made = me.create(f"{below}/tasks", {"Subject": "Rye"})
    assert made["ParentFolderId"] == filled.folder
    one = f"{below}/tasks('{key(made)}')"
    assert me.get(one).json()["Subject"] == "Rye"
    assert me.patch(one, {"Subject": "Spelt"}).json()["Subject"] == "Spelt"
    assert me.post(f"{one}/complete").json()["value"][0]["Status"] == "Completed"
    assert me.delete(one).status_code == 204
    assert me.get(f"tasks('{key(made)}')").status_code == 404
    assert me.patch(below, {"Name": "Baking"}).json()["Name"] == "Baking"
    assert me.delete(below).status_code == 204
    assert me.get(filled.at("taskfolders('{folder}')")).status_code == 404


@pytest.mark.inferred("v2.group-folders")
def test_below_another_group(filled: Filled) -> None:
    """Nothing is where it is not addressed, and nothing changes."""
    me, other = filled.me, key(filled.me.create("taskgroups", {"Name": "Other"}))
    below = filled.at(f"taskgroups('{other}')/taskfolders('{{folder}}')")
    right = filled.at("taskgroups('{group}')/taskfolders('{folder}')")
    elsewhere = key(me.create("tasks", {"Subject": "Elsewhere"}))
    before = everything(me)
    for response in (
        me.post(f"{below}/tasks", {"Subject": "x"}),
        me.patch(below, {"Name": "x"}),
        me.delete(below),
        *(
            answer
            for one in (filled.at(f"{below}/tasks('{{task}}')"), f"{right}/tasks('{elsewhere}')")
            for answer in (
                me.get(one),
                me.patch(one, {"Subject": "x"}),
                me.delete(one),
                me.post(f"{one}/complete"),
            )
        ),
    ):
        expect_refusal(response, 404, "ErrorItemNotFound")
    assert everything(me) == before


@pytest.mark.spec("v2.spelling")
@pytest.mark.once
@pytest.mark.parametrize(
    "spelt", ["Id='{task}'", "id='{task}'", "Id%3D'{task}'", "Id = %27{task}'"]
)
def test_named_keys(filled: Filled, spelt: str) -> None:
    address = f"tasks({filled.at(spelt)})"
    assert filled.me.get(address).json()["Id"] == filled.task
    assert filled.me.get(f"{address}/Subject").status_code == 200
    folder = filled.at("TaskGroups(Id='{group}')/TaskFolders(Id='{folder}')")
    assert filled.me.get(folder).json()["Id"] == filled.folder


@pytest.mark.spec("v2.spelling")
@pytest.mark.once
@pytest.mark.parametrize("name", ["complete()", "Complete()", f"{SPACE}.Complete()", "complete()/"])
def test_parentheses(filled: Filled, name: str) -> None:
    response = filled.me.post(filled.at(f"tasks('{{task}}')/{name}"))
    assert response.json()["value"][0]["Status"] == "Completed"


@pytest.mark.spec("v2.spelling")
@pytest.mark.once
@pytest.mark.parametrize("address", ["tasks()", "tasks('{task}')()", "tasks(Id=)", "tasks(A='x')"])
def test_no_key(filled: Filled, address: str) -> None:
    expect_refusal(filled.me.get(filled.at(address)), 400, "RequestBroker-ParseUri")


@pytest.mark.inferred("v2.batch-addresses")
@pytest.mark.parametrize("batch", ["/api/beta/$batch", "/api/beta/me/$batch"])
def test_batch_addresses(filled: Filled, batch: str) -> None:
    me = filled.me
    urls = [
        *("me/tasks", "/me/tasks", "tasks", "/tasks", "/Me/Tasks", "/Tasks?$top=5", "tasks?$top=5"),
        *("/api/beta/me/tasks", f"{me.wire.url}/api/beta/me/tasks", "/beta/me/tasks"),
        *(filled.at("taskfolders('{folder}')/tasks"), filled.at("/taskfolders('{folder}')/tasks")),
        *("v2.0/me/tasks", filled.at("/taskgroups('{group}')/taskfolders('{folder}')/tasks")),
    ]
    for url in urls:
        sent = {"requests": [{"id": "1", "method": "GET", "url": url}]}
        [answer] = me.post(batch, sent).json()["responses"]
        assert answer["status"] == 200, (url, answer)
        assert [one["Id"] for one in answer["body"]["value"]] == [filled.task], url


@pytest.mark.spec("v2.location-of-the-one-off")
@pytest.mark.parametrize("prefer", [MINIMAL, {}])
def test_location_of_the_one_off(me: Mailbox, prefer: dict[str, str]) -> None:
    """By PATCH and, without a body, by complete."""
    task = recurring(me, recurrence())
    response = me.patch(f"tasks('{key(task)}')", {"Status": "Completed"}, **prefer)
    one_off = me.get(response.headers["Location"]).json()
    assert (one_off["Status"], one_off["Recurrence"]) == ("Completed", None)
    assert one_off["Id"] != task["Id"]
    assert response.headers["ETag"] == one_off["@odata.etag"]
    completed = me.post(f"tasks('{key(task)}')/complete", **MINIMAL)
    other = me.get(completed.headers["Location"]).json()
    assert other["Id"] not in (task["Id"], one_off["Id"])
    assert completed.headers["OData-EntityId"] == completed.headers["Location"]
    for plain in (
        me.patch(f"tasks('{key(other)}')", {"Subject": "x"}, **prefer),
        me.post(f"tasks('{key(other)}')/complete", **MINIMAL),
    ):
        assert "Location" not in plain.headers


@pytest.mark.spec("v2.if-none-match")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "address",
    [
        "tasks('{task}')",
        "taskfolders('{folder}')",
        "taskgroups('{group}')",
        "taskfolders('{folder}')/tasks('{task}')",
        "tasks('{task}')/Subject",
        "tasks('{task}')/Body",
    ],
)
def test_if_none_match(filled: Filled, address: str) -> None:
    me, place = filled.me, filled.at(address)
    tag = me.get(place).headers["ETag"]
    bare = tag.removeprefix("W/")
    for known in (tag, bare, "*", f'"x", {tag}'):
        response = me.get(place, If_None_Match=known)
        assert (response.status_code, response.content) == (304, b""), known
        assert response.headers["ETag"] == tag
    assert me.get(place, If_None_Match='W/"x"').status_code == 200
    owner = place.partition("/S")[0].partition("/B")[0]
    if "/tasks" not in owner:
        changed = {"Subject": "x"} if owner.startswith("tasks(") else {"Name": "x"}
        # No reader: it is written, and answered with what there is now.
        assert me.patch(owner, changed, If_None_Match='"x"').status_code == 200
        assert me.get(place, If_None_Match=tag).status_code == 200


@pytest.mark.spec("v2.attachments-if-match")
def test_if_match_of_attachments(me: Mailbox) -> None:
    task = new_task(me)
    old = me.get(task).headers["ETag"]
    added = attach(me, task, file())
    before = me.get(f"{task}?$expand=Attachments").json()
    expect_refusal(
        me.post(f"{task}/attachments", link(), If_Match=old), 412, "ErrorIrresolvableConflict"
    )
    expect_refusal(me.delete(at(task, added), If_Match=old), 412, "ErrorIrresolvableConflict")
    assert me.get(f"{task}?$expand=Attachments").json() == before
    new = me.get(task).headers["ETag"]
    assert me.post(f"{task}/attachments", link(), If_Match=new).status_code == 201
    assert me.delete(at(task, added), If_Match="*").status_code == 204


@pytest.mark.inferred("v2.attachments-all")
def test_all_attachments(me: Mailbox) -> None:
    task = new_task(me)
    for number in range(12):
        attach(me, task, file(f"{number}.txt"))
    found = me.get(f"{task}/attachments").json()
    assert len(found["value"]) == 12
    assert "@odata.nextLink" not in found
    assert len(listed(me, task, top="5")) == 5


@pytest.mark.spec("v2.select-attachments")
def test_select_attachments(me: Mailbox) -> None:
    task = new_task(me, Subject="x")
    attach(me, task, file())
    wanted = ["@odata.context", "@odata.id", "@odata.etag", "Id", "Subject"]
    behind = ["Attachments@odata.context", "Attachments"]
    for select in ("Subject,Attachments", "attachments,subject", "Subject"):
        found = me.get(f"{task}?$select={select}&$expand=Attachments").json()
        assert list(found) == wanted + behind
        [other] = values(me.get(f"tasks?$select={select}&$expand=Attachments"))
        assert list(other) == wanted[1:] + behind
    assert list(me.get(f"{task}?$select=Subject,Attachments").json()) == wanted
    expect_refusal(me.get(f"{task}?$select=Subject,Attachment"), 400, "RequestBroker-ParseUri")


@pytest.mark.spec("v2.expand-options")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("$top=1", ["b"]),
        ("$top=0", []),
        ("$skip=1", ["a", "c"]),
        ("$orderby=Name", ["a", "b", "c"]),
        ("$orderby=Name desc;$top=2", ["c", "b"]),
        ("$filter=IsInline eq true", ["a"]),
        ("$filter=Name ne 'a';$orderby=Name;$skip=1;$select=Name", ["c"]),
        ("$top=1000", ["b", "a", "c"]),
    ],
)
def test_expand_options(me: Mailbox, options: str, names: list[str]) -> None:
    """As on a listing of the attachments, for each task by itself."""
    task = new_task(me)
    for each in (task, new_task(me)):
        for body in (file("b"), file("a") | {"IsInline": True}, link(Name="c", IsInline=False)):
            attach(me, each, body)
    query = f"$expand=Attachments({options};$count=true)"
    for one in (me.get(f"{task}?{query}").json(), *values(me.get(f"tasks?{query}"))):
        assert [file_["Name"] for file_ in one["Attachments"]] == names
        assert one["Attachments@odata.count"] == (
            1 if options[-4:] == "true" else 2 if "ne" in options else 3
        )


@pytest.mark.spec("v2.expand-options")
def test_items_within(me: Mailbox) -> None:
    task = new_task(me)
    attach(me, task, EVENT)
    [found] = me.get(f"{task}?$expand=Attachments($expand={ITEMS})").json()["Attachments"]
    assert found["Item"]["Subject"] == EVENT["Item"]["Subject"]
    for wrong in ("Item", f"{ITEMS}($top=1)", "Attachments"):
        response = me.get(f"{task}?$expand=Attachments($expand={wrong})")
        expect_refusal(response, 400, "ErrorInvalidUrlQuery")
    response = me.get(f"{task}?$expand=Attachments($filter=Name eq 1)")
    expect_refusal(response, 400, "ErrorInvalidUrlQueryFilter")


@pytest.mark.spec("v2.whole-numbers")
@pytest.mark.once
@pytest.mark.parametrize("number", [2.0, "2"])
def test_whole_numbers(me: Mailbox, number: object) -> None:
    rule = numbered(5)
    rule["Pattern"]["Interval"] = rule["Range"]["NumberOfOccurrences"] = number
    kept = recurring(me, rule)["Recurrence"]
    assert (kept["Pattern"]["Interval"], kept["Range"]["NumberOfOccurrences"]) == (2, 2)


@pytest.mark.inferred("v2.media-types")
def test_media_types(me: Mailbox) -> None:
    task = new_task(me)
    for name, type_ in {
        "a.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "a.XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a.pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "a.tar.gz": "application/gzip",
        "a.webp": "image/webp",
        "a.md": "text/markdown",
        "a.msg": "application/vnd.ms-outlook",
        "a.unheard": "application/octet-stream",
    }.items():
        assert attach(me, task, file(name))["ContentType"] == type_


@pytest.mark.inferred("v2.large-files")
def test_large_file(alone: Mailbox) -> None:
    """By default, of 25 MB; what holds no file is smaller."""
    task, size = new_task(alone), 25 * 1024 * 1024
    address = at(task, attach(alone, task, file("x.bin", bytes(size))))
    assert len(alone.get(f"{address}/$value").content) == size
    expect_refusal(alone.post("tasks", {"Subject": "x" * size}), 413, "ErrorMessageSizeExceeded")


@pytest.mark.observed("v2.anchor", "later.anchor-mailbox")
def test_anchor(person: Person) -> None:
    ids = (person.upn, person.upn.upper(), f"SMTP:{person.upn}", f"{person.oid}@{person.tid}")
    for right in (*ids, person.oid, f"OID:{person.oid}@{person.tid}"):
        assert person.get("tasks", x_AnchorMailbox=right).status_code == 200, right
    for wrong in ("somebody@contoso.example", "x", "", f"{person.tid}@{person.oid}"):
        response = person.get("tasks", x_AnchorMailbox=wrong)
        expect_refusal(response, 400, "ErrorIncorrectRoutingHint", f"'{wrong}' does not match")


@pytest.mark.inferred("v2.anchor")
def test_anchor_of_a_token_that_names_nobody(me: Mailbox) -> None:
    """Its user has an address that is not known here."""
    own = me.get("/api/beta/me").json()["EmailAddress"]
    for right in (own, "jane@contoso.example"):
        assert me.get("tasks", x_AnchorMailbox=right).status_code == 200
    for wrong in ("x", "demo@afterlook.example", "00000000-0000-0000-0000-000000000000"):
        expect_refusal(me.get("tasks", x_AnchorMailbox=wrong), 400, "ErrorIncorrectRoutingHint")


@pytest.mark.inferred("v2.immutable-ids", "later.immutable-ids")
@pytest.mark.parametrize("spelt", ['IdType="ImmutableId"', "idtype=ImmutableId"])
def test_immutable_ids(me: Mailbox, spelt: str) -> None:
    task = new_task(me)
    response = me.get(task, Prefer=spelt)
    assert response.headers["Preference-Applied"] == 'IdType="ImmutableId"'
    assert response.json() == me.get(task).json()
    assert "Preference-Applied" not in me.get(task, Prefer='IdType="RestId"').headers
