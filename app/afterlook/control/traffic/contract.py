"""What differs from the contract, of a refusal: which rule, and what was probably meant.

Owns reading an answer back: a rule is a leaf of the error tree, found by its code and text, and
what the text says of the request are the leaf's own facts. What is near to a wrong name comes from
the published model and the table of routes. No case is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

import orjson

from afterlook.control.traffic import wire_names
from afterlook.csom.errors import QueryError
from afterlook.errors import ServiceError
from afterlook.graph import routes as graph_routes
from afterlook.graph.outlook import model as graph_model
from afterlook.graph.outlook import routes as outlook_routes
from afterlook.odata.options import SYSTEM_OPTIONS
from afterlook.outlook.model import MODEL
from afterlook.outlook.routes import MOUNTED
from afterlook.sharepoint.registry import REGISTRY

FIRST, LAST = 400, 499
_MAX_NEAR = 3
_CUTOFF = 0.6
_PLACE = re.compile(r"\{(\w+)(?:![rsa])?\}")
_XML_MESSAGE = re.compile(r"<(?:m:message|faultstring)[^<>]{0,200}>([^<]*)")
_KEY = re.compile(r"\('[^']*'\)")
_MEMBER = re.compile(r"\{[^{}]*\}")
_MAX_TEXT = 4096

_REASON = re.compile(r'reason="([^"]*)"')
"""Where a 401 says why, which has no body."""


class Difference(NamedTuple):
    """One thing that differs: by which rule, in a sentence, and what would be nearer to it."""

    rule: str
    message: str
    hint: str | None


def differences(shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what differs in an exchange that is shown; nothing, where it was not refused."""
    status, fault = shown["status"] or 0, shown["fault"]
    code, message = _error_of(shown)
    if fault is not None and status >= FIRST:
        text = f"Nothing: it was refused by a fault ({fault['text']})."
        hint = None if fault["note"] is None else f"It was {fault['note']}."
        found = [Difference("Fault", text, hint)]
    elif FIRST <= status <= LAST or (shown["wire"] == "csom" and message):
        found = [_difference(shown, code, message)]
    else:
        found = []
    return [difference._asdict() for difference in found]


def _difference(shown: Mapping[str, Any], code: str, message: str) -> Difference:
    is_graph = shown["wire"] == "graph"
    # Its codes are its own; what it says is what the tree says.
    leaf, facts = _rule(shown["status"], "" if is_graph and message else code, message)
    rule = leaf.__name__ if leaf is not None else code or f"Status{shown['status']}"
    hints = []
    allowed = _header(shown["answer"], "allow")
    if allowed is not None:
        hints.append(f"Allowed here: {allowed}.")
    wait = _header(shown["answer"], "retry-after")
    if wait is not None:
        hints.append(f"Wait {wait} s before the next call.")
    for name, value in facts.items():
        near = _near(value, _names_for(name, is_graph=is_graph))
        if near:
            hints.append(f"Near to '{value[:80]}': {', '.join(near)}.")
    if not hints and not allowed and leaf is not None and "NotFound" in rule:
        near = _near_routes(shown["path"], is_graph=is_graph)
        if near:
            hints.append(f"Near to this address: {', '.join(near)}.")
    if not message:
        reason = _REASON.search(_header(shown["answer"], "x-ms-diagnostics") or "")
        if reason is not None:
            message = reason[1]
        elif leaf is not None:
            message = _PLACE.sub("…", leaf.template)
    said = message or f"{shown['status']} {shown['reason']}"
    return Difference(rule, said[:_MAX_TEXT], " ".join(hints) or None)


def _error_of(shown: Mapping[str, Any]) -> tuple[str, str]:
    """Return code and text of an error, in whichever form it was answered."""
    text = (shown["answer"] or {"body": {"text": ""}})["body"]["text"] or ""
    try:
        parsed: Any = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = _XML_MESSAGE.search(text)
        return "", found[1] if found else ""
    if isinstance(parsed, list) and parsed:
        parsed = parsed[0]
    if not isinstance(parsed, dict):
        return "", ""
    info = parsed.get("ErrorInfo")
    if isinstance(info, dict):
        return str(info.get("ErrorTypeName") or ""), str(info.get("ErrorMessage") or "")
    error = parsed.get("error") or parsed.get("odata.error")
    if not isinstance(error, dict):
        return "", str(parsed.get("error_description") or "")
    inner = error.get("innerError")
    # Graph says in general words outside what it says of the request within.
    said = (inner.get("message") if isinstance(inner, dict) else None) or error.get("message")
    if isinstance(said, dict):
        said = said.get("value")
    return str(error.get("code") or ""), str(said or "")


class _Rule(NamedTuple):
    leaf: type[ServiceError]
    pattern: re.Pattern[str]
    weight: int


@cache
def _rules() -> list[_Rule]:
    """Return all leaves with their texts as patterns, those that say most first."""
    rules = []
    for leaf in _tree(ServiceError):
        # What is made for a fault is no rule of the contract.
        if hasattr(leaf, "template") and leaf.__module__ != wire_names.__name__:
            texts = _PLACE.split(leaf.template)
            names: set[str] = set()
            pattern = ""
            for index, text in enumerate(texts):
                if index % 2 == 0:
                    pattern += re.escape(text)
                elif text in names:
                    pattern += ".*?"
                else:
                    names.add(text)
                    pattern += f"(?P<{text}>.*?)"
            weight = len("".join(texts[::2]))
            rules.append(_Rule(leaf, re.compile(pattern, re.DOTALL), weight))
    return sorted(rules, key=lambda rule: -rule.weight)


def _tree(root: type[ServiceError]) -> Iterator[type[ServiceError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


def _rule(
    status: int | None, code: str, message: str
) -> tuple[type[ServiceError] | None, dict[str, str]]:
    """Find the leaf that an error is of, and the facts in its text."""
    said = message[:_MAX_TEXT]
    of_status = [rule for rule in _rules() if _is_of(rule.leaf, status, code)]
    for rule in of_status:
        match = rule.pattern.fullmatch(said) if said else None
        if match is not None:
            return rule.leaf, match.groupdict()
    # CSOM always says something; of the others, the one that says least promises least.
    silent = [each.leaf for each in of_status if not said and not issubclass(each.leaf, QueryError)]
    return (silent[-1] if silent else None), {}


def _is_of(leaf: type[ServiceError], status: int | None, code: str) -> bool:
    if issubclass(leaf, QueryError):
        return not code or code.endswith(leaf.type_name) or code.startswith(str(leaf.code))
    return leaf.status == status and code in ("", leaf.code)


def _header(message: Mapping[str, Any] | None, name: str) -> str | None:
    headers = [] if message is None else message["headers"]
    return next((value for known, value in headers if known.lower() == name), None)


def _near(value: str, names: Iterable[str]) -> list[str]:
    by_case = {name.lower(): name for name in names}
    lower = value.lower().partition("(")[0]
    if value in by_case.values():
        return []
    near = get_close_matches(lower, by_case, _MAX_NEAR, _CUTOFF)
    return [by_case[each] for each in near]


@cache
def _names_for(fact: str, *, is_graph: bool) -> tuple[str, ...]:
    """Return what a fact of a refusal could have been: names of the kind that it stands for."""
    model = graph_model.BETA_MODEL if is_graph else MODEL
    members = {
        member.name
        for type_ in (*model.entity_types, *model.complex_types)
        for member in (*type_.properties, *getattr(type_, "navigations", ()))
    }
    match fact:
        case "option":
            return tuple(sorted(f"${name}" for name in SYSTEM_OPTIONS))
        case "segment":
            return tuple(sorted(_segments(is_graph=is_graph)))
        case "name" | "property" | "member":
            methods = {name for type_ in REGISTRY.types for name in type_.methods}
            return tuple(sorted(members | methods))
        case "literal":
            return tuple(sorted(name for each in model.enumerations for name in each.members))
    return ()


@cache
def _segments(*, is_graph: bool) -> frozenset[str]:
    return frozenset(
        segment.partition("(")[0]
        for template in _templates(is_graph=is_graph)
        for segment in template.split("/")
        if segment and not segment.startswith("{")
    )


@cache
def _templates(*, is_graph: bool) -> tuple[str, ...]:
    mounted = (*graph_routes.MOUNTED, *outlook_routes.MOUNTED) if is_graph else MOUNTED
    return tuple(prefix + route.path for prefix, router in mounted for route in router.routes)  # type: ignore[attr-defined]


def _near_routes(path: str, *, is_graph: bool) -> list[str]:
    """Return the templates that an address comes nearest to, as if its keys fitted."""
    wanted = _KEY.sub("('{}')", unquote(path)).lower()
    shown = {
        _MEMBER.sub("{}", template)
        .replace("{}", "beta", 1)
        .replace("{}", "me", 1)
        .lower(): template.replace("{version}", "beta").replace("{user}", "me")
        for template in _templates(is_graph=is_graph)
    }
    return [shown[each] for each in get_close_matches(wanted, shown, _MAX_NEAR, _CUTOFF)]
