"""How a request points into earlier answers.

    ${task/Id}                  a member of the JSON body of the answer to `task = …`
    ${page/value/0/Id}          through lists by numbers
    ${page/@odata.nextLink}     a whole address may be one: what stands before its path is dropped
    ${task#ETag}                a header
    ${csom/*5/Id}               in an answer of ProcessQuery: what the action 5 returned
    ${task/Id?quoted}           percent-encoded whole
    ${x*70000}                  that many x

What is not there becomes `MISSING`, so that a change of one answer is reported as what it is.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_REFERENCE = re.compile(r"\$\{([^}]+)\}")
_REPEATED = re.compile(r"(.+)\*(\d+)", re.DOTALL)
MISSING = "MISSING"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def json(self) -> Any:
        """Return the body read as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def resolve(text: str, answers: dict[str, Answer]) -> str:
    """Replace the references in a text."""
    return _REFERENCE.sub(lambda match: _follow(match[1], answers), text)


def _follow(reference: str, answers: dict[str, Answer]) -> str:
    if repeated := _REPEATED.fullmatch(reference):
        return repeated[1] * int(repeated[2])
    path, _, how = reference.partition("?")
    if "#" in path:
        name, _, header = path.partition("#")
        found = {key.lower(): value for key, value in answers[name].headers}
        value = found.get(header.lower(), MISSING)
    else:
        name, *steps = path.split("/")
        value = _walk(answers[name].json(), steps)
    return quote(value, safe="") if how == "quoted" else value


def _walk(value: Any, steps: list[str]) -> str:
    for step in steps:
        try:
            if step.startswith("*"):
                value = dict(zip(value[1::2], value[2::2], strict=True))[int(step[1:])]
            else:
                value = value[int(step) if isinstance(value, list) else step]
        except (LookupError, TypeError, ValueError):
            return MISSING
    return value if isinstance(value, str) else json.dumps(value)
