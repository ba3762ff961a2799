"""`_api` in OData 4.0, as SharePoint Framework asks by itself."""

from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from afterlook.sharepoint.rest.forms import MetadataLevel, form_of
from tests.sharepoint.rest.helpers import LISTS, SESSION, SETTINGS, SITE, content_of, new_list
from tests.support.wire import Mailbox

MINIMAL = "application/json;odata.metadata=minimal"
MEDIA_TYPE = f"{MINIMAL};odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
INVALID_ACCEPT = {
    "code": "-1, Microsoft.SharePoint.Client.ClientServiceException",
    "message": "The HTTP header ACCEPT is missing or its value is invalid.",
}
RESOURCES = [
    *("web", "site", "web/currentuser", "web/siteusers", "web/lists"),
    *("web/lists/getbytitle('Tasks')", "web/lists/getbytitle('Tasks')/items"),
    *(
        "web/lists/getbytitle('Tasks')/items(1)",
        "web/lists/getbytitle('Tasks')/items(1)/ParentList",
    ),
    f"{SETTINGS.removeprefix('/_api/')}/GetAllLocations",
    f"{SETTINGS.removeprefix('/_api/')}/GetUserSettings",
    f"{SETTINGS.removeprefix('/_api/')}/IsExchangeJobPending",
    f"{SETTINGS.removeprefix('/_api/')}/GetUserSettings/ImportantLocationIds",
    f"{SESSION.removeprefix('/_api/')}/GetRefreshHistory",
    *("web/nothing", "web/lists/getbytitle('No')", "web/lists/getbytitle('Tasks')/items(9)"),
]


def spfx(
    me: Mailbox, method: str, address: str, body: object = None, **headers: str
) -> httpx2.Response:
    """Send a request as SPHttpClient does."""
    named = {"Accept": MINIMAL, "OData_Version": "4.0"} | headers
    return me.send(method, address, body, **named)


def failure(response: httpx2.Response, status: int) -> dict[str, Any]:
    """Return a refusal of OData 4.0."""
    content = content_of(response, status)
    assert list(content) == ["error"]
    assert list(content["error"]) == ["code", "message"]
    assert isinstance(content["error"]["message"], str)
    assert response.headers["OData-Version"] == "4.0"
    assert response.headers["Content-Type"] == MEDIA_TYPE
    result: dict[str, Any] = content["error"]
    return result


@pytest.fixture
def tasks(me: Mailbox) -> str:
    """Return a list with one task."""
    address = new_list(me)
    body = {"Title": "Task", "AssignedToId": [1, 7], "DueDate": "2016-05-10T00:00:00Z"}
    content_of(spfx(me, "POST", f"{address}/items", body), 201)
    return address


@pytest.mark.observed("odata4.answers")
def test_items(me: Mailbox, tasks: str) -> None:
    response = spfx(me, "GET", f"{tasks}/items")
    assert response.headers["Content-Type"] == MEDIA_TYPE
    assert response.headers["OData-Version"] == "4.0"
    assert "DataServiceVersion" not in response.headers
    page, guid = content_of(response), content_of(spfx(me, "GET", tasks))["Id"]
    root = f"{me.wire.url}{SITE}/_api"
    assert list(page) == ["@odata.context", "value"]
    assert page["@odata.context"] == f"{root}/$metadata#SP.ListData.TasksListItems"
    address = f"Web/Lists(guid'{guid}')/Items(1)"
    about = {
        "@odata.type": "#SP.Data.TasksListItem",
        "@odata.id": f"{root}/{address}",
        "@odata.etag": '"1"',
        "@odata.editLink": address,
    }
    assert about.items() <= page["value"][0].items()
    assert page["value"][0]["AssignedToId"] == [1, 7]
    assert page["value"][0]["DueDate"] == "2016-05-10T00:00:00Z"
    one = content_of(spfx(me, "GET", f"{tasks}/items(1)"))
    context = {"@odata.context": f"{root}/$metadata#SP.ListData.TasksListItems/$entity"}
    assert one == context | page["value"][0]


@pytest.mark.observed("odata4.answers")
def test_webs_and_lists(me: Mailbox, tasks: str) -> None:
    root = f"{me.wire.url}{SITE}/_api"
    web = content_of(spfx(me, "GET", f"{SITE}/_api/web"))
    assert web["@odata.context"] == f"{root}/$metadata#web"
    assert (web["@odata.type"], web["@odata.editLink"]) == ("#SP.Web", "Web")
    assert web["@odata.id"] == f"{root}/Web"
    result = content_of(spfx(me, "GET", tasks))
    assert result["@odata.context"] == f"{root}/$metadata#lists/$entity"
    assert result["@odata.type"] == "#SP.List"
    assert content_of(spfx(me, "GET", LISTS))["@odata.context"] == f"{root}/$metadata#lists"


@pytest.mark.inferred("odata4.levels")
@pytest.mark.in_process
@pytest.mark.parametrize("address", RESOURCES)
@pytest.mark.parametrize("level", ["none", "minimal", "full"])
def test_every_resource_at_every_level(me: Mailbox, tasks: str, address: str, level: str) -> None:
    """Nothing of OData 3 is in an answer of 4.0, and nothing of either at none."""
    del tasks
    accept = f"application/json;odata.metadata={level}"
    response = spfx(me, "GET", f"{SITE}/_api/{address}", Accept=accept)
    assert response.headers["Content-Type"] == MEDIA_TYPE.replace("minimal", level)
    assert response.headers["OData-Version"] == "4.0"
    names = set(_names(response.json()))
    assert not {name for name in names if name.startswith(("odata.", "__"))}
    assert not names & {"d", "results"}
    if response.status_code != 200:
        assert failure(spfx(me, "GET", f"{SITE}/_api/{address}"), response.status_code)
    elif level == "none":
        assert not {name for name in names if "@odata." in name}
    else:
        assert "@odata.context" in response.json()


def _names(content: Any) -> list[str]:
    if isinstance(content, list):
        return [name for one in content for name in _names(one)]
    if not isinstance(content, dict):
        return []
    return [*content, *(name for one in content.values() for name in _names(one))]


@pytest.mark.inferred("odata4.levels")
def test_full_tells_types(me: Mailbox, tasks: str) -> None:
    full = "application/json;odata.metadata=full"
    item = content_of(spfx(me, "GET", f"{tasks}/items(1)", Accept=full))
    assert item["AssignedToId@odata.type"] == "#Collection(Int32)"
    assert item["DueDate@odata.type"] == "#DateTimeOffset"
    assert item["Id@odata.type"] == "#Int32"
    assert "Title@odata.type" not in item
    old = content_of(
        me.send("GET", f"{tasks}/items(1)", Accept="application/json;odata=fullmetadata")
    )
    assert old["odata.type"] == "SP.Data.TasksListItem"
    assert old["DueDate@odata.type"] == "Edm.DateTime"
    assert old["AssignedToId@odata.type"] == "Collection(Edm.Int32)"


@pytest.mark.inferred("odata4.levels")
def test_selected_members(me: Mailbox, tasks: str) -> None:
    address = f"{tasks}/items?$select=Title,AssignedTo/Title&$expand=AssignedTo"
    page = content_of(spfx(me, "GET", address))
    context = f"{me.wire.url}{SITE}/_api/$metadata#SP.ListData.TasksListItems"
    assert page["@odata.context"] == f"{context}(Title,AssignedTo(Title))"
    assert page["value"][0]["AssignedTo"][0]["@odata.type"] == "#SP.Data.UserInfoItem"


@pytest.mark.inferred("rest.expanded-selected")
def test_expanded_members_that_are_not_selected(me: Mailbox, tasks: str) -> None:
    old = {"Accept": "application/json;odata=nometadata"}
    for select, shows_old in (("Title", False), ("*", True), ("AssignedTo", True)):
        address = f"{tasks}/items(1)?$expand=AssignedTo&$select={select}"
        assert "AssignedTo" in content_of(spfx(me, "GET", address))
        assert ("AssignedTo" in content_of(me.send("GET", address, **old))) is shows_old


@pytest.mark.observed("odata4.pages")
@pytest.mark.in_process
@pytest.mark.parametrize("level", ["none", "minimal", "full"])
@pytest.mark.parametrize("query", ["$top=1", "$top=1&$orderby=Title desc", "$top=2"])
def test_pages(me: Mailbox, tasks: str, level: str, query: str) -> None:
    for name in "abc":
        content_of(spfx(me, "POST", f"{tasks}/items", {"Title": name}), 201)
    address: str | None = f"{tasks}/items?{query}"
    collected: list[str] = []
    while address is not None:
        accept = f"application/json;odata.metadata={level}"
        page = content_of(spfx(me, "GET", address, Accept=accept))
        assert "odata.nextLink" not in page
        collected += [item["Title"] for item in page["value"]]
        address = page.get("@odata.nextLink")
    assert sorted(collected) == ["Task", "a", "b", "c"]


@pytest.mark.observed("odata4.accept")
@pytest.mark.once
@pytest.mark.parametrize(
    "level", ["verbose", "nometadata", "minimalmetadata", "fullmetadata", "Verbose", "none"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_levels_of_odata_3(me: Mailbox, tasks: str, level: str, method: str) -> None:
    """Nothing is written by whoever could not read the answer."""
    response = spfx(
        me, method, f"{tasks}/items", {"Title": "x"}, Accept=f"application/json; odata={level}"
    )
    assert failure(response, 406) == INVALID_ACCEPT
    assert content_of(spfx(me, "GET", tasks))["ItemCount"] == 1


@pytest.mark.observed("odata4.accept")
@pytest.mark.once
@pytest.mark.parametrize("level", ["none", "minimal", "full"])
def test_levels_of_odata_4_without_a_version(me: Mailbox, tasks: str, level: str) -> None:
    response = me.send("GET", f"{tasks}/items", Accept=f"application/json;odata.metadata={level}")
    error = content_of(response, 406)["odata.error"]
    assert error["code"] == INVALID_ACCEPT["code"]
    assert error["message"] == {"lang": "en-US", "value": INVALID_ACCEPT["message"]}


@pytest.mark.inferred("odata4.accept")
@pytest.mark.once
@pytest.mark.parametrize(
    ("accept", "level"),
    [
        ("", "minimal"),
        ("*/*", "minimal"),
        ("application/json", "minimal"),
        ("APPLICATION/JSON; ODATA.METADATA=NONE", "none"),
        ('application/json;odata.metadata="full"', "full"),
        ("application/json;odata=verbose, application/json;odata.metadata=none;q=0.5", "none"),
        ("application/json;odata.metadata=none;q=0.1, application/json", "minimal"),
        ("text/html, */*;q=0.8", "minimal"),
        ("application/json;odata.metadata=none;q=0, */*", "minimal"),
        ("application/json;odata.metadata=full;odata.streaming=false;charset=utf-8", "full"),
    ],
)
def test_what_is_accepted(me: Mailbox, accept: str, level: str) -> None:
    response = spfx(me, "GET", f"{SITE}/_api/web", Accept=accept)
    assert response.headers["Content-Type"] == MEDIA_TYPE.replace("minimal", level)


@pytest.mark.observed("odata4.default")
@pytest.mark.once
@pytest.mark.parametrize("version", ["", "3.0", "2.0", "1.0", "3.0;NetFx"])
def test_other_versions(me: Mailbox, tasks: str, version: str) -> None:
    accept = "application/json;odata=nometadata"
    response = spfx(me, "GET", f"{tasks}/items(1)", OData_Version=version, Accept=accept)
    assert content_of(response)["Title"] == "Task"
    assert response.headers["DataServiceVersion"] == "3.0"
    verbose = spfx(me, "GET", tasks, OData_Version=version, Accept="application/json;odata=verbose")
    assert content_of(verbose)["d"]["Title"] == "Tasks"


@pytest.mark.inferred("odata4.versions")
@pytest.mark.once
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"OData_MaxVersion": "4.0"}, 4),
        ({"OData_MaxVersion": "4.01"}, 4),
        ({"OData_MaxVersion": "3.0"}, 3),
        ({"OData_Version": "4.0", "OData_MaxVersion": "4.0"}, 4),
        ({"OData_Version": "4.0", "MaxDataServiceVersion": "3.0"}, 4),
        ({"OData_Version": "4.0, 4.0"}, 4),
        ({"OData_Version": "3.0", "OData_MaxVersion": "4.0"}, 3),
        ({"OData_MaxVersion": "4.0", "DataServiceVersion": "3.0"}, 3),
        ({"DataServiceVersion": "3.0;NetFx", "MaxDataServiceVersion": "3.0;NetFx"}, 3),
        ({"OData_Version": "5.0"}, None),
        ({"OData_Version": "4.01"}, None),
        ({"OData_Version": "0.0"}, None),
        ({"OData_Version": "4"}, None),
        ({"OData_Version": "x" * 500}, None),
        ({"OData_Version": "4.0, 3.0"}, None),
        ({"OData_Version": "\u0664.0"}, None),
        ({"OData_Version": "4.0", "DataServiceVersion": "3.0"}, None),
        ({"OData_Version": "4.0", "OData_MaxVersion": "3.0"}, None),
        ({"OData_MaxVersion": "x"}, None),
        ({"OData_MaxVersion": "0.9"}, None),
        ({"DataServiceVersion": "4.0"}, None),
        ({"DataServiceVersion": "x"}, None),
    ],
)
def test_versions(me: Mailbox, headers: dict[str, str], expected: int | None) -> None:
    raw = {
        name.replace("_", "-").encode(): value.encode("utf-8") for name, value in headers.items()
    }
    named = {name.encode(): value.encode() for name, value in me.authorization.items()}
    for address in (f"{LISTS}", f"{SITE}/_api/contextinfo", f"{SITE}/_api/$batch"):
        method = "GET" if address == LISTS else "POST"
        response = me.wire.client.request(
            method, address, headers=named | raw | {b"Accept": b"application/json"}
        )
        if expected is None:
            assert response.status_code == 400
            assert "is not supported" in response.text
        elif address == LISTS:
            name = "@odata.context" if expected == 4 else "odata.metadata"
            assert name in content_of(response)


@pytest.mark.observed("odata4.writes")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json;charset=utf-8", "application/json;odata=nometadata"],
)
@pytest.mark.parametrize(
    "type_", ["#SP.Data.TasksListItem", "SP.Data.TasksListItem", "#SP.ListItem"]
)
def test_writes(me: Mailbox, tasks: str, content_type: str, type_: str) -> None:
    body = {"@odata.type": type_, "Title": "Made"}
    response = spfx(me, "POST", f"{tasks}/items", body, Content_Type=content_type)
    made = content_of(response, 201)
    assert made["@odata.type"] == "#SP.Data.TasksListItem"
    assert response.headers["Location"] == made["@odata.id"]
    update = {"@odata.type": type_, "Title": "Other", "AssignedToId": [1]}
    for method, headers in (
        ("POST", {"X_HTTP_Method": "MERGE", "If_Match": "*"}),
        ("PATCH", {"If_Match": '"2"'}),
    ):
        address = f"{tasks}/items(2)"
        response = spfx(me, method, address, update, Content_Type=content_type, **headers)
        assert (response.status_code, response.content) == (204, b"")
        assert response.headers["OData-Version"] == "4.0"
    assert response.headers["ETag"] == '"3"'
    deleted = spfx(me, "POST", f"{tasks}/items(2)", X_HTTP_Method="DELETE", If_Match="*")
    assert (deleted.status_code, deleted.headers["OData-Version"]) == (200, "4.0")


@pytest.mark.observed("odata4.writes")
def test_a_list(me: Mailbox) -> None:
    body = {"@odata.type": "#SP.List", "Title": "To do", "BaseTemplate": 171}
    made = content_of(spfx(me, "POST", LISTS, body), 201)
    assert made["@odata.context"] == f"{me.wire.url}{SITE}/_api/$metadata#lists/$entity"
    assert made["@odata.id"] == f"{me.wire.url}{SITE}/_api/{made['@odata.editLink']}"
    change = {"@odata.type": "#SP.List", "Description": "Ours"}
    address = f"{SITE}/_api/{made['@odata.editLink']}"
    assert spfx(me, "PATCH", address, change).status_code == 204
    assert content_of(spfx(me, "GET", made["@odata.id"]))["Description"] == "Ours"


@pytest.mark.inferred("odata4.writes")
@pytest.mark.parametrize("level", ["minimal", "full", "none"])
def test_what_was_read_can_be_written(me: Mailbox, tasks: str, level: str) -> None:
    accept = f"application/json;odata.metadata={level}"
    for address in (tasks, f"{tasks}/items(1)"):
        read = content_of(spfx(me, "GET", address, Accept=accept))
        assert spfx(me, "PATCH", address, read).status_code == 204
        after = content_of(spfx(me, "GET", address, Accept=accept))
        changing = ("Modified", "LastItemModifiedDate", "@odata.etag")
        assert {**after, **dict.fromkeys(changing)} == {**read, **dict.fromkeys(changing)}


@pytest.mark.observed("odata4.writes")
@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (
            {"__metadata": {"type": "SP.Data.TasksListItem"}, "Title": "x"},
            "application/json",
            "The property '__metadata' does not exist on type 'SP.Data.TasksListItem'.",
        ),
        (
            {"__metadata": {"type": "SP.Data.TasksListItem"}, "Title": "x"},
            "application/json;odata=verbose",
            "Parsing JSON Light feeds or entries in requests without entity set is not supported.",
        ),
        (
            {"@odata.type": "#SP.Data.OtherListItem", "Title": "x"},
            "application/json",
            "A type named 'SP.Data.OtherListItem' could not be resolved by the model.",
        ),
        ({"@odata.type": 1, "Title": "x"}, "application/json", "'@odata.type' is not the name"),
        (
            {"AssignedTo@odata.bind": ["Web/GetUserById(1)"], "Title": "x"},
            "application/json",
            "The property 'AssignedTo@odata.bind' does not exist",
        ),
        ({"Nothing": 1, "Title": "x"}, "application/json", "The property 'Nothing' does not"),
    ],
)
def test_refused_writes(
    me: Mailbox, tasks: str, body: object, content_type: str, text: str
) -> None:
    for method, address in (("POST", f"{tasks}/items"), ("PATCH", f"{tasks}/items(1)")):
        error = failure(spfx(me, method, address, body, Content_Type=content_type), 400)
        assert error["message"].startswith(text)
    assert content_of(spfx(me, "GET", tasks))["ItemCount"] == 1
    assert content_of(spfx(me, "GET", f"{tasks}/items(1)"))["@odata.etag"] == '"1"'


@pytest.mark.observed("odata4.writes")
def test_annotations_of_odata_4_in_odata_3(me: Mailbox, tasks: str) -> None:
    body = {"@odata.type": "#SP.Data.TasksListItem", "Title": "x"}
    response = me.send("POST", f"{tasks}/items", body, Accept="application/json")
    text = content_of(response, 400)["odata.error"]["message"]["value"]
    assert text == "'@odata.type' is an invalid instance annotation name."


@pytest.mark.observed("odata4.errors")
@pytest.mark.once
@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "items(9)", 404, "-2130575338, System.ArgumentException"),
        ("PATCH", "items(1)", 412, "-1, Microsoft.SharePoint.Client.ClientServiceException"),
        ("PUT", "items", 405, "-1, Microsoft.SharePoint.Client.InvalidClientQueryException"),
        ("GET", "nothing", 404, "-1, Microsoft.SharePoint.Client.InvalidClientQueryException"),
        (
            "GET",
            "items?$filter=x",
            400,
            "-1, Microsoft.SharePoint.Client.InvalidClientQueryException",
        ),
    ],
)
def test_refusals(
    me: Mailbox, tasks: str, method: str, address: str, status: int, code: str
) -> None:
    response = spfx(me, method, f"{tasks}/{address}", {"Title": "x"}, If_Match='"9"')
    assert failure(response, status)["code"] == code


@pytest.mark.inferred("odata4.objects")
def test_objects(me: Mailbox) -> None:
    new = {"taskName": "Task", "completed": False, "pinned": False, "locationKey": -1}
    root = f"{me.wire.url}/_api"
    made = content_of(spfx(me, "POST", f"{SESSION}/CreateTask", new))
    name = "SP.WorkManagement.OM.TaskWriteResult"
    assert made["@odata.context"] == f"{root}/$metadata#{name}"
    assert made["@odata.type"] == f"#{name}"
    assert made["Result"]["@odata.type"] == "#SP.WorkManagement.OM.Task"
    assert made["Result"]["DueDate"] == "0001-01-01T00:00:00Z"
    places = content_of(spfx(me, "GET", f"{SETTINGS}/GetAllLocations"))
    type_ = "SP.WorkManagement.OM.Location"
    assert places["@odata.context"] == f"{root}/$metadata#Collection({type_})"
    assert places["value"][0]["@odata.type"] == f"#{type_}"
    for address, edm, value in (
        ("IsExchangeJobPending", "Edm.Boolean", False),
        ("GetUserSettings/LateTasksLimit", "Edm.Int32", 30),
        ("GetUserSettings/ImportantLocationIds", "Collection(Edm.Int32)", []),
    ):
        result = content_of(spfx(me, "GET", f"{SETTINGS}/{address}"))
        assert result == {"@odata.context": f"{root}/$metadata#{edm}", "value": value}
    nothing = content_of(spfx(me, "POST", f"{SESSION}/ReorderTask(1,-1)"))
    assert nothing == {"@odata.context": f"{root}/$metadata#Edm.Null", "@odata.null": True}
    failure(spfx(me, "POST", f"{SESSION}/DeleteTask", {"__metadata": {}, "taskKey": 1}), 400)
    deleted = content_of(
        spfx(me, "POST", f"{SESSION}/DeleteTask", {"@odata.type": "#X", "taskKey": 1})
    )
    assert deleted["Error"] == 0


@pytest.mark.inferred("odata4.answers")
def test_contextinfo(me: Mailbox) -> None:
    response = spfx(me, "POST", f"{SITE}/_api/contextinfo")
    result = content_of(response)
    assert response.headers["Content-Type"] == MEDIA_TYPE
    about = f"{me.wire.url}{SITE}/_api/$metadata#SP.ContextWebInformation"
    assert result["@odata.context"] == about
    assert result["SupportedSchemaVersions"] == ["14.0.0.0", "15.0.0.0"]
    assert result["WebFullUrl"] == f"{me.wire.url}{SITE}"
    accept = "application/json;odata=verbose"
    refused = spfx(me, "POST", f"{SITE}/_api/contextinfo", Accept=accept)
    assert failure(refused, 406) == INVALID_ACCEPT


def _batch(me: Mailbox, parts: list[str], **headers: str) -> list[str]:
    part = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    content = "".join(f"{part}{one}\r\n\r\n" for one in parts) + "--b--\r\n"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = me.wire.client.post(
        f"{SITE}/_api/$batch",
        content=content.encode(),
        headers=me.authorization | {"Content-Type": "multipart/mixed; boundary=b"} | named,
    )
    assert response.status_code == 200, response.text
    expected = ("OData-Version", "4.0") if headers else ("DataServiceVersion", "3.0")
    assert response.headers[expected[0]] == expected[1]
    return response.text.split("--batchresponse")[1:-1]


@pytest.mark.inferred("odata4.batch")
@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("outer", [{}, {"OData_Version": "4.0"}])
def test_batches(me: Mailbox, outer: dict[str, str]) -> None:
    line = "GET web/lists/getbytitle('Tasks')/items HTTP/1.1"
    old = "Accept: application/json;odata=nometadata"
    answers = _batch(
        me,
        [
            f"{line}\r\nOData-Version: 4.0\r\nAccept: {MINIMAL}",
            f"{line}\r\nAccept: application/json",
            f"{line}\r\n{old}",
            f"{line}\r\nOData-Version: 4.0\r\n{old}",
            f"{line}\r\nOData-Version:\r\nAccept: application/json",
            "GET web/nothing HTTP/1.1\r\nodata-version: 4.0",
            (
                "POST web/lists/getbytitle('Tasks')/items HTTP/1.1\r\nOData-Version: 4.0\r\n"
                'Content-Type: application/json\r\n\r\n{"@odata.type":"#SP.ListItem","Title":"b"}'
            ),
        ],
        **outer,
    )
    assert "@odata.context" in answers[0]
    assert f"CONTENT-TYPE: {MEDIA_TYPE}" in answers[0]
    assert "OData-Version: 4.0" in answers[0]
    is_new = bool(outer)
    assert ('"@odata.context"' in answers[1]) is is_new
    assert ('"odata.metadata"' in answers[1]) is not is_new
    assert "200 OK" in answers[2]
    assert "odata=nometadata;" in answers[2]
    assert "406 Not Acceptable" in answers[3]
    assert '"odata.metadata"' in answers[4]
    assert '{"error":{"code":' in answers[5]
    assert "201 Created" in answers[6]
    assert '"@odata.type":"#SP.Data.TasksListItem"' in answers[6]


_VERSIONS = ["", "1.0", "3.0", "4.0", "4.01", "5.0", "4.0;x", "\xb2.0", "4.0,4.0", "x", "99.99"]
_RANGES = ["application/json", "*/*", "application/xml", "odata=verbose", ";", ",", "q", "="]
_PARTS = [
    f";{name}={value}" for name in ("odata", "odata.metadata", "q") for value in ("none", "0")
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["odata-version", "odata-maxversion", "dataserviceversion"]),
            st.sampled_from(_VERSIONS) | st.text(st.characters(max_codepoint=255), max_size=9),
        ),
        max_size=4,
    ),
    st.lists(st.sampled_from(_RANGES + _PARTS) | st.text(max_size=5), max_size=6).map("".join),
)
def test_any_headers(versions: list[tuple[str, str]], accept: str) -> None:
    """There is a form for a refusal whatever comes; verbose there is in OData 3 only."""
    raw = [(name.encode(), value.encode("latin-1")) for name, value in versions]
    raw.append((b"accept", accept.encode("utf-8")))
    form, problem = form_of(Headers(raw=raw))
    assert form.media_type.startswith("application/json;odata")
    assert problem is None or problem.status in (400, 406)
    assert not (form.is_new and form.level is MetadataLevel.VERBOSE)
