"""Every method of every type that a client can come by answers with what the document says."""

import pytest

from tests.sharepoint.om.client import SESSIONS, Client, Request
from tests.sharepoint.om.methods import DECLARED, METHODS, RETURNED, given


def test_all_are_found() -> None:
    assert len(METHODS) == 4 * 18 + 4 + 2 + 2 + 2 * 2 + 11
    assert {method for _, method in METHODS} >= {"ReadTasks", "ReorderTask", "SetUserSettings"}


@pytest.mark.parametrize(("type_", "name"), METHODS)
def test_method(client: Client, type_: str, name: str) -> None:
    client.create("Task")
    method = DECLARED[type_, name]
    request = Request()
    owner = request.session(type_) if type_ in SESSIONS else request.make(type_)
    values = [given(request, parameter) for parameter in method["parameters"]]
    if method["kind"] == "ObjectPath":
        number = request.query(request.method(owner, name, *values), items=True)
        answer = client.send(request.xml())[number]
        assert answer["_ObjectType_"] == f"SP.WorkManagement.OM.{method['returns']}"
        assert ("_Child_Items_" in answer) is method["returns"].endswith("Collection")
    else:
        number = request.call(owner, name, *values)
        answers = client.send(request.xml())
        kind = RETURNED.get(method["returns"])
        assert (number in answers) is (kind is not None)
        assert kind is None or type(answers[number]) is kind
