"""What is never shown of an exchange: whatever would let somebody be taken for its client.

Owns which headers, query options and members of bodies those are. They are found by their names,
in forms and in JSON alike.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from afterlook.runtime.upload_urls import MASK, mask_session_ids

_HEADERS = frozenset(
    {
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-requestdigest",
        "x-api-key",
    }
)
_OURS = frozenset({"www-authenticate", "x-ms-diagnostics"})
"""What a 401 says of tokens holds none, though it speaks of bearers."""

_NAMES = (
    r"access_token|refresh_token|id_token|id_token_hint|client_secret|client_assertion|password"
    r"|passwd|code_verifier|device_code|user_code|assertion|admin_token"
    r"|__requestdigest|formdigestvalue|x-requestdigest|digest"
)
# The `code` of JSON is that of an error.
_PAIR = re.compile(rf"(?i)((?:^|[?&;\n#])(?:{_NAMES}|code)=)[^&;#\r\n\"'<>\s]+")
_PAIR_NAME = re.compile(rf"(?i)(?:{_NAMES}|code)")
_MEMBER = re.compile(rf'(?i)("(?:{_NAMES})"\s*:\s*")(?:[^"\\]|\\.)*+("?)')
_ELEMENT = re.compile(r"(?i)(<(?:\w+:)?(?:FormDigestValue|DigestValue)\b[^>]*>)[^<]+")
_BEARER = re.compile(r"(?i)(\bbearer\s+)[^\s\"',;<>\\]+")
_INPUT = re.compile(rf'(?i)(name="(?:{_NAMES}|code)"[^>]*?\bvalue=")[^"]*')
_DIGEST = re.compile(r"0x[0-9A-Fa-f]{64,128},[^\"'<&]{20,40}")


def mask_header(name: str, value: str) -> str:
    """Return the value of a header as it may be shown: of credentials, the scheme alone."""
    lower = name.lower()
    if lower in _OURS:
        return value
    if lower not in _HEADERS:
        return mask_text(value) if lower in ("location", "referer") else _BEARER.sub(_kept, value)
    scheme, space, _ = value.partition(" ")
    if lower.endswith("authorization") and space:
        return f"{scheme} {MASK}"
    if lower in ("cookie", "set-cookie"):
        name_of_cookie = value.partition("=")[0]
        return f"{name_of_cookie}={MASK}" if "=" in value else MASK
    return MASK


def mask_pairs(text: str) -> str:
    """Return a query or a form as it may be shown: its names may be written with escapes."""
    pairs = []
    for pair in text.split("&"):
        name, sign, _ = pair.partition("=")
        is_secret = _PAIR_NAME.fullmatch(unquote_plus(name).strip())
        pairs.append(f"{name}{sign}{MASK}" if is_secret and sign else pair)
    return mask_text("&".join(pairs))


def mask_text(text: str) -> str:
    """Return a body as it may be shown."""
    text = _PAIR.sub(_kept, text)
    text = _MEMBER.sub(lambda found: f"{found[1]}{MASK}{found[2]}", text)
    for pattern in (_ELEMENT, _INPUT, _BEARER):
        text = pattern.sub(_kept, text)
    return mask_session_ids(_DIGEST.sub(MASK, text))


def _kept(found: re.Match[str]) -> str:
    return f"{found[1]}{MASK}"
