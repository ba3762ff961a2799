"""What the tests of this wire share."""

from typing import Any

import httpx2

from tests.csom.sample import request
from tests.support.wire import Mailbox

PROCESS_QUERY = "/_vti_bin/client.svc/ProcessQuery"
CONTEXT = "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}"
WEB_PATHS = (
    f'<StaticProperty Id="104" TypeId="{CONTEXT}" Name="Current" />'
    '<Property Id="106" ParentId="104" Name="Web" />'
)


def post(
    me: Mailbox, address: str, content: Any = b"", headers: dict[str, str] | None = None
) -> httpx2.Response:
    """Send a POST as it stands."""
    named = {"Content-Type": "text/xml"} | me.authorization | (headers or {})
    return me.wire.client.request("POST", address, content=content, headers=named)


def process(
    me: Mailbox, actions: str = "", paths: str = "", web: str = "", **headers: str
) -> list[Any]:
    """Send a request; return the parsed answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return parsed(post(me, web + PROCESS_QUERY, request(actions, paths), named))


def parsed(response: httpx2.Response) -> list[Any]:
    """Return an answer, which is a 200 in any case."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    answer: list[Any] = response.json()
    assert list(answer[0]) == [
        *("SchemaVersion", "LibraryVersion", "ErrorInfo", "TraceCorrelationId")
    ]
    return answer


def error_of(answer: list[Any]) -> tuple[int, str, str]:
    """Return code, type and text of an answer that is an error."""
    assert len(answer) == 1
    info = answer[0]["ErrorInfo"]
    assert list(info) == [
        *("ErrorMessage", "ErrorValue", "TraceCorrelationId", "ErrorCode", "ErrorTypeName")
    ]
    assert info["ErrorValue"] is None
    assert info["TraceCorrelationId"] == answer[0]["TraceCorrelationId"]
    return info["ErrorCode"], info["ErrorTypeName"], info["ErrorMessage"]
