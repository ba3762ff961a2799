"""The table of what becomes of what: it is whole, and finds what it has by any address."""

import re

import pytest
from starlette.routing import Route

from afterlook.migration import options
from afterlook.migration.losses import LOSSES
from afterlook.migration.options import OPTIONS
from afterlook.migration.properties import PROPERTIES
from afterlook.migration.requests import REQUESTS, address_of, find
from afterlook.migration.traps import TRAPS
from afterlook.outlook.edm import TASK, TASK_FOLDER
from afterlook.outlook.routes import MOUNTED
from afterlook.store import inventory
from tests.support.citations import ROOT, page

CALLS = [
    (method, prefix + route.path)
    for prefix, router in MOUNTED
    for route in router.routes
    if isinstance(route, Route)
    for method in sorted(route.methods or ())
]


def _addresses(template: str) -> list[str]:
    """Return a route's template as clients write it, its keys in parentheses and as segments."""
    named = template.replace("{version}", "v2.0").replace("{user}", "users('a@b.example')")
    keyed = re.sub(r"\{name:\w+\}", "Subject", named).replace("{", "").replace("}", "")
    return [keyed, re.sub(r"(?<!users)\('(\w+)'\)", r"/\1", keyed).replace("tasks", "Tasks")]


@pytest.mark.parametrize(("method", "template"), CALLS)
def test_each_route_of_the_outlook_wire_becomes_something(method: str, template: str) -> None:
    found = {find(method, address) for address in _addresses(template)}
    assert len(found) == 1
    assert None not in found


def test_each_row_is_a_route() -> None:
    found = {find(method, address) for method, path in CALLS for address in _addresses(path)}
    assert found == set(REQUESTS)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (
            "/api/beta/me/TaskGroups('g')/TaskFolders('f')/Tasks('t')/complete",
            "/tasks/{id}/complete",
        ),
        ("/beta/me/outlook/taskFolders/f/tasks/t", "/tasks/{id}"),
        ("/beta/users/a@b.example/outlook/taskGroups", "/taskgroups"),
        (
            "/api/v2.0/users/a@b.example/tasks/t/Microsoft.OutlookServices.Complete",
            "/tasks/{id}/complete",
        ),
        ("/api/v2.0/me/tasks/complete", "/tasks/{id}"),
        ("/v1.0/me/todo/lists", None),
        ("/v1.0/me", None),
        ("/_api/web/lists", None),
        ("/", None),
        ("", None),
    ],
)
def test_addresses(path: str, address: str | None) -> None:
    assert address_of(path) == address


def test_properties_are_those_of_the_model() -> None:
    for entity, model in (("Task", TASK), ("TaskFolder", TASK_FOLDER)):
        told = {row.name for row in PROPERTIES if row.entity == entity}
        assert {each.name for each in model.properties} - told == set(), entity


def test_what_is_looked_for_is_told() -> None:
    assert {loss.key for loss in LOSSES} == set(inventory.KEYS)
    assert {key for row in PROPERTIES for key in row.losses} == set(inventory.KEYS)


def test_each_case_has_a_trap() -> None:
    below = page(ROOT / "docs" / "reference" / "graph.md").sections["14"]
    cases = sorted(int(number) for number in re.findall(r"^(\d+)\. ", below, re.MULTILINE))
    assert sorted(number for trap in TRAPS for number in trap.cases) == cases


@pytest.mark.parametrize(
    ("query", "headers", "names"),
    [
        ("$select=Subject&%24top=5", "", {"$select", "$top"}),
        ("select=Subject", "", {"$select"}),
        ("$filter=Status eq 'Completed'", "", {"$filter"}),
        (
            "$filter=SingleValueExtendedProperties/Any(e: e/Value eq '1')",
            "",
            {"$filter by extended properties"},
        ),
        ("$expand=Attachments", "", {"$expand of attachments"}),
        (
            "$expand=MultiValueExtendedProperties($filter=PropertyId eq 'x')",
            "",
            {"$expand of extended properties"},
        ),
        ("$count=false", "", set()),
        ("$deltatoken=x&$skipToken=y", "", {"$deltaToken, $skipToken"}),
        (
            "",
            'Prefer: outlook.timezone="UTC", odata.track-changes\nif-match: W/"x"',
            {"Prefer: outlook.timezone", "Prefer: odata.track-changes", "If-Match"},
        ),
        ("x=$select=1", "x-prefer: outlook.timezone", set()),
    ],
)
def test_options(query: str, headers: str, names: set[str]) -> None:
    assert {option.name for option in options.find(query, headers)} == names


def test_names_of_options_are_different() -> None:
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)
