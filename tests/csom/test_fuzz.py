"""Any request at all: an answer that is JSON, or a `QueryError`."""

import asyncio
import json
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.csom.errors import QueryError
from afterlook.csom.json_writer import write_document
from afterlook.csom.processor import Processor, error_info
from afterlook.csom.request_reader import read_request
from afterlook.csom.schema import ELEMENT_TYPES
from tests.csom.sample import (
    ALL,
    HEADER,
    PART_ID,
    REGISTRY,
    SERVICE_ID,
    THING_ID,
    Log,
    request,
)

pytestmark = pytest.mark.inferred("csom.never-fails")

FUZZ = settings(deadline=None)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
IDS = st.integers(0, 5).map(str)
TYPES = st.sampled_from([THING_ID, SERVICE_ID, PART_ID, THING_ID.replace("A", "F")])
NAMES = st.sampled_from(
    ["Title", "Count", "When", "Other", "Parts", "Make", "Copy", "List", "Sum", "Do", "Root", "x"]
)
LITERALS = st.sampled_from(
    ["Null", "String", "Number", "Boolean", "DateTime", "Guid", "Array", "Dictionary", "Int32"]
)
CONTENTS = TEXT | st.sampled_from(["1", "-1", "NaN", "true", "2013-01-02T00:00:00Z", "1e999"])

ATTRIBUTES = {
    **dict.fromkeys(("Id", "ObjectPathId", "ParentId", "Count"), IDS),
    **dict.fromkeys(("SelectAllProperties", "SelectAll"), st.sampled_from(["true", "0"])),
    "TypeId": TYPES,
    "Type": LITERALS,
    "Name": NAMES,
}


@st.composite
def elements(draw: st.DrawFn, name: str, kind: str, depth: int = 6) -> str:
    """Draw an element that the schema allows, or nearly."""
    about = ELEMENT_TYPES[kind]
    chosen = [*about.required]
    if about.optional:
        chosen.append(draw(st.sampled_from(sorted(about.optional))))
    written = "".join(
        f" {attribute}={quoteattr(draw(ATTRIBUTES.get(attribute, TEXT)))}" for attribute in chosen
    )
    names = list(about.needed)
    if about.children and depth > 0:
        names += draw(st.lists(st.sampled_from(sorted(about.children)), max_size=3))
    if not about.many:
        names = [child for child in about.children if child in names]
    inner = "".join(
        draw(elements(child, about.children[child], depth - 1)) for child in names if depth > -6
    )
    text = quoteattr(draw(CONTENTS))[1:-1] if about.text and not inner else ""
    return f"<{name}{written}>{text}{inner}</{name}>"


PATHS = [
    f'<Constructor Id="0" TypeId="{SERVICE_ID}" />',
    f'<Constructor Id="1" TypeId="{THING_ID}" />',
    '<Method Id="2" ParentId="0" Name="List" />',
]


def carry_out(raw: bytes) -> None:
    """Answer a request, as the wire does."""
    try:
        pairs = asyncio.run(Processor(read_request(raw), REGISTRY, Log(), "trace").process())
        content = write_document(HEADER, pairs)
    except QueryError as error:
        content = write_document({"ErrorInfo": error_info(error, "trace")}, [])
    assert isinstance(json.loads(content), list)


@FUZZ
@given(
    actions=elements("Actions", "Actions"),
    paths=st.lists(st.sampled_from(["Method", "Property", "Identity"]), max_size=2),
    data=st.data(),
)
def test_requests_by_the_schema(actions: str, paths: list[str], data: st.DataObject) -> None:
    inner = actions.removeprefix("<Actions>").removesuffix("</Actions>")
    further = [data.draw(elements(name, f"{name}Path")) for name in paths]
    carry_out(request(inner, "".join(PATHS + further)))


@FUZZ
@given(wanted=elements("ChildItemQuery", "ChildItemQuery", 9))
def test_queries_by_the_schema(wanted: str) -> None:
    query = '<Query SelectAllProperties="true" />'
    action = f'<Query Id="9" ObjectPathId="2">{query}{wanted}</Query>'
    carry_out(request(action, "".join(PATHS)))


@FUZZ
@given(test=elements("Test", "Test", 9))
def test_conditions_by_the_schema(test: str) -> None:
    scope = f'<ConditionalScope Id="9">{test}</ConditionalScope>'
    carry_out(request(scope, "".join(PATHS)))


@FUZZ
@given(parameter=elements("Parameter", "Value"), name=NAMES)
def test_values_by_the_schema(parameter: str, name: str) -> None:
    setting = f'<SetProperty Id="9" ObjectPathId="1" Name="{name}">{parameter}</SetProperty>'
    call = f"<Parameters>{parameter}</Parameters>"
    calling = f'<Method Id="8" ObjectPathId="0" Name="{name}">{call}</Method>'
    carry_out(request(setting, "".join(PATHS)))
    carry_out(request(calling, "".join(PATHS)))


@FUZZ
@given(raw=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes(raw: bytes) -> None:
    carry_out(raw)


WHOLE = request(f'<Query Id="9" ObjectPathId="2">{ALL}</Query>', "".join(PATHS))


@FUZZ
@given(
    at=st.integers(0, len(WHOLE) - 1),
    length=st.integers(0, 20),
    instead=st.binary(max_size=8) | TEXT.map(str.encode),
)
def test_requests_with_a_mistake(at: int, length: int, instead: bytes) -> None:
    carry_out(WHOLE[:at] + instead + WHOLE[at + length :])
