"""Tokens that nobody signed."""

import json
from base64 import urlsafe_b64encode

OID, TID = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-9999-aaaaaaaaaaaa"


def authorization(claims: object, *, padded: bool = False) -> str:
    """Return an Authorization header with a token that nobody signed."""
    payload = urlsafe_b64encode(json.dumps(claims).encode()).decode()
    return f"Bearer eyJhbGciOiJub25lIn0.{payload if padded else payload.rstrip('=')}.c2ln"


def jwt(**claims: object) -> str:
    """Write an unsigned token of three parts."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}.c2lnbmF0dXJl"


def _part(content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
