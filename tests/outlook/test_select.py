"""`$select`, and the spelling of options in general."""

import pytest

from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP
from tests.support.mailboxes import Filled
from tests.support.outlook import everything, expect_refusal, values
from tests.support.wire import Mailbox

ANNOTATIONS = ["@odata.id", "@odata.etag"]
KINDS = [
    ("tasks", "tasks('{task}')", [part.name for part in TASK]),
    ("taskfolders", "taskfolders('{folder}')", [part.name for part in TASK_FOLDER]),
    ("taskgroups", "taskgroups('{group}')", [part.name for part in TASK_GROUP]),
]
UNSUPPORTED = [
    "$search=x",
    "$expand=Assignments",
    "$apply=x",
    "$compute=x",
    "$skiptoken=x",
    "$deltatoken=x",
    "%24search=x",
    "$SEARCH=x",
    "search=x",
    "$unheard=of",
]

ASKED = [
    ("GET", "tasks"),
    ("GET", "taskgroups"),
    ("GET", "tasks('{task}')"),
    ("POST", "tasks"),
    ("PATCH", "tasks('{task}')"),
    ("POST", "tasks('{task}')/complete"),
    ("DELETE", "tasks('{task}')"),
    ("DELETE", "taskgroups('{group}')"),
]


@pytest.mark.observed("option.select")
@pytest.mark.in_process
@pytest.mark.parametrize(("collection", "one", "properties"), KINDS)
def test_each_property_alone(
    filled: Filled, collection: str, one: str, properties: tuple[str, ...]
) -> None:
    whole = filled.me.get(filled.at(one)).json()
    for name in properties:
        got = filled.me.get(f"{filled.at(one)}?$select={name}").json()
        expected = {"@odata.context", "@odata.id", "@odata.etag", "Id", name} & set(whole)
        assert set(got) == expected, name
        assert got[name] == whole[name]
    for entity in values(filled.me.get(f"{collection}?$select={properties[2]}")):
        assert set(entity) <= {*ANNOTATIONS, "Id", properties[2]}


@pytest.mark.observed("option.select", "option.select-context")
def test_context_lists_what_was_selected(filled: Filled) -> None:
    root = f"{filled.me.wire.url}/api/beta/$metadata#Me"

    some = filled.me.get("tasks?$select=Subject,Status").json()
    assert some["@odata.context"] == f"{root}/Tasks(Subject,Status)"
    assert list(some["value"][0]) == [*ANNOTATIONS, "Id", "Status", "Subject"]
    one = filled.me.get(filled.at("tasks('{task}')?$select=Subject")).json()
    assert one["@odata.context"] == f"{root}/Tasks(Subject)/$entity"


@pytest.mark.inferred("option.select-case")
@pytest.mark.once
@pytest.mark.parametrize(
    "wanted", ["subject,STATUS", " Subject , Status ", "Subject,Status,subject"]
)
def test_names_in_any_case(filled: Filled, wanted: str) -> None:
    entity = values(filled.me.get(f"tasks?$select={wanted}"))[0]

    assert list(entity) == [*ANNOTATIONS, "Id", "Status", "Subject"]


@pytest.mark.inferred("option.select-case")
def test_star_is_everything(filled: Filled) -> None:
    assert values(filled.me.get("tasks?$select=*")) == values(filled.me.get("tasks"))
    assert values(filled.me.get("tasks?$select=Subject,*")) == values(filled.me.get("tasks"))


@pytest.mark.observed("option.unknown-property")
@pytest.mark.once
@pytest.mark.parametrize("option", ["$select", "$orderby"])
@pytest.mark.parametrize("name", ["Flag", "Name1", "DueDate", "Subject1", "@odata.id"])
def test_unknown_property(filled: Filled, option: str, name: str) -> None:
    for _, one, _ in KINDS if option == "$select" else ():
        response = filled.me.get(f"{filled.at(one)}?{option}={name}")
        expect_refusal(response, 400, "RequestBroker-ParseUri", f"'{name}'")
    for collection, _, _ in KINDS:
        response = filled.me.get(f"{collection}?{option}={name}")
        expect_refusal(
            response, 400, "RequestBroker-ParseUri", f"'{name}'", "Microsoft.OutlookServices."
        )


@pytest.mark.inferred("option.malformed")
@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        "$select=",
        "$select=,",
        "$select=Subject,,Status",
        "$select=Subject&$select=Status",
        "$select=Subject&select=Status",
        "$top=1&$top=1",
        "$top=1&%24Top=2",
        "$orderby=",
        "$orderby=Subject,,Status",
        "$orderby=Subject up",
        "$orderby=Subject asc desc",
        "$select=%ff",
        "$%ff=1",
    ],
)
def test_malformed_options(me: Mailbox, query: str) -> None:
    expect_refusal(me.get(f"tasks?{query}"), 400, "ErrorInvalidUrlQuery")


@pytest.mark.observed("option.case", "option.bare")
@pytest.mark.once
@pytest.mark.parametrize("spelling", ["$select", "%24select", "$SELECT", "%24Select", "select"])
def test_spelling_of_options(filled: Filled, spelling: str) -> None:
    for address in ("tasks", filled.at("tasks('{task}')")):
        body = filled.me.get(f"{address}?{spelling}=Subject").json()
        entity = body.get("value", [body])[0]
        assert "Status" not in entity


@pytest.mark.inferred("option.unsupported")
@pytest.mark.once
@pytest.mark.parametrize(("method", "address"), ASKED)
def test_unsupported_options(filled: Filled, method: str, address: str) -> None:
    """On reading and on writing, where nothing must have been written."""
    before = everything(filled.me)

    for query in UNSUPPORTED:
        option = query.partition("=")[0].replace("%24", "$")
        response = filled.me.send(method, f"{filled.at(address)}?{query}")
        expect_refusal(response, 400, "ErrorInvalidUrlQuery", f"'{option}'")

    assert everything(filled.me) == before


@pytest.mark.inferred("option.unsupported")
@pytest.mark.once
@pytest.mark.parametrize(
    "query", ["$top=1", "$skip=1", "$orderby=Subject", "$filter=x", "$count=true"]
)
def test_options_of_lists_on_one_entity(filled: Filled, query: str) -> None:
    response = filled.me.get(filled.at("tasks('{task}')?") + query)

    expect_refusal(response, 400, "ErrorInvalidUrlQuery", query.partition("=")[0])


@pytest.mark.inferred("option.custom")
@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        *("a=1", "api-version=1.0", "=", "&", "&&a&", "a=%ff", "a=b&a=b", "until=0", "until=x"),
        *("afterlook-until=0", "afterlook-until=x"),
    ],
)
def test_custom_options(filled: Filled, query: str) -> None:
    assert len(values(filled.me.get(f"tasks?{query}"))) == 1
    assert filled.me.post(f"tasks?{query}", {}).status_code == 201
