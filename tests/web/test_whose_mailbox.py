"""Whose tasks a browser sees: the cookie, and everything that is not one."""

import re
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest

from afterlook.auth.choices import LIFETIME
from afterlook.mailbox.identities import OPAQUE_TENANT
from afterlook.runtime.instants import Instant
from tests.csom.sample import request
from tests.support.my_tasks import START, Owner, Site, Visitor, run_site
from tests.support.tokens import jwt

pytestmark = pytest.mark.inferred("page.mailbox")

ASKS = "tasks?</h1>"


def test_a_choice_opens_a_mailbox(site: Site, alice: Owner) -> None:
    alice.add("Buy bulbs")
    browser = site.browser()
    chosen = browser.choose(alice.slug)
    assert chosen.status_code == 303
    assert chosen.headers["Location"] == alice.at("AllTasks.aspx")
    shown = browser.get(chosen.headers["Location"])
    assert shown.status_code == 200
    assert "Buy bulbs" in shown.text


def test_the_cookie_says_no_more_than_it_must(site: Site, alice: Owner) -> None:
    cookie = site.browser().choose(alice.slug).headers["Set-Cookie"]
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert attributes == {f"path=/personal/{alice.slug}/", "httponly", "samesite=strict"}
    assert alice.mailbox.sync_key not in cookie


def test_without_a_choice_the_page_asks(site: Site, alice: Owner) -> None:
    alice.add("Buy bulbs")
    asked = site.browser().get(alice.at("Settings.aspx"))
    assert asked.status_code == 200
    assert ASKS in asked.text
    assert "Buy bulbs" not in asked.text
    assert 'method="post" action="/mytasks"' in asked.text
    assert "set-cookie" not in asked.headers


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("AllTasks.aspx?q=bulbs&sort=due", "AllTasks.aspx?q=bulbs&sort=due"),
        ("EditTask.aspx?taskId=5", "EditTask.aspx?taskId=5"),
        ("_layouts/15/ExchangeSyncSettings.aspx", "_layouts/15/ExchangeSyncSettings.aspx"),
        (f"EditTask.aspx?taskId={'5' * 600}", "EditTask.aspx"),
        ("", "AllTasks.aspx"),
    ],
)
def test_the_page_that_asks_leads_on(site: Site, alice: Owner, page: str, kept: str) -> None:
    browser = site.browser()
    asked = browser.get(alice.at(page)).text
    found = re.search(r'name="page" value="([^"]*)"', asked)
    assert found is not None
    chosen = browser.choose(alice.slug, unescape(found[1]))
    assert chosen.headers["Location"] == alice.at(kept)
    assert browser.get(chosen.headers["Location"]).status_code in (200, 404)


@pytest.mark.parametrize(
    "page", ["//evil.example/", "https://evil.example", "../../mytasks", "x\r\nSet-Cookie: a=b"]
)
def test_a_choice_leads_to_pages_of_its_own_alone(site: Site, alice: Owner, page: str) -> None:
    chosen = site.browser().choose(alice.slug, page)
    assert chosen.headers["Location"] == alice.at("AllTasks.aspx")


def test_two_browsers_see_two_mailboxes(site: Site, alice: Owner) -> None:
    bob = site.owner(name="Bob")
    alice.add("Alice's own")
    bob.add("Bob's own")
    first, second = site.browser(), site.browser()
    first.choose(alice.slug)
    second.choose(bob.slug)
    assert "Alice&#39;s own" in first.get(alice.at("AllTasks.aspx")).text
    assert "Bob&#39;s own" in second.get(bob.at("AllTasks.aspx")).text
    assert ASKS in first.get(bob.at("AllTasks.aspx")).text
    assert ASKS in second.get(alice.at("AllTasks.aspx")).text


def test_one_browser_may_have_two_open(site: Site, alice: Owner) -> None:
    bob = site.owner(name="Bob")
    browser = site.browser()
    browser.choose(alice.slug)
    browser.choose(bob.slug)
    assert ASKS not in browser.get(alice.at("AllTasks.aspx")).text
    assert ASKS not in browser.get(bob.at("AllTasks.aspx")).text


@pytest.mark.parametrize("place", [0, 9, -65, -1])
def test_a_cookie_that_was_changed_is_none(visitor: Visitor, alice: Owner, place: int) -> None:
    name, _, value = visitor.cookies[alice.at("")].partition("=")
    changed = value[:place] + ("1" if value[place] != "1" else "2") + value[place:][1:]
    assert ASKS in visitor.get(alice.at("AllTasks.aspx"), Cookie=f"{name}={changed}").text


@pytest.mark.parametrize("cookie", ["", "x", "{name}=", "{name}={value}; {name}={value}", "=;;=,"])
def test_what_is_no_cookie_of_ours(visitor: Visitor, alice: Owner, cookie: str) -> None:
    name, _, value = visitor.cookies[alice.at("")].partition("=")
    given = cookie.format(name=name, value=value)
    assert ASKS in visitor.get(alice.at("AllTasks.aspx"), Cookie=given).text


def test_a_cookie_does_not_open_another_mailbox(site: Site, visitor: Visitor, alice: Owner) -> None:
    bob = site.owner(name="Bob")
    value = visitor.cookies[alice.at("")].partition("=")[2]
    forged = f"afterlook_{bob.mailbox.guid[:8]}={value}"
    assert ASKS in visitor.get(bob.at("AllTasks.aspx"), Cookie=forged).text


@pytest.mark.parametrize(
    ("passed", "is_good"),
    [(1, True), (LIFETIME, True), (LIFETIME + 1, False), (-LIFETIME - 1, False)],
)
def test_a_choice_is_good_for_thirty_days(
    site: Site, visitor: Visitor, alice: Owner, passed: int, is_good: bool
) -> None:
    site.clock.instant = Instant(START + passed)
    assert (ASKS not in visitor.get(alice.at("AllTasks.aspx")).text) is is_good


def _whose(visitor: Visitor, web: str, **headers: str) -> tuple[int, str]:
    """Ask the protocol for the digest of a web, which is good for the caller's mailbox alone."""
    answer = visitor.send(
        "POST", f"{web}/_api/contextinfo", Accept="application/json;odata=nometadata", **headers
    )
    digest = answer.json()["FormDigestValue"] if answer.status_code == 200 else ""
    return answer.status_code, digest


def _process(visitor: Visitor, web: str, digest: str) -> object:
    sent = {"Content_Type": "text/xml", "X_RequestDigest": digest}
    address = f"{web}/_vti_bin/client.svc/ProcessQuery"
    answer = visitor.send("POST", address, request("", "").decode(), **sent)
    return answer.json()[0]["ErrorInfo"] if answer.status_code == 200 else answer.status_code


def test_the_protocol_knows_the_choice(visitor: Visitor, alice: Owner) -> None:
    status, digest = _whose(visitor, f"/personal/{alice.slug}")
    assert status == 200
    assert _process(visitor, f"/personal/{alice.slug}", digest) is None
    # Elsewhere it is the demo user who calls, as without any cookie.
    assert _process(visitor, "", digest) is not None
    assert _process(visitor, "/sites/a", digest) is not None


def test_a_write_needs_a_digest_too(visitor: Visitor, alice: Owner) -> None:
    assert _process(visitor, f"/personal/{alice.slug}", "") is not None


def test_a_browser_whose_choice_is_gone_writes_nowhere(site: Site, alice: Owner) -> None:
    """A page that goes on would otherwise write into the demo user's mailbox."""
    stranger = site.browser()
    assert _whose(stranger, f"/personal/{alice.slug}")[0] == 401
    # What is no browser is told apart from it by what it does not send.
    status = site.client.post(f"/personal/{alice.slug}/_api/contextinfo").status_code
    assert status == 200


def test_a_batch_is_the_callers(visitor: Visitor, alice: Owner) -> None:
    """Its parts have no cookies, and may name any web: they are of whoever sent the batch."""
    web = f"/personal/{alice.slug}"
    _, digest = _whose(visitor, web)
    part = (
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        "GET {} HTTP/1.1\r\nAccept: application/json;odata=nometadata\r\n\r\n\r\n"
    )
    own = part.format("/_api/web/CurrentUser")
    sent = {"Content_Type": "multipart/mixed; boundary=b", "X_RequestDigest": digest}
    answer = visitor.send("POST", f"{web}/_api/$batch", f"{own}--b--\r\n", **sent)
    assert answer.status_code == 200, answer.text
    assert alice.mailbox.upn in answer.text


def test_a_token_wins(site: Site, visitor: Visitor, alice: Owner) -> None:
    alice.add("Alice's own")
    token = f"Bearer {jwt(upn='carol@contoso.example', name='Carol')}"
    shown = visitor.get(alice.at("AllTasks.aspx"), Authorization=token)
    assert shown.status_code == 200
    assert "Carol" in shown.text
    assert "Alice&#39;s own" not in shown.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
    ],
)
def test_another_site_cannot_choose(site: Site, alice: Owner, headers: dict[str, str]) -> None:
    answer = site.browser().choose(alice.slug, **headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost:80", "http://localhost"),
        ("LOCALHOST", "http://localhost:80"),
        ("localhost:8025", "http://localhost:8025"),
    ],
)
def test_a_page_of_the_usual_port_can_choose(site: Site, alice: Owner, host: str, own: str) -> None:
    assert site.browser().choose(alice.slug, Host=host, Origin=own).status_code == 303


def test_a_link_cannot_choose(site: Site, alice: Owner) -> None:
    answer = site.browser().get(f"/mytasks?mailbox={alice.slug}", Sec_Fetch_Site="cross-site")
    assert "set-cookie" not in answer.headers


def test_origins_that_may_call_cannot_choose(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    with run_site(database, cors_origins="*") as open_site:
        alice = open_site.owner()
        answer = open_site.browser().choose(alice.slug, Origin="http://elsewhere.example")
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("flags", "status", "text"),
    [
        ({"auth": "any"}, 401, "bearer token"),
        ({"host": "0.0.0.0"}, 403, "127.0.0.1"),
        ({"host": "192.0.2.1", "auth": "any"}, 401, "bearer token"),
    ],
)
def test_elsewhere_the_page_says_how_to_sign_in(
    tmp_path: Path, flags: dict[str, str], status: int, text: str
) -> None:
    with run_site(f"sqlite:///{tmp_path / 'a.db'}", **flags) as other:
        alice = other.owner()
        browser = other.browser()
        for answer in (
            browser.get("/mytasks"),
            browser.choose(alice.slug),
            browser.get(alice.at("AllTasks.aspx")),
        ):
            assert answer.status_code == status
            assert text in answer.text
            assert "<h1>" in answer.text
            assert "set-cookie" not in answer.headers
            # It would only lead here again.
            assert "<a href" not in answer.text.partition("<main")[2]


def test_a_token_leads_to_its_own_mailbox(tmp_path: Path) -> None:
    token = f"Bearer {jwt(upn='carol@contoso.example', name='Carol')}"
    for flags in ({}, {"auth": "any"}):
        with run_site(f"sqlite:///{tmp_path / 'a.db'}", **flags) as site:
            browser = site.browser()
            led = browser.get("/mytasks", Authorization=token)
            assert led.status_code == 303
            own = led.headers["Location"]
            assert own.startswith("/personal/carol_contoso_example_")
            first = browser.get(own, Authorization=token)
            shown = browser.get(first.headers["Location"], Authorization=token)
            assert "Carol" in shown.text
            # Whoever has a token has one mailbox: there is nothing to switch to.
            assert 'href="/mytasks"' not in shown.text
            gone = browser.get(f"{own}Nope.aspx", Authorization=token)
            assert gone.status_code == 404
            assert f'href="{own}"' in gone.text
            refused = browser.get("/mytasks", Authorization="Basic eDp5")
            assert refused.status_code == 401
            assert "<h1>" in refused.text


def test_a_cookie_does_not_count_in_other_modes(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    with run_site(database) as first:
        alice = first.owner()
        browser = first.browser()
        browser.choose(alice.slug)
    with run_site(database, auth="any") as second:
        stale = Visitor(second.client)
        stale.cookies = browser.cookies
        assert stale.get(alice.at("AllTasks.aspx")).status_code == 401
        assert _whose(stale, f"/personal/{alice.slug}")[0] == 401


def test_unknown_mailboxes(site: Site) -> None:
    browser = site.browser()
    for slug in ("nobody", "nobody_1", "a%20b", "%00", "x" * 128, "_9999999999999999", "I%CC%87"):
        answer = browser.get(f"/personal/{slug}/AllTasks.aspx")
        assert answer.status_code == 404, slug
        assert 'href="/mytasks"' in answer.text
        assert "<h1>" in answer.text
    for name in ("nobody", "\0", "x" * 400, "", "' or 1=1 --", "<b>"):
        answer = browser.choose(name)
        assert answer.status_code == 404, name
        assert "set-cookie" not in answer.headers
        assert "<b>" not in answer.text


def test_bodies_that_are_no_form_of_ours(site: Site) -> None:
    for content in ("", "&" * 100, "a=1&" * 9, "mailbox=%ff%00", "mailbox=x" * 300):
        answer = site.browser().send(
            "POST", "/mytasks", content, Content_Type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (404, 413), content
        assert "<h1>" in answer.text


def test_the_list_of_mailboxes(site: Site) -> None:
    erin = site.owner("erin@contoso.example", "Erin <b>", oid=str(uuid4()), tid=str(uuid4()))
    own_token = {"oid": str(uuid4()), "tid": OPAQUE_TENANT}
    secret = site.owner("0-0@afterlook.example", "Administrator", **own_token)
    shown = site.browser().get("/mytasks")
    assert shown.status_code == 200
    assert 'value="demo"' in shown.text
    assert f'value="{erin.slug}"' in shown.text
    assert erin.slug == f"erin_contoso_example_{erin.mailbox.id}"
    assert "Erin &lt;b&gt;" in shown.text
    assert f'value="{secret.slug}"' in shown.text
    assert "opened by a token of its own" in shown.text
    browser = site.browser()
    assert browser.choose("Erin@Contoso.example").headers["Location"] == erin.at("AllTasks.aspx")
    assert ASKS not in browser.get(erin.at("AllTasks.aspx")).text


def test_the_list_is_bounded(tmp_path: Path) -> None:
    with run_site(f"sqlite:///{tmp_path / 'a.db'}") as crowded:
        crowded.browser().get("/mytasks")  # which makes the demo user's
        for _ in range(130):
            crowded.owner()
        shown = crowded.browser().get("/mytasks")
        assert shown.text.count('<button name="mailbox"') == 101
        assert "newest 100" in shown.text
        assert 'value="demo"' in shown.text


def test_names_in_addresses_are_unlike(site: Site) -> None:
    owners = [
        site.owner("sam@afterlook.example"),
        site.owner("sam@afterlook.example", oid=str(uuid4()), tid=str(uuid4())),
        site.owner("sam_3@afterlook.example"),
        site.owner("SAM@contoso.example", tid=str(uuid4())),
        site.owner("\u017fam@afterlook.example"),  # a long s
        site.owner(f"{'y' * 200}@afterlook.example"),
    ]
    slugs = [owner.slug for owner in owners]
    assert len(set(slugs)) == len(slugs)
    assert slugs[0] == "sam"
    browser = site.browser()
    for owner in owners:
        assert browser.choose(owner.slug).headers["Location"] == owner.at("AllTasks.aspx")
        assert owner.mailbox.upn in browser.get(owner.at("AllTasks.aspx")).text


def test_the_demo_user_is_there_from_the_first(tmp_path: Path) -> None:
    with run_site(f"sqlite:///{tmp_path / 'a.db'}") as empty:
        browser = empty.browser()
        browser.get("/mytasks")
        assert browser.choose("demo").headers["Location"] == "/personal/demo/AllTasks.aspx"
        assert browser.get("/personal/demo/AllTasks.aspx").status_code == 200
