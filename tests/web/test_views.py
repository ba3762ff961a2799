"""The views: addresses, what is on them, and how they are read without a script."""

import gzip
import json
import re
from html import unescape
from typing import Any

import pytest

from afterlook.runtime.instants import LAST_INSTANT, TICKS_PER_DAY, Instant
from afterlook.store.workmanagement import locations
from afterlook.store.workmanagement.tasks import encode_attributes
from afterlook.web.page_data import MAX_LOCATIONS
from afterlook.web.rows import OFF_TIMELINE
from afterlook.web.timeline import MAX_IN_TABLE
from afterlook.web.view_contents import MAX_TASKS
from afterlook.workmanagement.locations import PERSONAL
from afterlook.workmanagement.settings import (
    PersistedProperties,
    SettingsUpdate,
    UserSettings,
    set_persisted,
    set_settings,
)
from tests.support.my_tasks import Owner, Site, Visitor
from tests.support.provider_lists import ProviderFixture

ROW = re.compile(r'<tr role="row" aria-rowindex="(\d+)" id="t(\d+)"')
NAME = re.compile(r'<td role="gridcell" class="c-name"><a href="[^"]*">([^<]*)</a>')


def rows(page: str, list_: str = "") -> list[str]:
    """Return the names of a page's tasks, or of those of one of its lists."""
    part = page.partition(f'id="list-{list_}"')[2].partition("</table>")[0] if list_ else page
    return [unescape(name) for name in NAME.findall(part)]


def data_of(page: str) -> dict[str, Any]:
    """Return what scripts find in a page."""
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', page)
    assert found is not None
    parsed: dict[str, Any] = json.loads(found[1])
    return parsed


def keep(alice: Owner, **properties: Any) -> None:
    """Leave the page with these properties."""
    with alice.store.write_session(alice.mailbox) as session:
        set_persisted(session, PersistedProperties(**properties))


def choose(alice: Owner, **chosen: Any) -> None:
    """Set settings."""
    with alice.store.write_session(alice.mailbox) as session:
        set_settings(session, SettingsUpdate(UserSettings(**chosen)))


@pytest.mark.inferred("page.addresses")
@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("AllTasks.aspx", "active"),
        ("alltasks.ASPX?showTaskTab=1", "active"),
        ("CompletedTasks.aspx", "completed"),
        ("Completed.aspx", "completed"),
        ("Highlights.aspx", "highlights"),
        ("RecentlyAssigned.aspx", "recent"),
        ("EditTask.aspx", "new"),
        ("Settings.aspx", "settings"),
        ("_layouts/15/ExchangeSyncSettings.aspx", "sync"),
        ("_LAYOUTS/16/exchangesyncsettings.aspx", "sync"),
    ],
)
def test_addresses(visitor: Visitor, alice: Owner, page: str, view: str) -> None:
    shown = visitor.get(alice.at(page))
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    data = data_of(shown.text)
    assert data["view"] == view
    context = data["context"]
    assert context["webServerRelativeUrl"] == f"/personal/{alice.slug}"
    assert context["webAbsoluteUrl"] == f"http://localhost/personal/{alice.slug}"
    assert f'id="__REQUESTDIGEST" value="{context["formDigestValue"]}"' in shown.text


@pytest.mark.inferred("page.addresses")
def test_ways_to_the_landing_page(visitor: Visitor, alice: Owner) -> None:
    root = f"/personal/{alice.slug}"
    for address, leads_to in (
        (root, f"{root}/"),
        (f"{root}/", f"{root}/AllTasks.aspx"),
        (f"/PERSONAL/{alice.slug.upper()}/AllTasks.aspx?q=a%20b", f"{root}/AllTasks.aspx?q=a%20b"),
        ("/_layouts/15/MySite.aspx?MySiteRedirect=AllTasks", "/mytasks"),
        ("/_layouts/15/mysite.aspx?mysiteredirect=MYTASKS", "/mytasks"),
        ("/_layouts/15/MySiteRedirect.aspx?MySiteRedirect=tasks", "/mytasks"),
        ("/sites/a/_layouts/15/MySite.aspx?MySiteRedirect=AllTasks", "/mytasks"),
        (f"{root}/_layouts/15/MySite.aspx?MySiteRedirect=AllTasks", f"{root}/"),
    ):
        answer = visitor.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"] == leads_to
    assert visitor.get("/_layouts/15/MySite.aspx?MySiteRedirect=AllDocuments").status_code == 404


@pytest.mark.inferred("page.addresses")
def test_addresses_of_no_page(visitor: Visitor, alice: Owner) -> None:
    root = f"/personal/{alice.slug}"
    for page in ("Nope.aspx", "_layouts/15/nope.aspx", "a/b.aspx", "AllTasks.aspx/x.aspx"):
        answer = visitor.get(f"{root}/{page}")
        assert answer.status_code == 404, page
        assert "There is no such page." in answer.text
        assert f'href="{root}/"' in answer.text
    for page in ("", "/EditForm.aspx?ID=1", "/AllItems.aspx", "/"):
        answer = visitor.get(f"/sites/a/Lists/Fair{page}")
        assert answer.status_code == 404, page
        assert "/sites/a/_api/web/lists" in answer.text
    for address in ("/_api/web/lists/fair", "/api/beta/lists/fair", "/sites/a/_vti_bin/lists/x"):
        assert "text/html" not in visitor.get(address).headers["Content-Type"], address
    for address in ("/personal", "/personal/"):
        assert visitor.get(address).headers["Location"] == "/mytasks"


@pytest.mark.inferred("page.addresses")
def test_other_methods(visitor: Visitor, alice: Owner) -> None:
    for page in ("", "AllTasks.aspx", "EditTask.aspx", "Settings.aspx"):
        assert visitor.send("HEAD", alice.at(page)).status_code in (200, 302)
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = visitor.send(method, alice.at(page))
            assert answer.status_code == 405, (method, page)
            assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.inferred("page.addresses")
@pytest.mark.parametrize(
    ("kept", "page"),
    [
        ("Highlights.aspx", "Highlights.aspx"),
        ("completed.ASPX", "CompletedTasks.aspx"),
        ("//elsewhere.example/AllTasks.aspx", "AllTasks.aspx"),
        (None, "AllTasks.aspx"),
    ],
)
def test_the_landing_page(visitor: Visitor, alice: Owner, kept: str | None, page: str) -> None:
    keep(alice, quick_launch_landing_page=kept)
    assert visitor.get(alice.at("")).headers["Location"] == alice.at(page)
    assert visitor.choose(alice.slug).headers["Location"] == alice.at(page)
    for hostile in ("//elsewhere.example", "../AllTasks.aspx", "x"):
        assert visitor.choose(alice.slug, hostile).headers["Location"] == alice.at(page)
    assert visitor.choose(alice.slug, "Settings.aspx").headers["Location"] == alice.at(
        "Settings.aspx"
    )


@pytest.mark.inferred("page.queries")
def test_which_tasks_are_where(site: Site, visitor: Visitor, alice: Owner) -> None:
    now = site.clock.instant
    alice.add("active")
    alice.add("done", is_completed=True)
    alice.add("pinned", pinned=now, due_in=2)
    alice.add("pinned and done", pinned=now, is_completed=True)
    alice.add("late", due_in=-3)
    alice.add("too late", due_in=-40)
    alice.add("soon", due_in=5)
    alice.add("far", due_in=60)
    alice.add("old", discovered=now - 30 * TICKS_PER_DAY)
    listed = rows(visitor.get(alice.at("AllTasks.aspx")).text)
    assert listed == ["old", "far", "soon", "too late", "late", "pinned", "active"]
    completed = rows(visitor.get(alice.at("CompletedTasks.aspx")).text)
    assert completed == ["pinned and done", "done"]
    recent = rows(visitor.get(alice.at("RecentlyAssigned.aspx")).text)
    assert set(recent) == {*listed} - {"old"}
    shown = visitor.get(alice.at("Highlights.aspx")).text
    assert rows(shown, "important") == ["pinned"]
    assert rows(shown, "upcoming") == ["late", "soon"]
    choose(alice, late_tasks_limit=-1, upcoming_tasks_limit=-1)
    shown = visitor.get(alice.at("Highlights.aspx")).text
    assert set(rows(shown, "upcoming")) >= {"too late", "late", "soon", "far"}


@pytest.mark.inferred("page.queries")
@pytest.mark.parametrize("limit", [-1, 0, 1, 2**31 - 1, -(2**31)])
def test_settings_of_any_size(visitor: Visitor, alice: Owner, limit: int) -> None:
    alice.add("a", due_in=0, start=0)
    names = [name for name in UserSettings.__dataclass_fields__ if name != "important_location_ids"]
    choose(alice, **dict.fromkeys(names, limit))
    for page in ("AllTasks.aspx", "Highlights.aspx", "RecentlyAssigned.aspx", "Settings.aspx"):
        assert visitor.get(alice.at(page)).status_code == 200


@pytest.mark.inferred("page.queries")
@pytest.mark.once
@pytest.mark.parametrize("now", [0, TICKS_PER_DAY - 1, LAST_INSTANT - TICKS_PER_DAY, LAST_INSTANT])
def test_clocks_at_the_ends_of_time(site: Site, alice: Owner, now: int) -> None:
    site.clock.instant = Instant(now)
    visitor = site.browser()
    visitor.choose(alice.slug)
    alice.add("first", due_in=0, start=0)
    alice.add("last", due=LAST_INSTANT - LAST_INSTANT % TICKS_PER_DAY, pinned=now)
    for days in (0, 21):
        choose(alice, days_after_current_date_timeline_ends=days, old_tasks_limit=days)
        for page in ("AllTasks.aspx", "Highlights.aspx", "Settings.aspx", "EditTask.aspx"):
            assert visitor.get(alice.at(page)).status_code == 200


@pytest.mark.inferred("page.queries")
def test_the_users_filter(site: Site, visitor: Visitor, alice: Owner) -> None:
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "Rent the tables")
    providers.put(providers.make("Garden"), "Order the soil")
    providers.begin()
    alice.add("Own")
    shown = visitor.get(alice.at("AllTasks.aspx"))
    places = {one["Name"]: one["Id"] for one in data_of(shown.text)["locations"]}
    fair = next(key for name, key in places.items() if "Fair" in name)
    assert set(rows(shown.text)) == {"Rent the tables", "Order the soil", "Own"}
    for kept, names in (
        ((fair,), ["Rent the tables"]),
        ((-1,), ["Own"]),
        ((-1, fair), ["Own", "Rent the tables"]),
    ):
        keep(alice, filtered_location_ids=kept)
        assert sorted(rows(visitor.get(alice.at("AllTasks.aspx")).text)) == names
    keep(alice, filtered_location_ids=(987,))
    shown = visitor.get(alice.at("AllTasks.aspx"))
    assert "No task is in the projects that are shown." in shown.text


@pytest.mark.inferred("page.queries")
def test_groups(visitor: Visitor, alice: Owner) -> None:
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "Rent the tables")
    providers.begin()
    alice.add("Own")
    keep(alice, group_by_projects=True)
    shown = visitor.get(alice.at("AllTasks.aspx")).text
    heads = re.findall(
        r'<tbody role="rowgroup" data-location="(-?\d+)" aria-label="([^"]*)"', shown
    )
    assert heads[0] == ("-1", "Personal")
    assert len(heads) == 2
    # A list that is sorted is not grouped.
    assert (
        'data-location="-1" aria-label' not in visitor.get(alice.at("AllTasks.aspx?sort=due")).text
    )


@pytest.mark.inferred("page.addresses")
@pytest.mark.parametrize("count", [0, 1, 100, 250])
def test_pages_of_a_list(visitor: Visitor, alice: Owner, count: int) -> None:
    alice.add(*(f"task {number}" for number in range(count)))
    seen: list[str] = []
    address = "AllTasks.aspx"
    while True:
        shown = visitor.get(alice.at(address))
        assert f'aria-rowcount="{count + 1}"' in shown.text
        found = ROW.findall(shown.text)
        assert [int(number) for number, _ in found] == [
            len(seen) + place + 2 for place in range(len(found))
        ]
        assert len(found) <= 100
        seen += rows(shown.text)
        following = re.search(r'<a rel="next" href="([^"]*)"', shown.text)
        if following is None:
            break
        address = f"AllTasks.aspx{unescape(following[1])}"
    assert seen == [f"task {number}" for number in range(count)]
    assert data_of(shown.text)["lists"][0]["total"] == count
    assert (count == 0) == ('data-empty="active">Nothing to do.' in shown.text)


@pytest.mark.inferred("page.addresses")
def test_beginnings_that_are_none(visitor: Visitor, alice: Owner) -> None:
    alice.add(*(f"task {number}" for number in range(120)))
    for start, first in (
        ("999999999", 100),
        ("150", 100),
        ("-1", 0),
        ("x", 0),
        ("1e9", 0),
        ("٣", 0),
        ("9" * 40, 0),
    ):
        shown = visitor.get(alice.at(f"AllTasks.aspx?start={start}"))
        assert shown.status_code == 200
        assert data_of(shown.text)["lists"][0]["start"] == first


@pytest.mark.inferred("page.addresses")
def test_search_and_order(visitor: Visitor, alice: Owner) -> None:
    alice.add("bulbs b", due_in=1)
    alice.add("bulbs a", due_in=2)
    alice.add("bread")
    assert rows(visitor.get(alice.at("AllTasks.aspx?q=BULBS")).text) == ["bulbs a", "bulbs b"]
    sorted_ = visitor.get(alice.at("AllTasks.aspx?q=bulbs&sort=title&dir=desc"))
    assert rows(sorted_.text) == ["bulbs b", "bulbs a"]
    assert 'aria-sort="descending"' in sorted_.text
    by_due = visitor.get(alice.at("AllTasks.aspx?sort=due"))
    assert rows(by_due.text) == ["bread", "bulbs b", "bulbs a"]
    nothing = visitor.get(alice.at("AllTasks.aspx?q=%3Cb%3E%00"))
    assert "No task matches “&lt;b&gt;”." in nothing.text
    for query in (
        "sort=x",
        "dir=x",
        "sort=title&dir=",
        "q=" + "a%20" * 300,
        "q=%ff",
        "q=%ED%A0%80",
    ):
        assert visitor.get(alice.at(f"AllTasks.aspx?{query}")).status_code == 200


@pytest.mark.inferred("page.addresses")
def test_dates_by_the_servers_clock(visitor: Visitor, alice: Owner) -> None:
    for days in (-200, -31, -30, -2, -1, 0, 1, 2, 6, 7, 400):
        alice.add(f"{days}", due_in=days)
    alice.add("none")
    alice.add("done", due_in=-2, is_completed=True)
    shown = visitor.get(alice.at("AllTasks.aspx")).text
    found = dict(re.findall(r">([^<>]+)</a></td>\n<td[^>]*><time [^>]*>([^<]*)</time>", shown))
    assert found == {
        "-200": "Oct 5, late",
        "-31": "Mar 22, late",
        "-30": "30 days late",
        "-2": "2 days late",
        "-1": "1 day late",
        "0": "Today",
        "1": "Tomorrow",
        "2": "Sunday",
        "6": "Thursday",
        "7": "Apr 29",
        "400": "May 27, 2017",
    }
    assert 'class="late"' not in visitor.get(alice.at("CompletedTasks.aspx")).text


@pytest.mark.inferred("page.queries")
def test_the_timeline(visitor: Visitor, alice: Owner) -> None:
    for number in range(12):
        alice.add(f"t{number}", due_in=number % 3)
    alice.add("far", due_in=100)
    alice.add("off", due_in=1, attributes=encode_attributes([OFF_TIMELINE]))
    shown = visitor.get(alice.at("Highlights.aspx")).text
    timeline = shown.partition('<section class="timeline"')[2].partition("</section>")[0]
    bars = re.findall(r'<a href="EditTask.aspx\?taskId=(\d+)" data-id="\1" class="span', timeline)
    assert 8 <= len(bars) < 12
    assert f"+ {12 - len(bars)} more" in timeline
    assert "far" not in timeline
    assert ">off<" not in timeline
    assert '<th scope="col">Due</th>' in timeline
    # What has no bar is in the table.
    told = re.findall(r'<td><a href="EditTask.aspx\?taskId=\d+">(t\d+)</a>', timeline)
    assert sorted(told) == sorted(f"t{number}" for number in range(12))
    alice.add(*(f"u{number}" for number in range(600)), due_in=2)
    full = visitor.get(alice.at("Highlights.aspx"))
    assert re.search(r"\+ 60\d more</span>", full.text)
    table = full.text.partition('<details class="as-table"')[2].partition("</details>")[0]
    assert table.count("<tr><td>") == MAX_IN_TABLE
    assert "+ 413 more</p>" in table
    assert len(full.content) < 250_000


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "\u2028\u2029\u202e",
    "'); alert(1); //",
    "{name}",
]


@pytest.mark.inferred("page.security")
@pytest.mark.parametrize("text", HOSTILE)
def test_what_users_wrote_is_text(site: Site, text: str) -> None:
    mallory = site.owner(name=text)
    providers = ProviderFixture(mallory.store, mallory.mailbox)
    providers.put(providers.make(text), f"its {text}")
    providers.begin()
    (key,) = mallory.add(text, due_in=0, pinned=site.clock.instant, description=text)
    browser = site.browser()
    browser.choose(mallory.slug)
    for page in (
        "AllTasks.aspx",
        "Highlights.aspx",
        f"EditTask.aspx?taskId={key}",
        "Settings.aspx",
    ):
        shown = browser.get(mallory.at(page))
        assert shown.status_code == 200
        assert shown.text.count("<script") == shown.text.count("</script>")
        assert "<img" not in shown.text
        assert "alert(1)</script>" not in shown.text
        assert "<!--" not in shown.text
        assert data_of(shown.text)["mailbox"]["owner"] == text
    assert rows(browser.get(mallory.at("Highlights.aspx")).text, "important") == [text]
    chosen = site.browser().get("/mytasks").text
    assert text in unescape(chosen)
    assert chosen.count("<script") == chosen.count("</script>") == 1


@pytest.mark.inferred("page.security")
def test_no_page_has_inline_handlers_or_styles(visitor: Visitor, alice: Owner) -> None:
    alice.add("a", due_in=0)
    for page in ("AllTasks.aspx", "Highlights.aspx", "EditTask.aspx?taskId=1", "Settings.aspx"):
        shown = visitor.get(alice.at(page)).text
        assert not re.search(r"<[^>]*\s(?:on[a-z]+|style)=", shown)
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", shown)


@pytest.mark.inferred("page.addresses")
def test_a_task_and_one_that_is_gone(visitor: Visitor, alice: Owner) -> None:
    (key,) = alice.add("Buy bulbs", due_in=1, description="Red ones")
    shown = visitor.get(alice.at(f"EditTask.aspx?TASKID={key}&Source=/x/Highlights.aspx"))
    assert 'value="Buy bulbs"' in shown.text
    assert "Red ones</textarea>" in shown.text
    assert 'value="2016-04-23"' in shown.text
    assert data_of(shown.text)["source"] == "Highlights.aspx"
    alice.remove(key)
    for wrong in (str(key), "0", "-1", "x", "999999999999", "2147483648", "%00"):
        gone = visitor.get(alice.at(f"EditTask.aspx?taskId={wrong}"))
        assert gone.status_code == 404, wrong
        assert "There is no such task." in gone.text


@pytest.mark.inferred("page.addresses")
@pytest.mark.parametrize(
    ("query", "status"),
    [("taskId=&taskId={}", 200), ("TaskId={}&taskid=", 200), ("taskId=x&taskId={}", 404)],
)
def test_the_first_of_two_numbers_counts(
    visitor: Visitor, alice: Owner, query: str, status: int
) -> None:
    (key,) = alice.add("Buy bulbs")
    shown = visitor.get(alice.at(f"EditTask.aspx?{query.format(key)}"))
    assert shown.status_code == status
    is_there = 'value="Buy bulbs"' in shown.text
    assert is_there == query.startswith("TaskId")
    assert (data_of(shown.text)["view"] == "new") == query.startswith("taskId=&")


@pytest.mark.inferred("page.settings")
def test_more_projects_than_are_shown(visitor: Visitor, alice: Owner) -> None:
    with alice.store.write_session(alice.mailbox) as session:
        for number in range(1, MAX_LOCATIONS + 101):
            row = PERSONAL.row._replace(id=number, name=f"P{number}", active=session.now)
            locations.add(session, row)
    # The last ones are important, more of them than are shown; one of them is gone.
    important = range(60, MAX_LOCATIONS + 102)
    choose(alice, important_location_ids=tuple(important))
    shown = visitor.get(alice.at("Settings.aspx"))
    boxes = re.findall(
        r'<input type="checkbox"( hidden)?(?: name="ImportantLocationIds" value="(\d+)")?'
        r'( checked)?(?: name="ImportantLocationIds" value="(\d+)")?',
        shown.text.partition('id="settings-projects"')[2].partition("</fieldset>")[0],
    )
    seen = [int(first) for hidden, first, _, _ in boxes if first and not hidden]
    assert seen == [*range(60, 60 + MAX_LOCATIONS)]
    # What is not seen is sent as well, and so kept.
    ticked = {int(first or second) for _, first, is_ticked, second in boxes if is_ticked}
    assert ticked == set(important)
    assert "These are 500 of your projects" in shown.text
    assert len(shown.content) < 400_000
    choose(alice, important_location_ids=())
    shown = visitor.get(alice.at("Settings.aspx"))
    assert 'value="1">' in shown.text
    assert f'value="{MAX_LOCATIONS + 1}"' not in shown.text


@pytest.mark.inferred("page.addresses")
def test_a_task_of_a_provider(visitor: Visitor, alice: Owner) -> None:
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "Rent the tables")
    providers.begin()
    listed = visitor.get(alice.at("AllTasks.aspx")).text
    assert "data-provider" in listed
    key = ROW.findall(listed)[0][1]
    shown = visitor.get(alice.at(f"EditTask.aspx?taskId={key}")).text
    assert "Fair" in shown
    assert re.search(r'<a href="http://localhost/sites/a/[^"]*">Open</a>', shown)
    assert 'id="task-public"' not in shown


@pytest.mark.inferred("page.addresses")
def test_a_provider_that_failed(visitor: Visitor, alice: Owner) -> None:
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.take_down(providers.make("Fair"))
    providers.begin()
    shown = visitor.get(alice.at("AllTasks.aspx")).text
    assert "SharePoint could not be read. Your other tasks are up to date." in shown
    assert "Correlation id: " in shown


@pytest.mark.inferred("page.addresses")
def test_more_than_can_be_shown(visitor: Visitor, alice: Owner) -> None:
    alice.add(*(f"{number}" for number in range(MAX_TASKS + 1)))
    shown = visitor.get(alice.at("AllTasks.aspx"))
    assert "These are the first 5,000 tasks. Search or filter to see others." in shown.text
    assert f'aria-rowcount="{MAX_TASKS + 2}"' in shown.text
    last = visitor.get(alice.at(f"AllTasks.aspx?start={MAX_TASKS + 100}"))
    assert rows(last.text)[-1] == f"{MAX_TASKS - 1}"
    assert 'rel="next"' not in last.text


@pytest.mark.inferred("page.budgets")
def test_bytes_of_a_hundred_rows(site: Site, visitor: Visitor, alice: Owner) -> None:
    words = ("Write", "Order", "Ask", "Return", "Book"), ("the room", "bulbs", "Ana", "a ladder")
    for number in range(120):
        name = f"{words[0][number % 5]} {words[1][number % 4]} for the fair {number}"
        alice.add(name, due_in=number % 40 - 8, pinned=site.clock.instant if number % 4 else None)
    content = visitor.get(alice.at("AllTasks.aspx")).content
    assert content.count(b'<tr role="row" aria-rowindex') == 101
    assert len(content) <= 100_000
    assert len(gzip.compress(content, 6)) <= 8_000
