"""Lists with long descriptions: an answer ends with them, and leads on."""

from urllib.parse import quote

import pytest

from afterlook.store import pages
from tests.sharepoint.rest.helpers import LISTS, ask, content_of
from tests.support.wire import Mailbox

LONG = "x" * 1_500


@pytest.mark.inferred("page.lists-end-with-texts")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "query",
    [
        *("", "?$top=4", "?$skip=2", "?$orderby=Title desc&$skip=1&$top=3", "?$top=0"),
        *("?$filter=startswith(Title,'L')", "?$select=Title,Description"),
    ],
)
def test_all_are_found(me: Mailbox, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    if me.wire.mode == "live":
        pytest.skip("the bound is set in this process")
    for number in range(6):
        given = {"Title": f"L{number}", "BaseTemplate": 171, "Description": LONG}
        content_of(ask(me, "POST", LISTS, given), 201)
    address = LISTS + quote(query, safe="?$=&")
    whole = content_of(ask(me, "GET", address))
    assert "odata.nextLink" not in whole
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", 2_000)

    result, most = [], 0
    link: str | None = address
    while link:
        page = content_of(ask(me, "GET", link))
        result += page["value"]
        most = max(most, len(page["value"]))
        link = page.get("odata.nextLink")

    assert result == whole["value"]
    assert most <= 2
    assert len(content_of(ask(me, "GET", f"{LISTS}?$select=Title"))["value"]) == 6
