"""Violations of the schema, in the words of a validating reader."""

import pytest

from afterlook.csom.errors import SchemaViolation, VersionNotSupported
from afterlook.csom.request_reader import read_request
from afterlook.csom.schema import ELEMENT_TYPES, NAMESPACE
from tests.csom.sample import ALL, ALL_ITEMS, SERVICE_PATH, query, request

pytestmark = pytest.mark.observed("csom.schema")

IN = f"in namespace '{NAMESPACE}'"
INTEGER = "http://www.w3.org/2001/XMLSchema:integer"
ACTIONS = (
    "ObjectPath, SetProperty, SetStaticProperty, StaticMethod, Method, ObjectIdentityQuery, "
    "ExceptionHandlingScope, ConditionalScope, Query, ExceptionHandlingScopeSimple"
)

BREACHES = [
    (
        request("", '<Constructor Id="0" TypeId="" />'),
        (
            "The 'TypeId' attribute is invalid - The value '' is invalid according to its datatype "
            f"'{NAMESPACE}:TypeIdGuidType' - The Pattern constraint failed."
        ),
    ),
    (
        request('<ObjectPath Id="1" ObjectPathId="1.5" />'),
        (
            "The 'ObjectPathId' attribute is invalid - The value '1.5' is invalid according to its "
            f"datatype '{INTEGER}' - The string '1.5' is not a valid Integer value."
        ),
    ),
    (request('<ObjectPath Id="1" />'), "The required attribute 'ObjectPathId' is missing."),
    (
        request('<ObjectPath Id="1" ObjectPathId="1" Colour="red" />'),
        "The 'Colour' attribute is not declared.",
    ),
    (
        request("<Paint />"),
        (
            f"The element 'Actions' {IN} has invalid child element 'Paint' {IN}. "
            f"List of possible elements expected: '{ACTIONS}'."
        ),
    ),
    (
        request('<ObjectPath Id="1" ObjectPathId="1"><Query /></ObjectPath>'),
        f"The element 'ObjectPath' {IN} has invalid child element 'Query' {IN}.",
    ),
    (
        request('<Query Id="1" ObjectPathId="1" />'),
        (
            f"The element 'Query' {IN} has incomplete content. "
            "List of possible elements expected: 'Query'."
        ),
    ),
    (
        request("word"),
        (
            f"The element 'Actions' {IN} cannot contain text. "
            f"List of possible elements expected: '{ACTIONS}'."
        ),
    ),
    (b"<Request />", "The 'Request' element is not declared."),
    (b'<a:b xmlns:a="urn:x" />', "The 'urn:x:b' element is not declared."),
    (
        request(attributes=f'ApplicationName="{"x" * 129}"'),
        (
            f"The 'ApplicationName' attribute is invalid - The value '{'x' * 129}' is invalid "
            "according to its datatype 'http://www.w3.org/2001/XMLSchema:string' - "
            "The MaxLength constraint failed."
        ),
    ),
]


@pytest.mark.parametrize(("raw", "reason"), BREACHES)
def test_a_breach_is_told_in_full(raw: bytes, reason: str) -> None:
    with pytest.raises(SchemaViolation) as refused:
        read_request(raw)
    assert refused.value.message == reason
    assert refused.value.code == "-1"


@pytest.mark.parametrize(
    "raw",
    [
        request().replace(b"<ObjectPaths></ObjectPaths>", b""),
        request().replace(b"<Actions></Actions>", b""),
        request().replace(b"</ObjectPaths>", b"</ObjectPaths><Actions />"),
        request(query(0, ALL + ALL), SERVICE_PATH),
        request(query(0, ALL_ITEMS + ALL), SERVICE_PATH),
        request(query(0, ALL.replace("true", "yes")), SERVICE_PATH),
        request('<ObjectPath xmlns="" Id="1" ObjectPathId="1" />'),
        request('<ExceptionHandlingScope Id="1"><CatchScope Id="2" /></ExceptionHandlingScope>'),
        request('<ConditionalScope Id="1"><IfTrueScope Id="2" /></ConditionalScope>'),
        request('<ConditionalScope Id="1"><Test><Body /></Test></ConditionalScope>'),
        request('<ConditionalScope Id="1"><Test><Body><NOT /></Body></Test></ConditionalScope>'),
        request("", '<Constructor Id="0" TypeId="00000000-0000-0000-0000-00000000000a" />'),
        request("", f'<Constructor Id="{"9" * 5000}" TypeId="" />'),
        request("", f"<Constructor {''.join(f'a{n}=' + chr(34) * 2 for n in range(9))} />").replace(
            b'""', b'"" '
        ),
    ],
)
def test_breaches(raw: bytes) -> None:
    with pytest.raises(SchemaViolation):
        read_request(raw)


def test_a_message_does_not_grow_with_what_it_quotes() -> None:
    with pytest.raises(SchemaViolation) as refused:
        read_request(request(f'<ObjectPath Id="{"x" * 100_000}" ObjectPathId="1" />'))
    assert len(refused.value.message) < 1000


@pytest.mark.parametrize("version", ["14.0.0.0", "15.0.0.0"])
def test_both_versions_are_read(version: str) -> None:
    named = f'SchemaVersion="{version}"'.encode()
    assert read_request(request().replace(b'SchemaVersion="15.0.0.0"', named)).actions == ()


def test_another_version_is_refused_by_its_own_code() -> None:
    with pytest.raises(VersionNotSupported) as refused:
        read_request(request().replace(b'SchemaVersion="15.0.0.0"', b'SchemaVersion="16.0.0.0"'))
    assert refused.value.code == "-2130575151"


def test_white_space_comments_and_attributes_of_xml_itself_do_no_harm() -> None:
    raw = request(
        '\n <!-- a comment --> <ObjectPath Id=" 1 " ObjectPathId="+1" /> <?an instruction?>\n',
        "",
        'xml:lang="en" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespace="x"',
    )
    assert len(read_request(raw).actions) == 1


def test_every_kind_leads_to_kinds_that_there_are() -> None:
    assert {name for kind in ELEMENT_TYPES.values() for name in kind.children.values()} <= set(
        ELEMENT_TYPES
    )
