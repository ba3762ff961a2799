"""Parameters of a request: in its address, or in a form (RFC 6749 §3.1, §3.2).

Owns that each comes once, and how much there may be.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote_plus

from afterlook.auth.refusals import ParameterMissing, RequestMalformed
from afterlook.errors import CodingNotSupported, MessageSizeExceeded, ServiceError
from afterlook.http import bodies

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_FORM = 64 * 1024
"""Bytes of a form: what an app proves itself by can be long."""

_MAX_FIELDS = 64
_FORM = re.compile(r"\s*application/x-www-form-urlencoded\s*(?:;.*)?", re.IGNORECASE)
_CLIENT = re.compile(r"[\x21-\x7e]{1,128}")

Parameters = Mapping[str, str]


def read_query(request: Request) -> Parameters:
    """Read the parameters in an address. Raises `RequestMalformed`."""
    return _parse(request.scope["query_string"])


async def read_form(request: Request) -> Parameters:
    """Read the parameters in a form. Raises `RequestMalformed`."""
    if not _FORM.fullmatch(request.headers.get("content-type", "")):
        reason = "The Content-Type must be application/x-www-form-urlencoded."
        raise RequestMalformed(reason=reason)
    try:
        return _parse(await bodies.read(request, MAX_FORM))
    except (MessageSizeExceeded, CodingNotSupported):
        raise
    except ServiceError as error:
        raise RequestMalformed(reason=error.message) from error


def require(parameters: Parameters, name: str) -> str:
    """Return a parameter that there must be. Raises `ParameterMissing`."""
    value = parameters.get(name, "")
    if not value:
        raise ParameterMissing(name=name)
    return value


def client_of(request: Request, form: Parameters) -> tuple[str, str]:
    """Return a client's id, and what it proves itself by, if it does.

    In the form, or as credentials (RFC 6749 §2.3.1). Raises `ParameterMissing`,
    `RequestMalformed`.
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    client, secret = form.get("client_id", ""), form.get("client_secret", "")
    if scheme.lower() == "basic" and not client:
        try:
            decoded = base64.b64decode(given.strip(), validate=True).decode("utf-8")
        except ValueError as error:
            raise RequestMalformed(reason="The client's credentials cannot be read.") from error
        client, _, secret = map(unquote_plus, decoded.partition(":"))
    if not client:
        raise ParameterMissing(name="client_id")
    return read_client(client), secret or form.get("client_assertion", "")


def read_client(client: str) -> str:
    """Return a client's id. Any is good: none is registered. Raises `RequestMalformed`."""
    if not _CLIENT.fullmatch(client):
        raise RequestMalformed(reason="The 'client_id' is not one.")
    return client


def _parse(raw: bytes) -> Parameters:
    try:
        pairs = parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as error:
        raise RequestMalformed(reason="Its parameters cannot be read.") from error
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RequestMalformed(reason=f"The parameter '{twice[:64]}' is duplicated.")
    return parameters
