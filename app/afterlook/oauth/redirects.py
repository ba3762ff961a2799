"""Where a sign-in leads back to (RFC 6749 §3.1.2, RFC 8252, OAuth 2.0 Form Post Response Mode).

Owns which addresses that can be: no app is registered here, so that it depends on the address
alone. And which of them are trusted: to those a browser is sent without a click.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from afterlook.auth.refusals import RedirectRefused
from afterlook.oauth.tenants import own_origin

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_REDIRECT = 2048

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""Of apps that read the code from the page."""

_TEXT = re.compile(r"[\x21-\x7e]+")
_UNSAFE = frozenset('\\"<>^`{|}#')
_HOST = re.compile(r"(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
# An app's scheme is a name of its own in reverse (RFC 8252 §7.1), or one that Microsoft's
# libraries register. Whatever a browser knows itself is none: none has a dot.
_SCHEME = re.compile(r"[a-z][a-z0-9.-]{0,99}", re.ASCII)
_OF_LIBRARIES = ("msal", "msauth", "x-msauth-", "ms-appx-web")


class Redirect(NamedTuple):
    """An address to lead back to.

    `shown` is what people are told of it, `source` what a Content Security Policy calls it;
    `is_trusted` where nobody else can be behind it.
    """

    uri: str
    shown: str
    source: str
    is_trusted: bool


def read_redirect(request: Request, uri: str) -> Redirect:
    """Read an address to lead back to. Raises `RedirectRefused` for one that cannot be it."""
    if uri in (OUT_OF_BAND, f"{OUT_OF_BAND}:auto"):
        return Redirect(uri, uri, "", is_trusted=True)
    refusal = RedirectRefused(given=uri[:80])
    if len(uri) > MAX_REDIRECT or not _TEXT.fullmatch(uri) or not _UNSAFE.isdisjoint(uri):
        raise refusal
    try:
        parts = urlsplit(uri)
        host = parts.hostname or ""
    except ValueError as error:
        raise refusal from error
    scheme = parts.scheme.lower()
    if scheme in ("http", "https"):
        netloc = parts.netloc.lower()
        if not _HOST.fullmatch(netloc):
            raise refusal
        origin = f"{scheme}://{netloc}"
        is_trusted = _is_loopback(host) or origin == own_origin(request).lower()
        if scheme == "http" and not is_trusted:
            raise refusal
        return Redirect(uri, origin, origin, is_trusted)
    is_app = "." in scheme or scheme.startswith(_OF_LIBRARIES)
    if not (is_app and _SCHEME.fullmatch(scheme)):
        raise refusal
    return Redirect(uri, f"{scheme}:", f"{scheme}:", is_trusted=True)


def lead_to(redirect: Redirect, mode: str, parameters: Mapping[str, str]) -> str:
    """Return the address to lead to, with what is told there in its query or its fragment."""
    given = urlencode({name: value for name, value in parameters.items() if value})
    if mode == "fragment":
        return f"{redirect.uri}#{given}"
    joint = "&" if "?" in redirect.uri else "?"
    return f"{redirect.uri}{joint}{given}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
