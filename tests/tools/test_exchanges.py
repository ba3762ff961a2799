"""The tool that records exchanges: two recordings are equal, and what differs is seen."""

import json
from pathlib import Path

import pytest

from afterlook.errors import AccessDenied, ItemNotFound
from tests.tools.exchanges.__main__ import main
from tests.tools.exchanges.comparison import compare
from tests.tools.exchanges.coverage import Coverage
from tests.tools.exchanges.references import Answer, resolve
from tests.tools.exchanges.running import Exchange
from tests.tools.exchanges.script import Request, parse

SUBSET = ["--engine", "sqlite", "--scene", "outlook_extended", "--scene", "rest_odata4"]


def exchange(body: str, at: str = "a 1") -> Exchange:
    request = {"method": "GET", "target": "/x", "headers": [["Host", "localhost"]], "body": ""}
    return {"at": at, "request": request, "answer": {"status": 200, "headers": [], "body": body}}


def test_two_recordings_are_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for file in (first, second):
        assert main(["--record", str(file), *SUBSET]) == 0
    assert first.read_bytes() == second.read_bytes()
    recorded = json.loads(first.read_text("utf-8"))["sqlite"]
    assert {each["answer"]["status"] for each in recorded} >= {200, 201, 400, 404, 406, 412}

    planted = recorded[2]["answer"]
    planted["body"] = planted["body"].replace("Color", "Colour")
    recorded[3]["answer"]["headers"].reverse()
    first.write_text(json.dumps({"sqlite": recorded}), "utf-8")
    capsys.readouterr()
    assert main(["--compare", str(first), *SUBSET]) == 1
    printed = capsys.readouterr().out
    for part in ("outlook_extended 3: GET /api/beta/me/tasks('", "  - ", "Colour", "  + "):
        assert part in printed
    assert "outlook_extended 4" in printed
    assert "outlook_extended 5" not in printed


def test_differences() -> None:
    same, other = exchange("x" * 500 + "a"), exchange("x" * 500 + "b")
    assert compare({"sqlite": [same]}, {"sqlite": [same]}) == []
    (difference,) = compare({"sqlite": [same]}, {"sqlite": [other]})
    assert difference.startswith("sqlite, a 1: GET /x\n  Host: localhost")
    assert f"body, from character 500:\n  - {'x' * 60}a\n  + {'x' * 60}b" in difference
    further = exchange("x", "a 2")
    assert compare({"sqlite": [same]}, {"sqlite": [same, further]}) == [
        "sqlite, a 2: not in the recording"
    ]
    assert compare({"sqlite": [same, further]}, {"sqlite": [same]}) == [
        "sqlite, a 2: only in the recording"
    ]
    assert compare({"sqlite": [same, exchange("x", "b 1")]}, {"sqlite": [same]}, ["a"]) == []


def test_references() -> None:
    body = b'[{}, 5, {"Id": "a b"}, 7, {"Items": [{"Count": 1}]}]'
    answers = {"csom": Answer(200, [("ETag", '"1"')], body)}
    for reference, expected in {
        "${csom/*5/Id}": "a b",
        "${csom/*5/Id?quoted}": "a%20b",
        "${csom/*7/Items/0/Count}": "1",
        "${csom#etag}": '"1"',
        "${csom/*9/Id}": "MISSING",
        "${csom/1/Id/x}": "MISSING",
        "x${ab*3}y": "xabababy",
        "tasks/$value": "tasks/$value",
    }.items():
        assert resolve(reference, answers) == expected


def test_scripts() -> None:
    scene = parse(
        "a",
        '[settings {"auth": "any"}]\n[below /api]\n[as alice]\n[with Accept: a/b]\n# a comment\n'
        'named = POST tasks\n  X: y\n  | {"a":\n  |  1}\nGET /x\n  Accept: -\n[upkeep]\n'
        '[as]\n[with]\nPOST q\n  ! ["UserOrderedSession", "DeleteTask", 1]\n',
    )
    assert scene.settings == {"auth": "any"}
    post, get, _, query = scene.steps
    assert isinstance(post, Request)
    assert (post.name, post.target, post.body) == ("named", "/api/tasks", '{"a":\r\n 1}')
    assert post.headers == [
        ("Host", "localhost"),
        ("Authorization", "Bearer alice"),
        ("Accept", "a/b"),
        ("Content-Type", "application/json"),
        ("X", "y"),
    ]
    assert isinstance(get, Request)
    assert (get.target, [name for name, _ in get.headers]) == ("/x", ["Host", "Authorization"])
    assert isinstance(query, Request)
    assert query.headers == [("Host", "localhost"), ("Content-Type", "text/xml")]
    assert 'Name="DeleteTask"' in str(query.body)


def test_what_never_occurred() -> None:
    coverage = Coverage()
    list_tasks, denied, gone = (
        "no exchange by GET /api/{version}/{user}/tasks",
        "no AccessDenied",
        "no ItemNotFound",
    )
    assert {list_tasks, denied, gone} <= set(coverage.find_missing())
    with coverage.watch() as raised:
        error, _ = AccessDenied(), ItemNotFound()
    refusal = Answer(200, [], json.dumps({"message": error.message}).encode())
    coverage.note("GET", "/api/beta/me/Tasks?$top=1", refusal, raised)
    missing = coverage.find_missing()
    assert list_tasks not in missing
    assert denied not in missing
    assert gone in missing
