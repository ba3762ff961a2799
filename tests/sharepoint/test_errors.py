"""client.svc: what bad input gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from afterlook.csom.xml import MAX_BYTES
from tests.csom.hostile import HOSTILE
from tests.csom.sample import call, given, instantiate, request
from tests.sharepoint.helpers import (
    CONTEXT,
    PROCESS_QUERY,
    WEB_PATHS,
    error_of,
    parsed,
    post,
    process,
)
from tests.support import wire as wires
from tests.support.wire import Mailbox

INVALID = "Microsoft.SharePoint.Client.InvalidClientQueryException"
SCHEMA = "System.Xml.Schema.XmlSchemaValidationException"


@pytest.mark.observed("csom.error", "csom.not-there")
@pytest.mark.once
@pytest.mark.parametrize(
    ("actions", "paths", "type_", "message"),
    [
        (
            instantiate(5),
            '<Constructor Id="5" TypeId="{ec5e0a70-0000-0000-0000-000000000000}" />',
            INVALID,
            (
                'Cannot find stub for type with id "{ec5e0a70-0000-0000-0000-000000000000}". '
                "The specified server may not support APIs used in this operation."
            ),
        ),
        (
            instantiate(62),
            f'<StaticMethod Id="62" Name="GetIt" TypeId="{CONTEXT}" />',
            INVALID,
            'Method "GetIt" does not exist.',
        ),
        (call("Paint", on=106), "", INVALID, 'Method "Paint" does not exist.'),
        (
            (
                '<Query Id="1" ObjectPathId="106"><Query SelectAllProperties="false"><Properties>'
                '<Property Name="Colour" SelectAll="true" /></Properties></Query></Query>'
            ),
            "",
            INVALID,
            'Field or property "Colour" does not exist.',
        ),
        (
            f'<SetProperty Id="1" ObjectPathId="106" Name="Title">{given("Null")}</SetProperty>',
            "",
            INVALID,
            'The property "Title" cannot be set.',
        ),
        ("<Paint />", "", SCHEMA, None),
        ("", '<Constructor Id="5" TypeId="" />', SCHEMA, None),
    ],
)
def test_errors(me: Mailbox, actions: str, paths: str, type_: str, message: str | None) -> None:
    code, name, text = error_of(
        process(me, instantiate(104) + actions, WEB_PATHS + paths if paths != WEB_PATHS else paths)
    )

    assert (code, name) == (-1, type_)
    assert message is None or text == message


@pytest.mark.inferred("csom.plain-xml", "csom.never-fails")
def test_hostile_documents(me: Mailbox) -> None:
    for name, raw in HOSTILE.items():
        answer = parsed(post(me, PROCESS_QUERY, raw))
        assert error_of(answer)[:2] == (-1, "System.Xml.XmlException"), name


@pytest.mark.observed("csom.version")
def test_another_schema_version(me: Mailbox) -> None:
    raw = request().replace(b'SchemaVersion="15.0.0.0"', b'SchemaVersion="12.0.0.0"')

    assert error_of(parsed(post(me, PROCESS_QUERY, raw)))[0] == -2130575151


@pytest.mark.observed("csom.too-big")
def test_too_big(me: Mailbox) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(33):
            yield b" " * 65536

    for content in (b" " * (MAX_BYTES + 1), chunks()):
        code, name, text = error_of(parsed(post(me, PROCESS_QUERY, content)))
        assert (code, name, text) == (-1, INVALID, "The request message is too big.")
    assert parsed(post(me, PROCESS_QUERY, request().ljust(MAX_BYTES)))[0]["ErrorInfo"] is None


@pytest.mark.inferred("csom.too-big")
def test_too_big_for_this_server(tmp_path: Path) -> None:
    """Whoever runs it may allow less."""
    database = f"sqlite:///{tmp_path / 'a.db'}"
    with wires.in_process(database, "sqlite", max_body=1024) as wire:
        me = Mailbox(wire, "token")
        assert parsed(post(me, PROCESS_QUERY, request().ljust(1024)))[0]["ErrorInfo"] is None
        answer = parsed(post(me, PROCESS_QUERY, request().ljust(1025)))
        assert error_of(answer) == (-1, INVALID, "The request message is too big.")


@pytest.mark.observed("csom.scopes")
def test_an_error_within_a_scope(me: Mailbox) -> None:
    scope = f'<ExceptionHandlingScopeSimple Id="50">{instantiate(9)}</ExceptionHandlingScopeSimple>'

    header, *told = process(me, scope + instantiate(106), WEB_PATHS)

    assert header["ErrorInfo"] is None
    assert told[:1] == [50]
    info = told[1]["ErrorInfo"]
    assert told[1]["HasException"] is True
    assert info["TraceCorrelationId"] == header["TraceCorrelationId"]
    assert told[2] == 7


@pytest.mark.inferred("csom.unauthenticated")
def test_no_token_where_one_is_required(tmp_path: Path) -> None:
    with wires.in_process(f"sqlite:///{tmp_path / 'a.db'}", "sqlite", auth="any") as wire:
        for address in (PROCESS_QUERY, "/_api/contextinfo", "/_vti_bin/sites.asmx"):
            response = post(Mailbox(wire, None), address, request())
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.inferred("csom.never-fails")
@pytest.mark.parametrize("address", [PROCESS_QUERY, "/_api/web/lists"])
def test_a_client_that_goes(tmp_path: Path, caplog: pytest.LogCaptureFixture, address: str) -> None:
    """It hears nothing any more, and the log does not call it a defect."""
    told: list[Message] = []
    coming: list[Message] = [
        {"type": "http.request", "body": b"<", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"authorization", b"Bearer gone")],
    }
    with wires.in_process(f"sqlite:///{tmp_path / 'a.db'}", "sqlite") as wire:
        assert isinstance(wire.client, TestClient)
        assert wire.client.portal is not None
        wire.client.portal.call(wire.client.app, scope, receive, send)

    assert told[0]["status"] == (200 if address == PROCESS_QUERY else 400)
    assert not [result for result in caplog.records if result.levelname == "ERROR"]
