"""The address normaliser: what it does fast is what it does slowly."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.types import Scope

from afterlook.errors import BadRequest
from afterlook.graph.addresses import VOCABULARY
from afterlook.http.addresses import Addresses, graph_root, outlook_root
from afterlook.http.paths import apply_normal_path
from afterlook.odata import path as odata_path
from afterlook.outlook import edm
from tests.graph.todo import ROOT, make_list, make_task
from tests.support.wire import Mailbox

NORMALISE = Addresses(outlook_root(edm.VOCABULARY), graph_root(VOCABULARY))
LONG = "AAMkADIyAAAhrbPWAAAAAAAAAAAAAAAAAAAA"

segments = st.sampled_from(
    [
        *("lists", "Lists", "tasks", "checklistItems", "linkedresources", "me", "todo", "users"),
        *("delta", "delta()", "microsoft.graph.delta()", "$count", "$value", "Tasks", "outlook"),
        *(LONG, f"{LONG}=", f"{LONG}%3D", f"{LONG}==", "x=", f"{LONG}.", f"{LONG}%2F", "%6De"),
        *(f"lists('{LONG}=')", f"tasks('{LONG}%3D')", "tasks('x')", "extensions", "attachments"),
    ]
)


def normalised(path: str) -> str:
    """Return what is routed."""
    scope: Scope = {"method": "GET", "path": path, "raw_path": path.encode("ascii")}
    apply_normal_path(scope, None)  # type: ignore[arg-type] # it adds nothing
    NORMALISE(scope)
    return str(scope["path"])


def slowly(path: str) -> str:
    """Return what the grammar makes of it."""
    root, *parts = odata_path.parse(path, VOCABULARY.actions)
    return f"/{root.name}{odata_path.write_canonical(parts, VOCABULARY)}"


@given(parts=st.lists(segments, min_size=1, max_size=7))
@example(parts=["me", "todo", "lists", f"{LONG}%3D", "tasks", f"{LONG}="])
@example(parts=["me", "todo", "lists", LONG, "tasks", "delta"])
@example(parts=["lists", LONG, LONG])
def test_same(parts: list[str]) -> None:
    """Whichever way an address goes, it comes out the same."""
    path = f"/v1.0/{'/'.join(parts)}"
    try:
        expected = slowly(path)
    except BadRequest as error:
        with pytest.raises(type(error)):
            normalised(path)
    else:
        assert normalised(path) == expected


def spelt(list_id: str, task_id: str) -> Iterator[str]:
    """Return the addresses of a task."""
    encoded = task_id.replace("=", "%3D")
    yield f"{ROOT}/{list_id}/tasks/{task_id}"
    yield f"{ROOT}/{list_id.replace('=', '%3d')}/tasks/{encoded}/"
    yield f"{ROOT}('{list_id}')/Tasks('{encoded}')"
    yield f"/V1.0/Me/ToDo/Lists/{list_id}/TASKS/{task_id}"
    yield f"/beta/users/me-token-to-replace/todo/lists/{list_id}/tasks/{task_id}"


@pytest.mark.inferred("graph.spellings")
@pytest.mark.once
def test_spellings(me: Mailbox) -> None:
    """One task, however it is addressed."""
    home = make_list(me, "Home")
    task = make_task(me, home, "here")
    for address in spelt(home, task["id"]):
        answer = me.get(address)
        assert answer.status_code == 200, answer.text
        assert answer.json()["id"] == task["id"]
    upper = me.get(f"{ROOT}/{home}/tasks/{task['id'].swapcase()}")
    assert upper.status_code in (400, 404)
