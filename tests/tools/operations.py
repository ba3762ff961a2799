"""The operations of the control surface as Python calls them, made of their declarations.

`--write` makes `testing/operations.py`, `--check` tells whether it still says the same.
"""

import keyword
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from afterlook.control.operation import Operation
from afterlook.control.operations import NOUNS, OPERATIONS
from afterlook.control.values import expect_duration
from tests.tools import generated_files

FILE = Path(__file__).parents[2] / "app" / "afterlook" / "testing" / "operations.py"

_HEAD = '''"""The operations of the control surface, from Python.

Made of their declarations by `make openapi`; change those. `docs/control.md` has the answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

Result = dict[str, Any]
Call = Callable[[str, str, Mapping[str, object]], Result]
AsyncCall = Callable[[str, str, Mapping[str, object]], Awaitable[Result]]
'''


def document() -> str:
    """Return the module as the file should have it."""
    parts = [_HEAD]
    for is_async in (False, True):
        nouns = [
            (noun, [each for each in group if each.verb])
            for noun, group in groupby(sorted(OPERATIONS, key=_noun), key=_noun)
        ]
        named = [(noun, verbs) for noun, verbs in nouns if verbs]
        parts += [_noun_class(noun, verbs, is_async=is_async) for noun, verbs in named]
        parts.append(_root_class([noun for noun, _ in named], is_async=is_async))
    needed = _ruff("check", "--fix-only", "--select", "F401", text="\n\n".join(parts))
    return _ruff("format", text=needed)


def _ruff(*arguments: str, text: str) -> str:
    mended = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", str(FILE), "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return mended.stdout


def _noun(operation: Operation) -> str:
    return operation.noun


def _class_name(noun: str, *, is_async: bool) -> str:
    return f"{'Async' if is_async else ''}{noun.title().replace('-', '')}"


def _noun_class(noun: str, verbs: Iterable[Operation], *, is_async: bool) -> str:
    """Return the class of a noun's operations; one that has no verb is a call of its object."""
    alone = [each for each in OPERATIONS if each.noun == noun and not each.verb]
    return "\n".join(
        [
            f"class {_class_name(noun, is_async=is_async)}:",
            f'    """{NOUNS[noun]}"""\n',
            *_constructor(is_async=is_async),
            *(_method(each, "__call__", is_async=is_async) for each in alone),
            *(_method(each, _name(each.verb), is_async=is_async) for each in verbs),
        ]
    )


def _root_class(nouns: Iterable[str], *, is_async: bool) -> str:
    attributes = [
        f"        self.{_name(noun)} = {_class_name(noun, is_async=is_async)}(call)"
        for noun in nouns
    ]
    alone = [each for each in OPERATIONS if not each.verb and each.noun not in nouns]
    return "\n".join(
        [
            f"class {'Async' if is_async else ''}Operations:",
            '    """All operations of a server."""\n',
            *_constructor(is_async=is_async, attributes=attributes),
            *(_method(each, _name(each.noun), is_async=is_async) for each in alone),
        ]
    )


def _constructor(*, is_async: bool, attributes: Iterable[str] = ()) -> list[str]:
    call = "AsyncCall" if is_async else "Call"
    return [
        f"    def __init__(self, call: {call}) -> None:",
        "        self._call = call",
        *attributes,
        "",
    ]


def _method(operation: Operation, name: str, *, is_async: bool) -> str:
    fields = operation.parameters.model_fields
    positional = [_parameter(each, fields[each]) for each in operation.arguments]
    others = [
        _parameter(each, field) for each, field in fields.items() if each not in operation.arguments
    ]
    parameters = ", ".join(["self", *positional, *(["*", *others] if others else [])])
    members = ", ".join(f'"{each}": {_name(each)}' for each in fields)
    call = f'self._call("{operation.method}", "{operation.path}", {{{members}}})'
    return "\n".join(
        [
            f"    {'async ' if is_async else ''}def {name}({parameters}) -> Result:",
            textwrap.indent(_docstring(operation), "        "),
            f"        return {'await ' if is_async else ''}{call}",
            "",
        ]
    )


def _docstring(operation: Operation) -> str:
    fields = operation.parameters.model_fields
    if not fields:
        return f'"""{operation.summary}"""'
    lines = [
        textwrap.fill(f"{_name(each)}: {field.description}", 88, subsequent_indent="    ")
        for each, field in fields.items()
    ]
    return "\n".join([f'"""{operation.summary}', "", *lines, '"""'])


def _parameter(name: str, field: FieldInfo) -> str:
    is_duration = any(getattr(each, "func", None) is expect_duration for each in field.metadata)
    type_ = "str | timedelta" if is_duration else _type(field.annotation)
    if field.is_required():
        return f"{_name(name)}: {type_}"
    return f"{_name(name)}: {type_.removesuffix(' | None')} | None = None"


def _name(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")


def _type(annotation: Any) -> str:
    """Return what Python may give for a parameter."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return " | ".join(dict.fromkeys(map(_type, get_args(annotation))))
    if origin is Literal:
        return "str"
    if origin in (list, tuple):
        return f"Sequence[{_type(get_args(annotation)[0])}]"
    if annotation is AwareDatetime or getattr(annotation, "__name__", "") == "AwareDatetime":
        return "str | datetime"
    plain = {bool: "bool", int: "int", float: "float", type(None): "None"}
    if annotation in plain:
        return plain[annotation]
    return "str" if annotation is str else "Mapping[str, Any]"


def run() -> int:
    """Write or check the file; return an exit code."""
    return generated_files.run("operations", lambda: {FILE: document()}, "openapi")


if __name__ == "__main__":
    sys.exit(run())
