"""Writes of what hangs on tasks: parts, and files by every way that attaches one."""

from base64 import b64encode

from httpx2 import Response
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.graph.sameness.graph_writer import KINDS, ROOTS, GraphWriter
from tests.graph.sameness.mapping import Json
from tests.graph.sameness.replica import tasks_of
from tests.support.attachments import NOTICE, PICTURE, file
from tests.support.wire import Wire
from tests.sync.machine import INDEX

CHANGES: dict[str, Json] = {
    "checklistItems": {"isChecked": True},
    "linkedResources": {"externalId": "7"},
    "extensions": {"aisle": 4},
}


class PartsWriter(GraphWriter):
    """A mailbox to whose tasks things are hung."""

    @precondition(lambda self: any(self.folders.values()))
    @rule(
        task=INDEX,
        kind=st.sampled_from([*KINDS]),
        what=st.sampled_from(["POST", "POST", "PATCH", "DELETE"]),
        root=ROOTS,
    )
    def write_part(self, task: int, kind: str, what: str, root: str) -> None:
        """Create, change or delete a part of a task, which is then of another version."""
        home, key = self._at(task)
        one = f"{tasks_of(root, home)}/{key}"
        before = self._version(home, key)
        parts = self.write().get(f"{one}/{kind}").json()["value"]
        assert len(parts) == self.hung[key][kind]
        if not parts or (what == "POST" and kind != "extensions"):
            self.write().create(f"{one}/{kind}", KINDS[kind])
            self.hung[key][kind] += 1
        elif what == "DELETE":
            assert self.write().delete(f"{one}/{kind}/{parts[0]['id']}").status_code == 204
            self.hung[key][kind] -= 1
        else:
            changed = self.write().patch(f"{one}/{kind}/{parts[0]['id']}", CHANGES[kind])
            assert changed.status_code == 200, changed.text
        assert self._version(home, key) != before

    @precondition(lambda self: any(self.folders.values()))
    @rule(task=INDEX, way=st.sampled_from(["file", "reference", "todo", "upload", "delete"]))
    def attach(self, task: int, way: str) -> None:
        """Attach something by any face, at once or in pieces, or delete what is attached."""
        home, key = self._at(task)
        old, new = f"tasks('{key}')/attachments", f"{tasks_of('/v1.0', home)}/{key}/attachments"
        version = self._version(home, key)
        if way == "delete":
            for one in self.write().get(new).json()["value"]:
                assert self.write().delete(f"{new}/{one['id']}").status_code == 204
        elif way == "upload":
            info = {"attachmentType": "file", "name": "a", "size": 3}
            session = self.write().post(f"{new}/createUploadSession", {"attachmentInfo": info})
            assert put(self.service.wire, session.json()["uploadUrl"], b"abc").status_code == 201
        elif way == "todo":
            self.write().create(new, {"name": "a", "contentBytes": b64encode(b"abc").decode()})
        else:
            self.write().create(old, PICTURE if way == "reference" else file(NOTICE["Name"]))
        assert way == "delete" or self._version(home, key) != version


def put(wire: Wire, url: str, content: bytes) -> Response:
    """Upload a whole file to a session, by its URL alone."""
    span = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
    return wire.client.put(f"{url}/content", content=content, headers=span)
