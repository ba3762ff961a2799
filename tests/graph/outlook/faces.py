"""One mailbox by two faces: the Outlook API, and Graph's below /beta/me/outlook."""

from typing import Any

import httpx2

from tests.support.wire import Mailbox

Json = dict[str, Any]

FACE = "/beta/me/outlook"
ENUMERATIONS = frozenset(
    {"Status", "Importance", "Sensitivity", "ContentType", "Type", "FirstDayOfWeek", "Index"}
    | {"DaysOfWeek", "ProviderType", "Permission", "ShowAs"}
)
_TYPES = {"Task": "outlookTask", "TaskFolder": "outlookTaskFolder", "TaskGroup": "outlookTaskGroup"}


def ask(
    me: Mailbox, method: str, address: str, json: object = None, **headers: str
) -> httpx2.Response:
    """Send a request to Graph; the address is below `/beta/me/outlook`."""
    return me.send(method, f"{FACE}/{address}", json, **headers)


def made(me: Mailbox, address: str, json: object) -> Json:
    """POST what must succeed; return the entity."""
    return me.create(f"{FACE}/{address}", json)


def read(me: Mailbox, address: str, **headers: str) -> Json:
    """GET what must be there."""
    response = ask(me, "GET", address, **headers)
    assert response.status_code == 200, response.text
    return dict(response.json())


def in_graph(value: Any, name: str = "") -> Any:
    """Return what the Outlook API says as Graph says it, by names alone, without addresses."""
    if isinstance(value, dict):
        return {
            _member(key): in_graph(item, key) for key, item in value.items() if not _is_address(key)
        }
    if isinstance(value, list):
        return [in_graph(item, name) for item in value]
    if name == "@odata.type":
        short = str(value).removeprefix("#Microsoft.OutlookServices.")
        return f"#microsoft.graph.{_TYPES.get(short) or _camel(short)}"
    if name in ENUMERATIONS and isinstance(value, str):
        return value.lower() if value.isupper() else _camel(value)
    return value


def without_addresses(value: Any) -> Any:
    """Return what Graph says without contexts, links and the etags that it alone has."""
    if isinstance(value, dict):
        return {key: without_addresses(item) for key, item in value.items() if not _is_address(key)}
    return [without_addresses(item) for item in value] if isinstance(value, list) else value


def _is_address(key: str) -> bool:
    annotation = key.rpartition("@odata.")[2]
    return "@" in key and annotation in ("context", "id", "nextLink", "etag")


def _member(name: str) -> str:
    return "id" if name == "PropertyId" else name if name[:1] == "@" else _camel(name)


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]
