r"""How the requests are written: a file in `scripts/` is a scene, with a database of its own.

    # a comment
    [settings {"cors_origins": "https://app.example"}]   first, where not the defaults
    [as alice]             from here on with the token `alice`; `[as]`: without a token
    [below /api/beta/me]   from here on relative addresses begin so
    [with Accept: a/b]     from here on with this header, too; `[with]`: without such headers
    [later {"days": 31}]   the clock goes forward
    [upkeep]               the upkeep of the change log runs, as it does every hour
    [jobs]                 the background jobs run, as they do every two seconds

    task = POST tasks
      Prefer: return=representation
      | {"Subject": "the body, whose lines end with CRLF"}
    GET tasks('${task/Id}')

A name may stand before a request; `references.py` says how later ones point into its answer.
A body may also be `! csom` (`csom.py` says what follows), or `: base64`.
A header whose value is `-` is left out.
"""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tools.exchanges import csom

SCRIPTS = Path(__file__).parent / "scripts"

_DIRECTIVE = re.compile(r"\[(?P<name>[a-z]+) ?(?P<value>.*)\]")
_REQUEST = re.compile(r"(?:(?P<name>\w+) = )?(?P<method>[A-Z]+) (?P<target>.+)")
_HEADER = re.compile(r"  (?P<name>[^ :|!]+): ?(?P<value>.*)")

Headers = list[tuple[str, str]]


@dataclass
class Request:
    """A request as it is written, before references are replaced."""

    name: str
    method: str
    target: str
    headers: Headers
    body: str | bytes = ""


@dataclass
class Action:
    """What happens between requests; `name` is a directive's."""

    name: str
    value: str


@dataclass
class Scene:
    """A script: steps in their order, on a server with these settings."""

    name: str
    settings: dict[str, Any] = field(default_factory=dict)
    steps: list[Request | Action] = field(default_factory=list)


def read_scenes(names: Iterable[str] | None = None) -> list[Scene]:
    """Read all scripts, or those named."""
    wanted = names or sorted(path.stem for path in SCRIPTS.glob("*.http"))
    return [parse(name, (SCRIPTS / f"{name}.http").read_text("utf-8")) for name in wanted]


def parse(name: str, text: str) -> Scene:
    """Read a script."""
    scene = Scene(name)
    token, base, common = "", "", list[tuple[str, str]]()
    for block in _split_blocks(text):
        head, *rest = block
        if directive := _DIRECTIVE.fullmatch(head):
            match directive["name"], directive["value"]:
                case "settings", value:
                    scene.settings = json.loads(value)
                case "as", token:
                    pass
                case "below", base:
                    pass
                case "with", "":
                    common = []
                case "with", value:
                    common.append(_read_header(f"  {value}"))
                case action, value:
                    scene.steps.append(Action(action, value))
            continue
        request = _REQUEST.fullmatch(head)
        assert request, f"{name}: what is this? {head}"
        target = request["target"]
        is_whole = target.startswith(("/", "http:", "${"))
        step = Request(
            request["name"] or "",
            request["method"],
            target if is_whole else f"{base}/{target}",
            [("Host", "localhost"), *([("Authorization", f"Bearer {token}")] if token else [])],
        )
        step.headers += common
        _read_rest(step, rest)
        scene.steps.append(step)
    return scene


def _split_blocks(text: str) -> Iterable[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("  "):
            block.append(line)
        else:
            if block:
                yield block
            block = [line]
    if block:
        yield block


def _read_rest(step: Request, lines: list[str]) -> None:
    body = [line[4:] for line in lines if line[2:4] in ("| ", "|")]
    calls = [json.loads(line[4:]) for line in lines if line[2:4] == "! "]
    raw = "".join(line[4:] for line in lines if line[2:4] == ": ")
    given = [_read_header(line) for line in lines if line[2] not in "|!:"]
    media_type = "text/xml" if calls else "application/json"
    if body or calls or raw:
        step.body = csom.write(calls) if calls else base64.b64decode(raw) or "\r\n".join(body)
        given = [("Content-Type", media_type)] * all(
            name.lower() != "content-type" for name, _ in [*step.headers, *given]
        ) + given
    named = {name.lower() for name, _ in given}
    kept = [header for header in step.headers if header[0].lower() not in named]
    step.headers = [header for header in kept + given if header[1] != "-"]


def _read_header(line: str) -> tuple[str, str]:
    match = _HEADER.fullmatch(line)
    assert match, f"no header: {line}"
    return match["name"], match["value"]
