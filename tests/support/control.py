"""The control surface of a service under test, in this process or not."""

from typing import Any

import httpx2

from afterlook.control.operation import API
from tests.support.wire import Wire


def perform(wire: Wire, name: str, /, **parameters: object) -> dict[str, Any]:
    """Do an operation, such as `clock freeze`, which must succeed; return its answer."""
    response = attempt(wire, name, **parameters)
    assert response.status_code == httpx2.codes.OK, response.text
    return dict(response.json())


def attempt(wire: Wire, name: str, /, **parameters: object) -> httpx2.Response:
    """Do an operation, or try to."""
    return wire.client.post(f"{API}/{name.replace(' ', '/')}", json=parameters)


def look(wire: Wire, name: str, /, **parameters: Any) -> dict[str, Any]:
    """Return what a view shows."""
    response = wire.client.get(f"{API}/{name.replace(' ', '/')}", params=parameters)
    assert response.status_code == httpx2.codes.OK, response.text
    return dict(response.json())


def expect_refusal(response: httpx2.Response, status: int, code: str) -> str:
    """Expect a refusal in the control surface's own shape; return its sentence."""
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert error["code"] == code
    return str(error["message"])
