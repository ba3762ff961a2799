"""python-odata, unmodified, makes its classes from our `$metadata` and drives tasks with them."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import requests
from odata import ODataService  # type: ignore[import-untyped]
from odata.flags import ODataServerFlags  # type: ignore[import-untyped]

from tests.support.databases import new_database
from tests.support.wire import Engine, live

TASK = "Microsoft.OutlookServices.Task"


@pytest.fixture(scope="module")
def service(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """Return the client's service, reflected from a live server."""
    scratch = tmp_path_factory.mktemp("flow")
    database = new_database(request, engine, scratch)
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {uuid4().hex}"
    with live(database, engine, scratch) as wire, session:
        flags = ODataServerFlags(skip_null_properties=True)
        yield ODataService(
            f"{wire.url}/api/beta/", session=session, reflect_entities=True, server_flags=flags
        )


def tasks_of(service: Any) -> Any:
    """Return the client's class for tasks, told where they are."""
    reflected = service.types[TASK]
    reflected.__odata_collection__ = "Me/Tasks"
    return reflected


def test_reads_the_model(service: Any) -> None:
    """It finds the entity types, their properties and the enumerations."""
    assert {TASK, "Microsoft.OutlookServices.TaskFolder"} <= set(service.types)
    task = service.types[TASK]
    assert {"Subject", "DueDateTime", "Status"} <= set(dir(task))


def test_drives_tasks(service: Any) -> None:
    """It creates, filters, sorts, changes and deletes."""
    task_class = tasks_of(service)
    for subject in ("Water the plants", "Buy plants", "Read"):
        task = task_class()
        task.Subject = subject
        service.save(task)
        assert task.Id

    query = service.query(task_class)
    found = query.filter(task_class.Subject.contains("PLANTS")).order_by(task_class.Subject.asc())
    assert [task.Subject for task in found.all()] == ["Buy plants", "Water the plants"]

    first = found.first()
    first.Subject = "Buy seeds"
    service.save(first)
    changed = service.query(task_class).filter(task_class.Subject.startswith("buy s")).first()
    assert changed.Id == first.Id

    service.delete(first)
    left = service.query(task_class).order_by(task_class.Subject.asc()).all()
    assert [task.Subject for task in left] == ["Read", "Water the plants"]
