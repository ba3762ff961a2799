"""Microsoft's own library for Python signs in here, unchanged, over https."""

from collections.abc import Iterator

import msal
import pytest
import requests

from tests.support.secure import SecureServer
from tests.support.sign_in import posted

CLIENT = "11112222-3333-4444-5555-666677778888"
SCOPES = ["https://outlook.office.com/Tasks.ReadWrite"]
BACK = "http://localhost:4711/back"


class Session(requests.Session):
    """Calls the server's port where the library leaves it out: it asks for the realm at 443."""

    def __init__(self, server: SecureServer) -> None:
        super().__init__()
        self.trust_env = False  # it may name authorities of its own
        self.verify = str(server.authority)
        self._own = server.url

    def request(self, method: str, url: str, **options: object) -> requests.Response:  # type: ignore[override]
        """Send a request."""
        address = url.replace("https://localhost/", f"{self._own}/")
        assert address.startswith(self._own), f"{url} is no address of this server"
        return super().request(method, address, **options)  # type: ignore[arg-type]


@pytest.fixture
def session(secure: SecureServer) -> Iterator[Session]:
    """Return what the library calls the server with."""
    with Session(secure) as opened:
        yield opened


@pytest.fixture
def app(secure: SecureServer, session: Session) -> msal.PublicClientApplication:
    """Return an app that people sign in to."""
    return msal.PublicClientApplication(
        CLIENT,
        authority=f"{secure.url}/common",
        instance_discovery=False,
        http_client=session,
    )


def tasks(secure: SecureServer, session: Session, token: str) -> requests.Response:
    """Read the tasks of whoever has a token."""
    headers = {"Authorization": f"Bearer {token}"}
    return session.get(f"{secure.url}/api/v2.0/me/tasks", headers=headers)


def add(secure: SecureServer, session: Session, token: str, subject: str) -> None:
    """Add a task for whoever has a token."""
    headers = {"Authorization": f"Bearer {token}"}
    address = f"{secure.url}/api/v2.0/me/tasks"
    made = session.post(address, json={"Subject": subject}, headers=headers)
    assert made.status_code == 201, made.text


def click(session: Session, address: str, **form: str) -> requests.Response:
    """Send a form of a sign-in's page."""
    return session.post(address, data=form, allow_redirects=False)


@pytest.mark.observed("oauth.msal")
def test_a_whole_way(
    secure: SecureServer, session: Session, app: msal.PublicClientApplication
) -> None:
    """Sign in by a code with PKCE, call, let the token expire, and refresh it silently."""
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=BACK, response_mode="form_post")
    assert "code_challenge=" in flow["auth_uri"]
    answer = click(session, flow["auth_uri"], user="ann@contoso.example")
    result = app.acquire_token_by_auth_code_flow(flow, posted(answer.text))
    assert result["id_token_claims"]["preferred_username"] == "ann@contoso.example"
    first = result["access_token"]
    add(secure, session, first, "by code")

    (account,) = app.get_accounts()
    assert account["username"] == "ann@contoso.example"
    assert app.acquire_token_silent(SCOPES, account)["access_token"] == first

    secure.wait(3600)
    expired = tasks(secure, session, first)
    assert expired.status_code == 401
    assert 'reason="The token has expired."' in expired.headers["x-ms-diagnostics"]
    renewed = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    again = tasks(secure, session, renewed["access_token"]).json()
    assert [task["Subject"] for task in again["value"]] == ["by code"]


@pytest.mark.observed("oauth.msal")
def test_on_another_device(
    secure: SecureServer, session: Session, app: msal.PublicClientApplication
) -> None:
    flow = app.initiate_device_flow(SCOPES)
    assert flow["user_code"] in flow["message"]
    flow |= {"expires_at": 0, "interval": 1}  # ask once, and again at once
    assert app.acquire_token_by_device_flow(flow)["error"] == "authorization_pending"

    page = flow["verification_uri"]
    assert click(session, page, user_code=flow["user_code"]).status_code == 200
    click(session, page, user_code=flow["user_code"], user="ben@contoso.example")
    result = app.acquire_token_by_device_flow(flow)
    assert result["id_token_claims"]["name"] == "ben"
    assert tasks(secure, session, result["access_token"]).status_code == 200
    assert "error" in app.acquire_token_by_device_flow(flow), "a code is good once"


@pytest.mark.observed("oauth.msal")
def test_by_password(
    secure: SecureServer, session: Session, app: msal.PublicClientApplication
) -> None:
    scopes = ["https://outlook.office.com/.default"]
    with pytest.warns(DeprecationWarning, match="more secure flow"):
        result = app.acquire_token_by_username_password("cid@contoso.example", "any", scopes)
    assert tasks(secure, session, result["access_token"]).status_code == 200
    (account,) = app.get_accounts("cid@contoso.example")
    assert app.acquire_token_silent(scopes, account)["access_token"] == result["access_token"]


@pytest.mark.observed("oauth.msal")
def test_an_app_on_its_own(secure: SecureServer, session: Session) -> None:
    """It gets a token; there are no tasks for it, as there were none at the service."""
    daemon = msal.ConfidentialClientApplication(
        CLIENT,
        client_credential="any",
        authority=f"{secure.url}/contoso.example",
        instance_discovery=f"{secure.url}/common/discovery/instance",
        http_client=session,
    )
    result = daemon.acquire_token_for_client(["https://outlook.office.com/.default"])
    refused = tasks(secure, session, result["access_token"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "ErrorAccessDenied")


@pytest.mark.observed("oauth.errors")
def test_what_the_library_tells(app: msal.PublicClientApplication) -> None:
    with pytest.warns(DeprecationWarning, match="auth_code_flow"):
        result = app.acquire_token_by_authorization_code("never", SCOPES, redirect_uri=BACK)
    assert (result["error"], result["error_codes"]) == ("invalid_grant", [70000])
