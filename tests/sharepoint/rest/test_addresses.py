"""Addresses of properties, aliases of parameters, and short ones; what is asked of lists."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.sharepoint.rest.helpers import LISTS, SESSION, SITE, ask, content_of, error_of, new_list
from tests.support.wire import Mailbox

WEB = f"{SITE}/_api/web"


@pytest.fixture
def tasks(me: Mailbox) -> str:
    """Return a list with two tasks."""
    address = new_list(me)
    for item in (
        {"Title": "One", "AssignedToId": [1, 7], "DueDate": "2026-05-01T08:00:00Z"},
        {"Title": "Two"},
    ):
        content_of(ask(me, "POST", f"{address}/items", item), 201)
    return address


def texts(entity: dict[str, Any]) -> dict[str, str]:
    """Return the plain values of an entity as text."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in entity.items()
        if isinstance(value, str | int | float)
    }


@pytest.mark.inferred("rest.addresses")
def test_every_property_has_an_address(me: Mailbox, tasks: str) -> None:
    for address in (WEB, f"{SITE}/_api/site", tasks, f"{tasks}/items(1)", f"{WEB}/currentuser"):
        whole = content_of(ask(me, "GET", address))
        for name, value in whole.items():
            if isinstance(value, dict):
                continue
            rendered = {"odata.null": True} if value is None else {"value": value}
            for spelt in (name, name.lower(), name.upper()):
                assert content_of(ask(me, "GET", f"{address}/{spelt}")) == rendered
            verbose = content_of(ask(me, "GET", f"{address}/{name}", level="verbose"))["d"]
            assert [one.lower() for one in verbose] == [name.lower()]
        for name, text in texts(whole).items():
            raw = ask(me, "GET", f"{address}/{name}/$value")
            assert (raw.status_code, raw.text) == (200, text)
            assert raw.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert content_of(ask(me, "GET", f"{tasks}/items(1)/ParentList/ItemCount")) == {"value": 2}
    error_of(ask(me, "GET", f"{WEB}/title?$select=Title"), 400)
    error_of(ask(me, "GET", f"{tasks}/items(2)/DueDate/$value"), 404)


@pytest.mark.inferred("rest.addresses")
def test_users_of_an_item_have_addresses(me: Mailbox, tasks: str) -> None:
    item = content_of(ask(me, "GET", f"{tasks}/items(1)?$expand=AssignedTo,Author"))
    result = content_of(ask(me, "GET", f"{tasks}/items(1)/AssignedTo"))
    assert result == {"value": item["AssignedTo"]}
    assert content_of(ask(me, "GET", f"{tasks}/items(1)/Author")) == item["Author"]
    assert content_of(ask(me, "GET", f"{tasks}/items(1)/author/title")) == {
        "value": "Administrator"
    }


@pytest.mark.inferred("rest.addresses")
def test_lists_without_web(me: Mailbox, tasks: str) -> None:
    short = tasks.replace("/web/", "/")
    assert content_of(ask(me, "GET", short)) == content_of(ask(me, "GET", tasks))
    assert content_of(ask(me, "GET", f"{SITE}/_api/Lists")) == content_of(ask(me, "GET", LISTS))
    guid = content_of(ask(me, "GET", tasks))["Id"]
    content_of(ask(me, "POST", f"{SITE}/_api/lists(guid'{guid}')/items", {"Title": "Three"}), 201)
    assert content_of(ask(me, "GET", f"{short}/itemcount")) == {"value": 3}


@pytest.mark.inferred("rest.aliases")
def test_aliases(me: Mailbox, tasks: str) -> None:
    """Of every parameter, with every literal."""
    source = content_of(ask(me, "GET", tasks))
    item, guid = content_of(ask(me, "GET", f"{tasks}/items(1)")), source["Id"]
    mail = content_of(ask(me, "GET", f"{WEB}/currentuser"))["Email"]
    for address, expected in (
        (f"{WEB}/GetList(@l)?@l='{SITE}/Lists/Tasks'", source),
        (f"{WEB}/GetList(@l)?@l=%27{quote(SITE, safe='')}%2FLists%2FTasks%27", source),
        (f"{WEB}/lists/getbytitle(@Target)?@Target='tasks'&$select=Title", {"Title": "Tasks"}),
        (f"{WEB}/lists/getbytitle(title=@t)?@t='Tasks'", source),
        (f"{WEB}/lists/getbyid(@g)?@g='{guid}'", source),
        (f"{WEB}/lists(@g)?@g=guid'{guid}'", source),
        (f"{tasks}/items(@i)?@i=1", item),
        (f"{WEB}/lists/getbytitle(@t)/items/getbyid(@i)?@i=1&@t='Tasks'", item),
        (f"{WEB}/getuserbyid(@u)/Id?@u=1", {"value": 1}),
    ):
        assert content_of(ask(me, "GET", address)) == expected, address
    user = content_of(ask(me, "POST", f"{WEB}/ensureuser(@n)?@n='{mail}'"))
    assert user["Email"] == mail
    made = content_of(
        ask(me, "POST", f"{SESSION}/CreateTask(taskName=@n,pinned=@p)?@n='It''s'&@p=true")
    )
    assert made["Result"]["Name"] == "It's"


@pytest.mark.inferred("rest.aliases")
@pytest.mark.once
@pytest.mark.parametrize(
    "query", ["", "@L='Tasks'", "@l=", "@l=Tasks", "@l=@m&@m='Tasks'", "@l='a','b'", "@l=x='Tasks'"]
)
def test_aliases_that_stand_for_nothing(me: Mailbox, tasks: str, query: str) -> None:
    del tasks
    _, text = error_of(ask(me, "GET", f"{WEB}/lists/getbytitle(@l)?{query}"), 400)
    assert text.startswith("The parameter alias '@l'")


@pytest.mark.observed("rest.time-zone")
def test_time_zone(me: Mailbox) -> None:
    zone = content_of(ask(me, "GET", f"{WEB}/RegionalSettings/TimeZone"))
    assert (zone["Id"], zone["Information"]["Bias"]) == (93, 0)
    assert content_of(ask(me, "GET", f"{WEB}/regionalsettings/timezone/id")) == {"value": 93}
    assert content_of(ask(me, "GET", f"{WEB}/RegionalSettings"))["TimeZone"] == zone
    for path in ("RegionalSettings", "RegionalSettings/TimeZone"):
        result = content_of(ask(me, "GET", f"{WEB}?$select=Title,RegionalSettings&$expand={path}"))
        assert result["RegionalSettings"]["TimeZone"] == zone
    verbose = content_of(ask(me, "GET", f"{WEB}/RegionalSettings/TimeZone", level="verbose"))["d"]
    assert verbose["Information"]["Bias"] == 0


@pytest.mark.inferred("items.expand-paths")
def test_expanded_paths(me: Mailbox, tasks: str) -> None:
    items = f"{tasks}/items"
    users = [{"Title": "Administrator"}, {"Title": "User 7"}]
    for options in (
        "$select=Title,AssignedTo/Title&$expand=AssignedTo/Title",
        "$select=Title,AssignedTo/Title&$expand=AssignedTo",
        "$select=Title,AssignedTo/Title&$expand=AssignedTo/Title,AssignedTo/Id",
    ):
        result = content_of(ask(me, "GET", f"{items}?{options}"))["value"]
        assert result == [{"Title": "One", "AssignedTo": users}, {"Title": "Two", "AssignedTo": []}]
    both = "$select=Id,AssignedTo/Id,Author/EMail&$expand=AssignedTo/Id,Author/EMail"
    one = content_of(ask(me, "GET", f"{items}(1)?{both}"))
    assert (list(one), one["AssignedTo"]) == (
        ["Id", "AssignedTo", "Author"],
        [{"Id": 1}, {"Id": 7}],
    )
    whole = content_of(ask(me, "GET", f"{items}(1)?$expand=AssignedTo/Title"))
    assert set(whole["AssignedTo"][0]) == {"Id", "Title", "Name", "EMail"}
    for refused in ("AssignedTo/Nothing", "Title/Title", "Author/Title/Title"):
        error_of(ask(me, "GET", f"{items}(1)?$expand={refused}"), 400)


@pytest.mark.inferred("lists.asked")
def test_lists_by_every_scalar(me: Mailbox) -> None:
    for title, template in (("b", 107), ("A", 171), ("c d", 150)):
        body = {"Title": title, "BaseTemplate": template, "Description": title * 2}
        content_of(ask(me, "POST", LISTS, body), 201)
    whole = content_of(ask(me, "GET", LISTS))["value"]
    assert [one["Title"] for one in whole] == ["A", "b", "c d"]
    for name in whole[0]:
        for one in whole:
            literal = one[name]
            if isinstance(literal, str):
                literal = f"'{literal}'"
            elif isinstance(literal, bool):
                literal = str(literal).lower()
            result = content_of(ask(me, "GET", f"{LISTS}?$filter={name} eq {literal}"))["value"]
            assert result == [other for other in whole if other[name] == one[name]], name
            others = content_of(ask(me, "GET", f"{LISTS}?$filter={name} ne {literal}"))["value"]
            assert others == [other for other in whole if other[name] != one[name]], name
        for direction in ("asc", "desc"):
            result = content_of(ask(me, "GET", f"{LISTS}?$orderby={name} {direction}"))["value"]
            ranked = sorted(whole, key=lambda one: rank(one[name]), reverse=direction == "desc")
            assert result == ranked, name
    guid = whole[1]["Id"]
    assert content_of(ask(me, "GET", f"{LISTS}?$filter=Id eq guid'{guid}'"))["value"] == [whole[1]]
    for filter_ in ("Title gt 'a' and BaseTemplate lt 150", "substringof('BB',Description)"):
        assert content_of(ask(me, "GET", f"{LISTS}?$filter={filter_}"))["value"] == [whole[1]]
    for options, expected in (
        ("$top=2", whole[:2]),
        ("$skip=1", whole[1:]),
        ("$top=1&$skip=1", whole[1:2]),
        ("$top=0", []),
        ("$skip=99999999999", []),
        ("$orderby=Title desc&$top=1&$skip=1&$filter=BaseTemplate gt 107", whole[:1]),
    ):
        assert content_of(ask(me, "GET", f"{LISTS}?{options}")) == {"value": expected}
    for refused in ("$top=-1", "$skip=x", "$skip=", "$filter=Title gt 1", "$skiptoken=1"):
        error_of(ask(me, "GET", f"{LISTS}?{refused}"), 400)


def rank(value: Any) -> Any:
    """Return what a value is sorted by."""
    return value.lower() if isinstance(value, str) else value
