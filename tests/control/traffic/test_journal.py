"""The journal: what is kept, found, waited for, and never shown."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from afterlook.control.traffic import exchanges, journal
from afterlook.control.traffic.exchanges import Exchange
from afterlook.control.traffic.journal import Journal
from afterlook.runtime.instants import Instant
from tests.outlook import batches
from tests.sharepoint.helpers import PROCESS_QUERY, post, process
from tests.support import wire as wires
from tests.support.control import expect_refusal, look, perform
from tests.support.todo import Todo
from tests.support.wire import Mailbox, Wire


def found(site: Wire, query: str = "", **more: object) -> list[dict[str, object]]:
    """Return the entries that match."""
    entries: list[dict[str, object]] = look(site, "journal", query=query, **more)["entries"]
    return entries


def shown(site: Wire, query: str = "") -> dict[str, object]:
    """Return the newest that matches, whole."""
    return look(site, "journal/show", id=found(site, query)[-1]["id"])


def test_keeps_an_exchange_whole(me: Mailbox) -> None:
    perform(me.wire, "clock freeze", at="2016-04-22T12:00:00Z")
    made = me.post("tasks", {"Subject": "Shopping list"})
    entry = shown(me.wire)
    assert (entry["method"], entry["target"]) == ("POST", "/api/beta/me/tasks")
    assert (entry["status"], entry["reason"]) == (201, "Created")
    assert entry["at"] == "2016-04-22T12:00:00Z"
    assert str(entry["real"]) > "2020"
    assert entry["wire"] == "outlook"
    assert entry["operation"] == "/api/{version}/{user}/tasks"
    assert str(entry["mailbox"]).endswith("@afterlook.example")
    request, answer = entry["request"], entry["answer"]
    assert isinstance(request, dict)
    assert isinstance(answer, dict)
    assert request["body"]["text"] == '{"Subject":"Shopping list"}'
    assert answer["body"]["text"] == made.text
    assert ["request-id", made.headers["request-id"]] in answer["headers"]
    assert entry["contract"] == []
    assert entry["is_done"] is True


def test_tells_what_a_call_becomes(me: Mailbox) -> None:
    """A call of the Outlook API in Graph To Do, on either of its faces; others become nothing."""
    me.post("tasks?$select=Subject", {"Subject": "a", "Sensitivity": "Private"})
    successor = shown(me.wire)["successor"]
    assert isinstance(successor, dict)
    assert list(successor) == ["to", "verdict", "note", "options", "members"]
    assert successor["to"] == "POST /me/todo/lists/{default list}/tasks"
    assert successor["verdict"] == "changed"
    names = [[each["name"] for each in successor[kind]] for kind in ("options", "members")]
    assert names == [["$select"], ["Sensitivity"]]
    assert list(successor["options"][0]) == ["name", "to", "verdict", "note"]
    me.get("/beta/me/outlook/taskGroups")
    lost = shown(me.wire)["successor"]
    assert isinstance(lost, dict)
    assert (lost["to"], lost["verdict"], lost["options"]) == ("", "lost", [])
    for address in ("/v1.0/me/todo/lists", "/api/v2.0/me/messages", "/_api/web"):
        me.get(address)
        assert shown(me.wire)["successor"] is None


def difference_in(site: Wire) -> dict[str, str]:
    """Return what differs in the newest exchange, which is one thing."""
    found_ones = shown(site)["contract"]
    assert isinstance(found_ones, list)
    assert len(found_ones) == 1
    return dict(found_ones[0])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("status:2xx", 2),
        ("status:400", 1),
        ("status:none", 0),
        ("method:post", 1),
        ("path:/TASKS", 3),
        ("path:/api/*/me/tasks", 3),
        ("path:/tasks*", 0),
        ("wire:outlook", 3),
        ("wire:csom", 0),
        ("fault:no", 3),
        ("fault:yes", 0),
        ("since:5m", 3),
        ("since:2999-01-01T00:00:00Z", 0),
        ('"$TOP=x" status:4xx', 1),
        ("Shopping method:POST", 1),
        ("-status:2xx", 1),
        ("operation:{user}/tasks", 3),
        ("mailbox:nobody", 0),
    ],
)
def test_finds(me: Mailbox, query: str, count: int) -> None:
    me.get("tasks")
    me.post("tasks", {"Subject": "Shopping"})
    me.get("tasks?$top=x")
    assert look(me.wire, "journal", query=query)["matched"] == count


@pytest.mark.parametrize(
    "query",
    [
        *("status:9xx", "colour:red", '"open', "since:soon", "since:2016-01-01T00:00:00"),
        *("fault:maybe", "a " * 40, "status:"),
    ],
)
def test_refuses_a_query(site: Wire, query: str) -> None:
    response = site.client.get("/_emulator/api/journal", params={"query": query})
    assert expect_refusal(response, 400, "InvalidParameter").startswith("query: ")


def test_never_shows_what_would_let_somebody_in(site: Wire) -> None:
    form = (
        "grant_type=password&username=alice&password=s3cret-pass&client_secret=s3cret-client"
        "&refresh_token=s3cret-refresh&code=s3cret-code&client%5Fsecret=s3cret-escaped"
    )
    site.client.post(
        "/common/oauth2/token?access_token=s3cret-query&pass%77ord=s3cret-escaped",
        content=form,
        headers={
            "Authorization": "Bearer s3cret-bearer",
            "Cookie": "afterlook_1=s3cret-cookie",
            "X-RequestDigest": "0x" + "AB" * 32 + ",s3cret-digest",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    body = '{"refresh_token": "s3cret\\"json", "a": "Authorization: Bearer s3cret-inner"}'
    site.client.post("/api/beta/me/tasks", content=body)
    post(Mailbox(site, None), "/_api/contextinfo", b"", {"Accept": "application/json"})
    for entry in found(site):
        text = str(look(site, "journal/show", id=entry["id"]))
        assert "s3cret" not in text
        assert "FormDigestValue" not in text or "0x" not in text
        assert "grant_type=password" in text or "grant_type" not in text
    assert found(site, "s3cret") == []
    assert found(site, '"Bearer ***"')


def test_never_shows_the_address_of_an_upload(site: Wire) -> None:
    """Whoever has it may upload: neither in addresses nor in bodies, nor is it found by parts."""
    todo = Todo(site)
    info = {"attachmentType": "file", "name": "x", "size": 4}
    made = todo.post(
        f"{todo.address(todo.new_task())}/attachments/createUploadSession", {"attachmentInfo": info}
    )
    url = str(made.json()["uploadUrl"])
    secret = url.rpartition("/")[2]
    batch = {"requests": [{"id": "1", "method": "GET", "url": url.partition("/v1.0")[2]}]}
    todo.post("/v1.0/$batch", batch)
    todo.get(url, Referer=url)
    todo.get(url.replace(f"/{secret}", f"('{secret}')"))
    todo.get(url.replace("Sessions", "%53essions").replace("-", "%2D"))
    for entry in found(site):
        assert secret not in unquote(str(look(site, "journal/show", id=entry["id"])))
    assert found(site, secret) == found(site, f"path:{secret[:8]}") == []
    paths = [str(entry["path"]) for entry in found(site, "path:/attachmentSessions")]
    assert [path.count("***") for path in paths] == [1, 1, 1, 1]


def test_the_control_surface_and_health_are_not_in_it(site: Wire) -> None:
    for path in ("/_emulator/api/clock/show", "/_EMULATOR/x", "/%5Femulator/api/", "/livez"):
        site.client.get(path)
    site.client.get("/metrics")
    assert found(site) == []


def test_parts_of_a_batch_are_entries_of_their_own(me: Mailbox) -> None:
    requests = [batches.get("a", "tasks"), batches.post("b", "/me/tasks", {"Subject": "In it"})]
    batches.send_json(me, requests)
    batch, first, second = found(me.wire)
    assert batch["marks"] == ["batch"]
    assert (first["parent"], first["part"], first["marks"]) == (batch["id"], "a", ["part"])
    assert (second["method"], second["status"]) == ("POST", 201)
    assert (second["path"], second["wire"]) == ("/api/beta/me/tasks", "outlook")
    assert shown(me.wire)["successor"] is not None
    assert found(me.wire, '"In it" method:POST path:/me/tasks')[-1]["id"] == second["id"]


def test_csom_is_known_by_its_methods(me: Mailbox) -> None:
    process(me, actions='<Method Id="1" ObjectPathId="9" Name="ReadTasks" />')
    assert found(me.wire)[-1]["operation"] == "ReadTasks"
    assert found(me.wire, "wire:csom operation:readtasks")


def test_long_bodies_are_cut(me: Mailbox) -> None:
    subject = "x" * exchanges.MAX_BODY
    me.post("tasks", {"Subject": subject})
    request = shown(me.wire)["request"]
    assert isinstance(request, dict)
    assert request["body"]["is_cut"]
    assert request["body"]["bytes"] > exchanges.MAX_BODY
    assert len(request["body"]["text"]) == exchanges.MAX_BODY


def test_packed_answers_are_shown_unpacked(me: Mailbox) -> None:
    me.get("$metadata", Accept_Encoding="gzip")
    me.wire.client.get("/api/beta/$metadata", headers={"Accept-Encoding": "gzip"})
    answer = shown(me.wire)["answer"]
    assert isinstance(answer, dict)
    assert ["content-encoding", "gzip"] in answer["headers"]
    assert "<edmx:Edmx" in answer["body"]["text"]


def test_is_bounded_in_number_and_bytes() -> None:
    def exchange(size: int) -> Exchange:
        scope = {"method": "POST", "query_string": b"", "headers": [(b"x", b"y" * size)]}
        made = Exchange(scope, Instant(0), Instant(0), "/")
        made.end(1)
        return made

    kept = Journal(3)
    for _ in range(5):
        kept.add(exchange(10))
    assert [each.id for each in kept] == [3, 4, 5]
    assert kept.find(2) is None
    assert kept.find(4) is not None
    assert kept.find(6) is None
    narrow = Journal(1000, max_bytes=20_000)
    for _ in range(50):
        narrow.add(exchange(4000))
    assert narrow.bytes <= 20_000
    assert len(narrow) + narrow.forgotten == 50
    narrow.add(exchange(30_000))
    assert (len(narrow), narrow.bytes) == (0, 0)
    assert journal.MAX_BYTES == 16 * 1024 * 1024


def test_waits_for_what_is_to_come(me: Mailbox) -> None:
    me.get("tasks")
    last = look(me.wire, "journal", query="path:/tasks", wait=10)["last"]
    calling = threading.Timer(0.2, me.get, ["tasks"])
    calling.start()
    waited = look(me.wire, "journal", query="path:/tasks", wait=10, after=last)
    calling.join()
    assert [entry["id"] for entry in waited["entries"]] == [last + 1]
    params = {"wait": 0.05, "after": last + 1}
    response = me.wire.client.get("/_emulator/api/journal", params=params)
    expect_refusal(response, 404, "NothingMatched")


def test_counts_exactly(me: Mailbox) -> None:
    me.get("tasks")
    me.get("tasks")
    params = {"query": "method:GET"}
    assert look(me.wire, "journal", count=2, **params)["matched"] == 2
    for count in (1, 3):
        response = me.wire.client.get("/_emulator/api/journal", params={**params, "count": count})
        assert expect_refusal(response, 409, "CountDiffers") == f"2 exchanges match, not {count}"
    assert look(me.wire, "journal", count=2, wait=5, **params)["matched"] == 2
    assert look(me.wire, "journal", query="method:PUT", count=0, wait=0.05)["matched"] == 0
    last = look(me.wire, "journal")["last"]
    me.get("tasks")
    assert look(me.wire, "journal", after=last, count=1)["last"] == last + 1


@pytest.mark.parametrize(
    ("address", "rule", "hint"),
    [
        ("tasks?$tpo=1", "InvalidUrlQuery", "Near to '$tpo': $top"),
        ("tasks?$select=Subjetc", "PropertyNotFound", "Near to 'Subjetc': Subject"),
        ("taskfoldrs", "SegmentNotFound", "Near to 'taskfoldrs': taskfolders"),
        ("tasks('AAA')", "IdMalformed", None),
        ("taskfolders('tasks')/tasks?$deltatoken=1", "InvalidRequest", None),
    ],
)
def test_says_what_differs(me: Mailbox, address: str, rule: str, hint: str | None) -> None:
    refusal = me.get(address)
    difference = difference_in(me.wire)
    assert difference["rule"] == rule
    assert difference["message"] == refusal.json()["error"]["message"]
    if hint is not None:
        assert difference["hint"].startswith(hint)


def test_says_which_methods_are_allowed(me: Mailbox) -> None:
    me.send("PUT", "tasks")
    difference = difference_in(me.wire)
    assert (difference["rule"], difference["hint"]) == (
        "MethodNotAllowed",
        "Allowed here: GET, HEAD, POST.",
    )


def test_says_why_a_call_without_a_body_was_refused(site: Wire) -> None:
    """What Basic credentials meet has no body; a HEAD has none either."""
    site.client.get("/api/beta/me/tasks", headers={"Authorization": "Basic eA=="})
    difference = difference_in(site)
    assert difference["rule"] == "Unauthorized"
    assert difference["message"] == "The request did not carry a bearer token."
    answer = shown(site)["answer"]
    assert isinstance(answer, dict)
    told = dict(answer["headers"])["www-authenticate"]
    assert told.startswith('Bearer client_id="0000')
    site.client.head("/api/beta/me/taskfoldrs")
    assert difference_in(site)["rule"] == "SegmentNotFound"


def test_says_so_where_a_fault_refused(me: Mailbox) -> None:
    perform(me.wire, "fault add", status=429)
    me.get("tasks")
    difference = difference_in(me.wire)
    assert difference["message"] == "Nothing: it was refused by a fault (status=429)."


def test_says_what_csom_refuses_with_a_200(me: Mailbox) -> None:
    post(me, PROCESS_QUERY, b"<Request")
    difference = difference_in(me.wire)
    assert difference["rule"] == "XmlMalformed"


@pytest.fixture
def without(tmp_path: Path) -> Iterator[Wire]:
    """Return a service that keeps no journal and counts nothing."""
    database = f"sqlite:///{tmp_path}/afterlook.db"
    with wires.in_process(database, "sqlite", journal=0, metrics="off") as running:
        yield running


def test_none_is_kept_where_none_is_wanted(without: Wire) -> None:
    Mailbox(without, "x").get("tasks")
    listed = look(without, "journal")
    assert (listed["is_on"], listed["matched"], listed["last"]) == (False, 0, 0)
    assert without.client.get("/metrics").status_code == 404
    perform(without, "fault add", status=503)
    assert Mailbox(without, "x").get("tasks").status_code == 503
