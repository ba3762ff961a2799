"""Every method of every session and manager, over the wire, on both engines."""

from itertools import groupby
from uuid import uuid4

import pytest

from tests.sharepoint.exchange import User
from tests.sharepoint.om.client import SESSIONS, Request
from tests.sharepoint.om.methods import DECLARED, METHODS, RETURNED, given
from tests.support.wire import Mailbox

TYPES = {
    type_: [name for _, name in methods]
    for type_, methods in groupby(METHODS, key=lambda method: method[0])
}


@pytest.mark.spec("om.every-method")
@pytest.mark.in_process
@pytest.mark.parametrize("type_", TYPES)
def test_methods(me: Mailbox, type_: str) -> None:
    """Each answers with an object of the declared type, a plain value, or nothing."""
    for name in TYPES[type_]:
        # A mailbox of its own: some methods leave nothing for the next.
        user = User(Mailbox(me.wire, uuid4().hex))
        user.write("CreateTask", "Task", None, None, None, False, False, -1, None)
        method, request = DECLARED[type_, name], Request()
        owner = request.session(type_) if type_ in SESSIONS else request.make(type_)
        values = [given(request, parameter) for parameter in method["parameters"]]
        if method["kind"] == "ObjectPath":
            number = request.query(request.method(owner, name, *values))
            answer = user.send(request)[number]
            assert answer["_ObjectType_"] == f"SP.WorkManagement.OM.{method['returns']}", name
        else:
            number = request.call(owner, name, *values)
            kind = RETURNED.get(method["returns"])
            assert isinstance(user.send(request).get(number), kind or type(None)), name
