"""The examples of the published contract work when they are sent as they stand."""

from typing import Any

import pytest
import yaml
from _pytest.mark.structures import ParameterSet

from tests.support.mailboxes import Filled
from tests.tools.openapi import FILE

METHODS = ("post", "patch", "put")


def contract() -> Any:
    """Read the published contract, by the quick reader: all workers do it before the first test."""
    return yaml.load(FILE.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def examples() -> list[ParameterSet]:
    """Return each operation that takes JSON, with each example of its body."""
    found = []
    for path, item in contract()["paths"].items():
        for method in METHODS:
            body = item.get(method, {}).get("requestBody", {}).get("content", {})
            content = body.get("application/json")
            if content is None or "{user_id}" in path:
                continue
            for name, example in content.get("examples", {"": {"value": None}}).items():
                sent = example["value"] or content.get("example")
                found.append(pytest.param(method.upper(), path, sent, id=f"{method} {path} {name}"))
    return found


@pytest.mark.inferred("docs.examples")
@pytest.mark.once
@pytest.mark.parametrize(("method", "path", "example"), examples())
def test_example(filled: Filled, method: str, path: str, example: Any) -> None:
    assert example is not None, "there is none"
    address = (
        path.replace("{version}", "beta")
        .replace("{task_id}", "{task}")
        .replace("{folder_id}", "{folder}")
        .replace("{group_id}", "{group}")
    )
    response = filled.me.send(method, filled.at(address), example)

    assert response.status_code in (200, 201), response.text
    answered = response.json()
    assert all(part["status"] < 300 for part in answered.get("responses", ())), answered
