"""What a token permits: the names of permissions, and who may read and write by them.

Owns reading a request's `scope` (Microsoft identity platform, "Scopes and permissions") and the
permissions within a token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OUTLOOK = "https://outlook.office.com"
GRAPH = "https://graph.microsoft.com"

MAX_SCOPE = 2048
"""Characters of a scope that is asked for, with its resource."""

WRITES = "Tasks.ReadWrite"
APP_WRITES = "Tasks.ReadWrite.All"

_OF_SIGN_IN = frozenset({"openid", "profile", "email", "offline_access"})
_DEFAULT = ".default"
_NAME = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
_MAX_NAMES = 32

# Folded. SharePoint's own count as well: its clients ask for those.
_READING = frozenset(
    {"tasks.read", "tasks.read.shared", "tasks.read.all", "allsites.read", "sites.read.all"}
)
_WRITING = frozenset(
    {"tasks.readwrite", "tasks.readwrite.shared", "tasks.readwrite.all"}
    | {"allsites.write", "allsites.manage", "allsites.fullcontrol"}
    | {"sites.readwrite.all", "sites.manage.all", "sites.fullcontrol.all"}
)


class ScopeMalformed(ValueError):
    """A scope that nothing can be granted for; the text is a whole sentence."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope that was asked for.

    `audience` is the resource that it is for, `names` are the permissions without the resource
    before them, `of_sign_in` those of OpenID Connect, `asked` all words as they came.
    """

    audience: str
    names: tuple[str, ...]
    of_sign_in: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()

    def write_granted(self) -> str:
        """Return what is granted, as the answer to the request says it."""
        prefix = "" if self.audience == GRAPH else f"{self.audience.rstrip('/')}/"
        named = [word for word in self.asked if word != "offline_access"]
        full = [f"{prefix}{name}" for name in self.names]
        return " ".join(dict.fromkeys([*named, *full]))


def read_scope(text: str, resource: str = "") -> Scope:
    """Read a scope; `resource` is what requests to version 1 name beside it.

    Of one resource at a time, as the service wanted it; names alone are Graph's. Who asks for
    `.default`, or for nothing but to sign in, gets all there is. Raises `ScopeMalformed`.
    """
    words = list(dict.fromkeys(text.split(" ")))
    asked = tuple(word for word in words if word)
    if len(text) + len(resource) > MAX_SCOPE or len(asked) > _MAX_NAMES:
        raise ScopeMalformed("The scope is too long.")
    if not all(map(_NAME.fullmatch, (*asked, *([resource] if resource else ())))):
        raise ScopeMalformed("The scope holds characters that no scope can have.")
    of_sign_in = frozenset(asked) & _OF_SIGN_IN
    pairs = [_split(word) for word in asked if word not in _OF_SIGN_IN]
    audiences = {audience or resource or GRAPH for audience, _ in pairs}
    if len(audiences) > 1:
        raise ScopeMalformed("The scope names more than one resource.")
    audience = next(iter(audiences), resource or OUTLOOK)
    names = tuple(name for _, name in pairs if name != _DEFAULT)
    return Scope(audience, names or (WRITES,), of_sign_in, asked)


def is_for_all(text: str) -> bool:
    """Tell whether a scope asks for `.default` and nothing else, as apps must."""
    words = text.split()
    return len(words) == 1 and _split(words[0])[1] == _DEFAULT


def may_read(names: frozenset[str]) -> bool:
    """Tell whether permissions let their bearer read tasks."""
    return not names.isdisjoint(_READING | _WRITING)


def may_write(names: frozenset[str]) -> bool:
    """Tell whether permissions let their bearer write tasks."""
    return not names.isdisjoint(_WRITING)


def read_permissions(claim: object) -> frozenset[str]:
    """Return the permissions of a claim, a text or a list of texts, folded, without resources."""
    names = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else []
    return frozenset(_split(name)[1].lower() for name in names if isinstance(name, str))


def _split(word: str) -> tuple[str, str]:
    """Split a word of a scope into its resource, if it has one, and the name of a permission."""
    audience, slash, name = word.rpartition("/")
    return (audience, name) if slash else ("", word)
