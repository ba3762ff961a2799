"""The page where people sign in: where it leads, and what nobody can make it do."""

from urllib.parse import quote

import httpx2
import pytest

from tests.support.sign_in import BACK, SignIns, told


def location(answer: httpx2.Response) -> str:
    """Return where an answer leads, or nothing."""
    return str(answer.headers.get("Location", ""))


@pytest.mark.inferred("oauth.redirects")
@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost", "http://localhost:4711/back?x=1", "http://127.0.0.1:1/", "http://[::1]:9/",
        "https://app.example/cb", "msal11112222-3333-4444-5555-666677778888://auth",
        "ms-appx-web://microsoft.aad.brokerplugin/x", "com.example.app://auth", "http://app.localhost/",
        "msauth.com.example.app://auth",
    ],
)  # fmt: skip
def test_where_it_leads(signed: SignIns, uri: str) -> None:
    answer = signed.click(redirect_uri=uri, state="s")
    assert answer.status_code == 302
    joint = "&" if "?" in uri else "?"
    assert location(answer).startswith(f"{uri}{joint}code=0.")
    assert location(answer).endswith("&state=s")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.inferred("oauth.redirects")
@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)", "JavaScript://x.y/%0aalert(1)", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "blob:http://localhost/x", "about:blank", "ftp://app.example/",
        "http://app.example/", "//evil.example/", "/back", "back", "http:/localhost",
        "http:localhost",
        "https://good.example@evil.example/", "https://evil.example\\@good.example/", "https:///x",
        "https://good.example#@evil", "http://localhost:1\r\nX: y", "https://a b/",
        "https://ä.example/",
        "https://[::1", "http://localhost.evil.example/", "http://127.0.0.1.evil.example/",
        "https://x;script-src/", "https://x'/", "x" * 2049, "ms-settings:x", "chrome-extension://x/",
        "http://localhost:99999999/",
    ],
)  # fmt: skip
def test_where_it_does_not_lead(signed: SignIns, uri: str) -> None:
    """It says so on a page of its own; nothing of it is followed, or becomes markup."""
    address = signed.address(redirect_uri=uri)
    for answer in (signed.client.get(address), signed.client.post(address, data={"user": "demo"})):
        assert (answer.status_code, location(answer)) == (400, "")
        assert "AADSTS50011" in answer.text
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"]
    logout = f"/common/oauth2/v2.0/logout?post_logout_redirect_uri={quote(uri)}"
    assert location(signed.client.get(logout)) == ""


@pytest.mark.inferred("oauth.redirects")
def test_no_open_redirect(signed: SignIns) -> None:
    """To an address that anybody could be behind nobody is sent without a click."""
    far, near = "https://app.example/cb", BACK
    for asked in ({"prompt": "none"}, {"response_type": "token"}, {"code_challenge": "x"}):
        sent = signed.client.get(signed.address(redirect_uri=near, **asked))
        assert (sent.status_code, "error" in told(location(sent))) == (302, True)
        kept = signed.client.get(signed.address(redirect_uri=far, **asked))
        assert (kept.status_code, location(kept)) == (400, "")
        assert 'href="https://app.example/cb?error=' in kept.text
    logout = "/common/oauth2/v2.0/logout?post_logout_redirect_uri="
    assert location(signed.client.get(f"{logout}{near}")) == near
    stays = signed.client.get(f"{logout}{far}")
    assert (stays.status_code, location(stays)) == (200, "")
    assert f'href="{far}"' in stays.text


@pytest.mark.inferred("oauth.page")
def test_only_its_own_form_signs_in(signed: SignIns) -> None:
    address, form = signed.address(), {"user": "demo"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = signed.client.post(address, data=form, headers=headers)
        assert (answer.status_code, location(answer)) == (403, "")
    assert location(signed.client.get(f"{address}&user=demo")) == ""


@pytest.mark.inferred("oauth.page")
def test_what_a_browser_may_do(signed: SignIns) -> None:
    shown = "<img src=x onerror=alert(1)>"
    answer = signed.client.get(signed.address(login_hint=shown, client_id="<b>x</b>"))
    assert answer.status_code == 200
    assert shown not in answer.text
    assert "<b>x</b>" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://localhost:4711;" in policy
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.inferred("oauth.page")
def test_who_is_listed(signed: SignIns) -> None:
    """Who is expected comes first; who has only a token of their own is nobody's to be."""
    signed.token(user="zoe@contoso.example")
    page = signed.client.get(signed.address(login_hint="zoe@contoso.example")).text
    assert page.index("zoe@contoso.example") < page.index("demo@afterlook.example")
    cancelled = signed.client.post(signed.address(state="s"), data={"cancel": "1"})
    given = told(location(cancelled))
    assert (given["error"], given["state"]) == ("access_denied", "s")


@pytest.mark.inferred("oauth.page")
def test_a_code_to_copy(signed: SignIns) -> None:
    uri = "urn:ietf:wg:oauth:2.0:oob"
    page = signed.click(redirect_uri=uri).text
    code = page.partition("<h1>Your code: ")[2].partition("</h1>")[0]
    assert signed.redeem(code, redirect_uri=uri).status_code == 200


@pytest.mark.inferred("oauth.my-tasks")
def test_my_tasks(signed: SignIns) -> None:
    """Without having signed in nobody sees a page, or learns whose there are."""
    page = "/personal/may/AllTasks.aspx"
    asked = signed.client.get(page)
    assert (asked.status_code, location(asked).split("?")[0]) == (
        302, "/common/oauth2/v2.0/authorize",
    )  # fmt: skip
    code = signed.client.post(location(asked), data={"user": "may"})
    stolen = location(code)
    entered = signed.client.get(stolen)
    assert (entered.status_code, location(entered)) == (303, page)
    assert signed.client.get(page).status_code == 200
    assert signed.client.get("/personal/may/_api/web").status_code == 200
    assert signed.client.get("/personal/demo/_api/web").status_code == 401
    assert signed.client.get("/personal/demo/AllTasks.aspx").status_code == 302
    assert signed.client.get(stolen).status_code == 400, "a code is good once"
    signed.client.cookies.clear()
    other = signed.client.post(location(signed.client.get("/mytasks")), data={"user": "may"})
    signed.client.cookies.clear()
    assert signed.client.get(location(other)).status_code == 400, "another browser began"
    assert signed.client.get(page).status_code == 302
