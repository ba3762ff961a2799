"""Faults: whom they meet, how often, and that every wire takes every one in its own form."""

import json
from typing import Any

import httpx2
import pytest

from afterlook.control.traffic.faults.dice import Dice
from afterlook.control.traffic.faults.faults import MAX_FAULTS
from afterlook.control.traffic.faults.kinds import BY_NAME, FaultParameters
from afterlook.control.traffic.faults.plans import Plan
from tests.outlook import batches
from tests.sharepoint.helpers import PROCESS_QUERY, post
from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire

REST = "/sites/a/_api/web/lists"
PAGE = "/mytasks"
MULTIPART = "multipart/mixed; boundary=b"
REST_BATCH = b"""\
--b
Content-Type: application/http
Content-Transfer-Encoding: binary

GET http://localhost/sites/a/_api/web/lists HTTP/1.1
Accept: application/json


--b--
"""


def call(me: Mailbox, wire: str, **headers: str) -> httpx2.Response:
    """Call something of a wire; of a batch, return the answer of its one part."""
    match wire:
        case "outlook":
            return me.get("tasks", **headers)
        case "csom":
            return post(me, PROCESS_QUERY, b"<Request/>", headers)
        case "rest":
            return me.get(REST, **{"Accept": "application/json"} | headers)
        case "verbose":
            return me.get(REST, **{"Accept": "application/json;odata=verbose"} | headers)
        case "page":
            return me.get(PAGE, **{"Accept-Encoding": "identity"} | headers)
        case "part":
            answer = batches.send_json(me, [batches.get("one", "me/tasks")], **headers)
            part = answer.json()["responses"][0]
            return httpx2.Response(part["status"], headers=part["headers"], json=part.get("body"))
        case "rest part":
            typed = {"Content-Type": MULTIPART}
            answer = post(me, "/sites/a/_api/$batch", REST_BATCH, typed | headers)
            head, _, body = answer.text.partition("HTTP/1.1 ")[2].partition("\r\n\r\n")
            return httpx2.Response(int(head[:3]), text=body.partition("\r\n--")[0])
    raise AssertionError(wire)


def said(wire: str, response: httpx2.Response) -> bool:
    """Tell whether an error is in the form of the wire."""
    if response.status_code == 401 and wire in ("outlook", "page"):
        return response.content == b"" and "www-authenticate" in response.headers
    match wire:
        case "outlook" | "part" | "page":
            return set(response.json()["error"]) == {"code", "message"}
        case "csom":
            return bool(response.json()[0]["ErrorInfo"]["ErrorTypeName"])
        case "rest" | "rest part":
            return bool(response.json()["odata.error"]["message"]["value"])
    return bool(response.json()["error"]["message"]["value"])


@pytest.mark.parametrize("status", [401, 412, 429, 500, 502, 503, 504, 599])
@pytest.mark.parametrize(
    "face", ["outlook", "csom", "rest", "verbose", "page", "part", "rest part"]
)
def test_every_wire_refuses_in_its_own_form(me: Mailbox, face: str, status: int) -> None:
    is_part = "part" in face
    given = {"part": "1"} if is_part else {}
    if status == 429:
        given["retry_after"] = "0"
    perform(me.wire, "fault add", status=status, times=1, **given)
    refusal = call(me, face)
    assert refusal.status_code == status
    assert (is_part and status == 401) or said(face, refusal), refusal.text
    assert call(me, face).status_code < 400 or face in ("csom", "rest", "verbose")


@pytest.mark.parametrize(
    ("face", "is_named"), [("outlook", True), ("part", True), ("csom", False), ("rest", False)]
)
def test_a_code_of_ones_own(me: Mailbox, face: str, is_named: bool) -> None:
    """It is for errors that have codes of this kind, and for this fault alone."""
    part = {"part": "1"} if face == "part" else {}
    perform(me.wire, "fault add", status=404, code="ErrorGone", times=1, **part)
    refusal = call(me, face)
    assert refusal.status_code == 404
    assert ("ErrorGone" in refusal.text) == is_named
    perform(me.wire, "fault add", status=404, times=1, **part)
    assert "ErrorGone" not in call(me, face).text


@pytest.mark.parametrize("face", ["outlook", "csom", "rest", "verbose", "page"])
@pytest.mark.parametrize(
    ("fault", "whole"),
    [
        ({"malformed": True}, 1),
        ({"truncate": 50}, 0.5),
        ({"truncate": 0}, 0),
        ({"reset": "head"}, 0),
        ({"close": "half"}, 0.5),
        ({"reset": "before"}, None),
        ({"delay": "1ms"}, 1),
        ({"slow": 100_000_000}, 1),
    ],
)
def test_every_wire_takes_every_fault(
    me: Mailbox, face: str, fault: dict[str, object], whole: float | None
) -> None:
    kept = call(me, face)
    perform(me.wire, "fault add", **fault)
    met = call(me, face)
    if whole is None:
        assert met.status_code == 500  # as this client takes what is raised: no answer came
        return
    assert met.status_code == kept.status_code
    expected = len(kept.content) * whole
    assert abs(len(met.content) - expected) <= 3
    if whole == 1 and "malformed" not in fault:
        return
    with pytest.raises(ValueError):
        json.loads(met.content)


def test_a_fault_meets_what_it_names(me: Mailbox) -> None:
    fault = {"status": 503, "method": "get", "path": "TASKFOLDERS", "wire": "outlook"}
    perform(me.wire, "fault add", **fault)
    assert me.get("taskfolders").status_code == 503
    assert me.get("TaskFolders//").status_code == 503
    assert me.get("task%66olders").status_code == 503
    assert me.post("taskfolders", {"Name": "Met by method"}).status_code == 201
    assert me.get("tasks").status_code == 200
    shown = look(me.wire, "fault list")["faults"][0]
    assert (shown["matched"], shown["fired"], shown["left"]) == (3, 3, None)
    assert shown["text"] == "status=503 for method=get path=TASKFOLDERS wire=outlook"


def test_a_pattern_is_of_the_whole_path(me: Mailbox) -> None:
    perform(me.wire, "fault add", status=503, path="/api/*/me/task?")
    assert me.get("tasks").status_code == 503
    assert me.get("tasks/$count").status_code == 200


def test_a_fault_is_for_one_mailbox(site: Wire) -> None:
    token = "e30.eyJ1cG4iOiJBbGljZUBleGFtcGxlLmNvbSJ9.x"  # upn: Alice@example.com
    alice, bob = Mailbox(site, token), Mailbox(site, "bob")
    perform(site, "fault add", status=503, mailbox="Alice")
    assert alice.get("tasks").status_code == 503
    assert bob.get("tasks").status_code == 200
    found = look(site, "journal", query="mailbox:alice@example.com fault:yes")
    assert found["matched"] == 1


def test_what_is_refused_by_its_header_is_of_its_mailbox_too(site: Wire) -> None:
    alice = Mailbox(site, "e30.eyJ1cG4iOiJBbGljZUBleGFtcGxlLmNvbSJ9.x")
    assert alice.get("tasks", **{"X-Afterlook-Fault": "status=503"}).status_code == 503
    assert look(site, "journal", query="mailbox:alice@example.com fault:yes")["matched"] == 1


def test_counts(me: Mailbox) -> None:
    perform(me.wire, "fault add", status=503, nth=2, times=2)
    statuses = [me.get("tasks").status_code for _ in range(5)]
    assert statuses == [200, 503, 503, 200, 200]
    perform(me.wire, "fault clear")
    perform(me.wire, "fault add", status=503, nth=3)
    assert [me.get("tasks").status_code for _ in range(4)] == [200, 200, 503, 200]


def test_chance_comes_out_alike(me: Mailbox) -> None:
    runs = []
    for _ in range(2):
        perform(me.wire, "fault clear")
        perform(me.wire, "fault add", status=503, probability=0.5, seed=42)
        runs.append([me.get("tasks").status_code for _ in range(20)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 503}


def test_dice_are_those_of_splitmix64() -> None:
    drawn = [Dice(1234567).uniform() for _ in range(2)]
    assert drawn == [(6457827717110365317 >> 11) / 2**53] * 2
    dice = Dice(7)
    normal = [dice.normal() for _ in range(2000)]
    assert abs(sum(normal) / 2000) < 0.1
    assert abs(sum(x * x for x in normal) / 2000 - 1) < 0.1


def test_who_does_not_wait_is_refused_again(me: Mailbox) -> None:
    perform(me.wire, "clock freeze", at="2016-04-22T12:00:00Z")
    perform(me.wire, "fault add", status=429, retry_after=30, times=1)
    assert me.get("tasks").headers["Retry-After"] == "30"
    perform(me.wire, "clock advance", by="10s")
    again = me.get("taskfolders")
    assert (again.status_code, again.headers["Retry-After"]) == (429, "20")
    assert Mailbox(me.wire, "another").get("tasks").status_code == 200
    entry = look(me.wire, "journal", query="fault:yes")["entries"][-1]
    assert entry["marks"] == ["fault", "repeat"]
    assert entry["fault"]["note"].startswith("called again 20 s before Retry-After was over")
    perform(me.wire, "clock advance", by="20s")
    assert me.get("tasks").status_code == 200


def test_work_is_done_whose_answer_is_lost(me: Mailbox) -> None:
    perform(me.wire, "fault add", preset="lost-answer", status=503)
    assert me.post("tasks", {"Subject": "Lost"}).status_code == 503
    perform(me.wire, "fault add", reset="before", after=True, method="POST", times=1)
    assert me.post("tasks", {"Subject": "Cut"}).status_code == 500
    perform(me.wire, "fault add", status=503, method="POST", times=1)
    assert me.post("tasks", {"Subject": "Never"}).status_code == 503
    subjects = {task["Subject"] for task in me.get("tasks").json()["value"]}
    assert {"Lost", "Cut"} <= subjects
    assert "Never" not in subjects


def test_a_410_is_for_sync_tokens_alone(me: Mailbox) -> None:
    track = {"Prefer": "odata.track-changes"}
    perform(me.wire, "fault add", preset="resync")
    first = me.get("taskfolders('tasks')/tasks", **track)
    assert first.status_code == 200
    link = first.json()["@odata.deltaLink"]
    gone = me.get(link, **track)
    assert (gone.status_code, gone.json()["error"]["code"]) == (410, "SyncStateNotFound")
    assert me.get(link, **track).status_code == 200


def test_sync_states_are_lost_that_were_given_out_before(me: Mailbox) -> None:
    perform(me.wire, "clock freeze", at="2016-04-22T12:00:00Z")
    track = {"Prefer": "odata.track-changes"}
    link = me.get("taskfolders('tasks')/tasks", **track).json()["@odata.deltaLink"]
    perform(me.wire, "fault add", sync_state_lost=True)
    assert me.get(link, **track).status_code == 410
    anew = me.get("taskfolders('tasks')/tasks", **track).json()["@odata.deltaLink"]
    following = me.get(anew, **track)
    assert following.status_code == 200
    assert me.get(following.json()["@odata.deltaLink"], **track).status_code == 200


def test_parts_of_a_batch_are_met_one_by_one(me: Mailbox) -> None:
    perform(me.wire, "fault add", status=429, part="b", retry_after=7)
    requests = [batches.get(name, "me/tasks") for name in "abc"]
    answer = batches.send_json(me, requests, Prefer="odata.continue-on-error").json()
    assert [part["status"] for part in answer["responses"]] == [200, 429, 200]
    assert answer["responses"][1]["headers"]["Retry-After"] == "7"
    perform(me.wire, "fault clear")
    perform(me.wire, "fault add", status=503, part="*", method="POST", times=1)
    posts = [batches.post(name, "me/tasks", {"Subject": name}) for name in "ab"]
    grouped = batches.send_json(me, batches.grouped(*posts)).json()["responses"]
    assert [part["status"] for part in grouped] == [503, 424]


def test_one_request_says_itself_what_it_meets(me: Mailbox) -> None:
    refusal = me.get("tasks", X_Afterlook_Fault="status=503; retry-after=3")
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (503, "3")
    assert me.get("tasks").status_code == 200
    unread = me.get("tasks", X_Afterlook_Fault="status=200")
    assert unread.status_code == 400
    assert "X-Afterlook-Fault: " in unread.json()["error"]["message"]
    entries = look(me.wire, "journal", query="fault:0")["entries"]
    assert [entry["fault"]["text"] for entry in entries] == ["status=503 retry-after=3"]


@pytest.mark.parametrize(
    "header",
    [
        *("", ";", "status", "status=", "times=1", "x" * 9000, "status=1e9", "delay=9w"),
        *("\x00=\x01", "provider_down=*", "status=503; status", "malformed=no; truncate=200"),
    ],
)
def test_no_header_is_a_defect(me: Mailbox, header: str) -> None:
    response = me.get("tasks", X_Afterlook_Fault=header)
    assert response.status_code in (200, 400, 431), response.text


def test_there_are_only_so_many(site: Wire) -> None:
    for _ in range(MAX_FAULTS):
        perform(site, "fault add", status=503, path="/nowhere")
    message = expect_refusal(attempt(site, "fault add", status=503), 409, "Conflict")
    assert message.startswith(f"{MAX_FAULTS} faults are set")
    assert perform(site, "fault clear") == {"cleared": MAX_FAULTS}


def test_a_fault_can_be_left_out(me: Mailbox) -> None:
    number = perform(me.wire, "fault add", status=503)["fault"]["id"]
    assert not perform(me.wire, "fault pause", id=number)["fault"]["is_on"]
    assert me.get("tasks").status_code == 200
    perform(me.wire, "fault resume", id=number)
    assert me.get("tasks").status_code == 503
    assert perform(me.wire, "fault remove", id=number)["fault"]["fired"] == 1
    assert me.get("tasks").status_code == 200
    expect_refusal(attempt(me.wire, "fault remove", id=number), 404, "NotFound")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "say what goes wrong: give one of status, "),
        ({"status": 200}, "status: "),
        ({"retry_after": 3, "reset": "head"}, "retry_after: it goes with status"),
        ({"status": 503, "reset": "before", "close": "head"}, "close: a connection is"),
        ({"truncate": 50, "part": "1"}, "truncate: a part of a batch cannot meet it"),
        ({"delay": "2m"}, "delay: give a length of time up to 60s"),
        ({"preset": "nothing"}, "preset: there are throttled"),
        ({"status": 503, "probability": 0}, "probability: "),
        ({"provider_down": "*", "path": "/x"}, "path: provider_down holds for a mailbox"),
        ({"provider_down": "*", "status": 503}, "provider_down: it holds for a mailbox"),
    ],
)
def test_refuses(site: Wire, parameters: dict[str, Any], reason: str) -> None:
    message = expect_refusal(attempt(site, "fault add", **parameters), 400, "InvalidParameter")
    assert message.startswith(reason)
    assert look(site, "fault list") == {"faults": []}


def test_every_preset_can_be_set(site: Wire) -> None:
    listed = look(site, "fault kinds")
    for preset in listed["presets"]:
        fault = perform(site, "fault add", preset=preset["name"])["fault"]
        assert preset["parameters"].items() <= fault["parameters"].items()
    assert {kind["name"] for kind in listed["kinds"]} > {"status", "delay", "reset", "truncate"}
    assert "method" in listed["matching"]


def test_latency_varies_as_it_is_told(site: Wire) -> None:
    def draw(**given: object) -> list[float]:
        parameters, dice = FaultParameters.model_validate(given), Dice(3)
        drawn = []
        for _ in range(400):
            plan = Plan()
            apply = BY_NAME["delay"].apply
            assert apply is not None
            apply(plan, parameters, dice)
            drawn.append(plan.seconds)
        return sorted(drawn)

    assert set(draw(delay="200ms", spread="1s")) == {0.2}
    uniform = draw(delay="1s", distribution="uniform", spread="2s")
    assert 1 <= uniform[0] < 1.1
    assert 2.9 < uniform[-1] < 3
    normal = draw(delay="1s", distribution="normal", spread="5s")
    assert normal[0] == 0
    lognormal = draw(delay="1s", distribution="lognormal", spread="2s")
    assert 0.8 < lognormal[200] < 1.25
    assert 2.2 < lognormal[336] < 4.2
    assert lognormal[-1] <= 60
