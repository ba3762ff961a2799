"""Signing in by hand: what a client sends, without a library."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import httpx2
import orjson

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from tests.support.wire import Mailbox, Wire

CLIENT = "11112222-3333-4444-5555-666677778888"
BACK = "http://localhost:4711/back"
OUTLOOK = "https://outlook.office.com"


@dataclass
class SignIns:
    """A service that people sign in to, and its clock."""

    wire: Wire
    clock: FrozenClock

    @property
    def client(self) -> httpx2.Client:
        """What calls it."""
        return self.wire.client

    def wait(self, seconds: int, ticks: int = 0) -> None:
        """Let time go by."""
        self.clock.instant = Instant(self.clock.instant + seconds * TICKS_PER_SECOND + ticks)

    def ask(self, address: str = "common/oauth2/v2.0/token", **form: str) -> httpx2.Response:
        """Send a form; the client is ours unless it says another."""
        return self.client.post(f"/{address}", data={"client_id": CLIENT} | form)

    def token(self, scope: str = f"{OUTLOOK}/Tasks.ReadWrite", user: str = "", **form: str) -> str:
        """Return an access token of somebody nobody else is, or of a user."""
        name = user or f"{uuid4().hex}@contoso.example"
        answer = self.by_password(name, scope=scope, **form)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def by_password(self, user: str, **form: str) -> httpx2.Response:
        """Ask for tokens by a name and any password."""
        return self.ask(**{"grant_type": "password", "username": user, "password": "any"} | form)

    def me(self, scope: str = f"{OUTLOOK}/Tasks.ReadWrite", **form: str) -> Mailbox:
        """Return a mailbox of its own, opened by a token with these permissions."""
        return Mailbox(self.wire, self.token(scope, **form))

    def address(self, **parameters: str) -> str:
        """Return the address of a sign-in."""
        asked = {"client_id": CLIENT, "redirect_uri": BACK, "response_type": "code"} | parameters
        given = {name: value for name, value in asked.items() if value}
        return f"/common/oauth2/v2.0/authorize?{urlencode(given)}"

    def click(self, user: str = "alice@contoso.example", **parameters: str) -> httpx2.Response:
        """Choose a user on the page of a sign-in."""
        return self.client.post(self.address(**parameters), data={"user": user})

    def code(self, user: str = "alice@contoso.example", **parameters: str) -> str:
        """Return the code of a sign-in."""
        answer = self.click(user, **parameters)
        assert answer.status_code == 302, answer.text
        return told(answer.headers["Location"])["code"]

    def redeem(self, code: str, **form: str) -> httpx2.Response:
        """Exchange a code for tokens."""
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK} | form
        return self.ask(**{name: value for name, value in asked.items() if value})


def told(address: str) -> dict[str, str]:
    """Return what an address tells a client in its query or its fragment."""
    parts = urlsplit(address)
    return {name: values[0] for name, values in parse_qs(parts.query or parts.fragment).items()}


def posted(page: str) -> dict[str, str]:
    """Return what a page sends on to a client by its form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def claims_of(token: str) -> dict[str, object]:
    """Return the claims of a token, without looking at its signature."""
    payload = token.split(".")[1]
    read: dict[str, object] = orjson.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return read
