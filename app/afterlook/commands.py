"""The commands of the control surface, made from its operations.

Owns how an operation becomes a command, and what a command prints. They are made when one is
called for: `afterlook ready` runs every few seconds, and must not load them.
"""

from __future__ import annotations

import json
from functools import cache
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, get_args, get_origin

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from afterlook.control.operation import FromFile, Operation

_URL = Annotated[
    str | None,
    typer.Option(
        "--url",
        envvar="AFTERLOOK_URL",
        help="Base URL of the server (default: http://127.0.0.1:8025).",
    ),
]
_JSON = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
_FILE = Annotated[Path, typer.Argument(metavar="FILE", help="File to write.")]


class Commands(TyperGroup):
    """The command line: its own commands, and those of the control surface."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        own = super().list_commands(ctx)
        return [*own, *(name for name in _made() if name not in own)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of a name, if there is one."""
        return super().get_command(ctx, cmd_name) or _made().get(cmd_name)


_ALONE = "list"
"""The verb of what a noun does without one, where it has others."""

_WITHOUT_VERB = " Without a verb it does what {1} does: `afterlook {0} {1} --help`."

_TAKES_DASHES = {"ignore_unknown_options": True}
"""An argument may begin with a dash: `clock advance -1h`, `journal -status:2xx`."""


class _Noun(TyperGroup):
    """The commands of a noun; without a verb it does what it does alone, if anything."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the verb that was left out."""
        has_verb = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if has_verb else [_ALONE, *args])


@cache
def _made() -> Mapping[str, Any]:
    """Return the commands of the control surface by their names."""
    from afterlook.control.operations import NOUNS, OPERATIONS

    groups: dict[str, typer.Typer] = {}
    made: dict[str, Any] = {}
    nouns = {operation.noun for operation in OPERATIONS if operation.verb}
    alone_too = {operation.noun for operation in OPERATIONS if not operation.verb} & nouns
    for operation in OPERATIONS:
        noun = operation.noun
        if noun in nouns:
            cls = _Noun if noun in alone_too else TyperGroup
            group = groups.setdefault(noun, _new(no_args_is_help=noun not in alone_too, cls=cls))
            settings = _TAKES_DASHES if operation.arguments else None
            group.command(operation.verb or _ALONE, context_settings=settings)(_declare(operation))
        else:
            alone = _new()
            alone.command(operation.noun)(_declare(operation))
            made[operation.noun] = get_command(alone)
    for noun, group in groups.items():
        without = _WITHOUT_VERB.format(noun, _ALONE) if noun in alone_too else ""
        # A callback makes a group of what has one command, too.
        group.callback(help=NOUNS[noun] + without)(_nothing)
        made[noun] = get_command(group)
    for noun, command in made.items():
        command.name = noun
    return dict(sorted(made.items()))


def _new(**options: Any) -> typer.Typer:
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, **options)


def _nothing() -> None: ...


def _declare(operation: Operation) -> Any:
    """Return a function that Typer makes the command of."""

    def run(**given: Any) -> None:
        _run(operation, given)

    fields = operation.parameters.model_fields
    arguments = [_parameter(name, fields[name], is_argument=True) for name in operation.arguments]
    if operation.is_saved:
        arguments.append(_keyword("file", _FILE))
    options = [
        _parameter(name, field, is_argument=False)
        for name, field in fields.items()
        if name not in operation.arguments
    ]
    common = [_keyword("url", _URL, default=None), _keyword("as_json", _JSON, default=False)]
    declared = [*arguments, *options, *common]
    run.__doc__ = operation.summary
    run.__signature__ = Signature(declared)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in declared}
    return run


def _keyword(name: str, annotation: Any, default: object = Parameter.empty) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _parameter(name: str, field: FieldInfo, *, is_argument: bool) -> Parameter:
    required = field.is_required()
    type_ = _plain(field.annotation)
    if is_argument:
        declared: Any = typer.Argument(
            metavar=_metavar(name, field), help=field.description, show_default=False
        )
    else:
        flag = f"--{name.replace('_', '-')}"
        declared = typer.Option(flag, help=field.description, show_default=False)
    annotation = Annotated[type_ if required else type_ | None, declared]  # type: ignore[valid-type]
    return _keyword(name, annotation, Parameter.empty if required else None)


def _plain(annotation: Any) -> Any:
    """Return the type that Typer reads; what else there is to a value the server checks.

    So what is wrong reads alike from all faces.
    """
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    return annotation if annotation in (bool, int, float) else _first_plain(annotation)


def _first_plain(annotation: Any) -> Any:
    plain = [each for each in get_args(annotation) if each in (bool, int, float)]
    return plain[0] if plain and str not in get_args(annotation) else str


def _metavar(name: str, field: FieldInfo) -> str:
    source = _source(field)
    if source is None:
        return name.upper()
    return "NAME|FILE" if source.may_be_name else "FILE"


def _source(field: FieldInfo) -> FromFile | None:
    from afterlook.control.operation import FromFile

    return next((each for each in field.metadata if isinstance(each, FromFile)), None)


def _run(operation: Operation, given: dict[str, Any]) -> None:
    from afterlook.testing.control import Control, ControlFailedError

    url, as_json, file = given.pop("url"), given.pop("as_json"), given.pop("file", None)
    for name, field in operation.parameters.model_fields.items():
        source = _source(field)
        if source is not None and given.get(name) is not None:
            given[name] = _read_document(given[name], source)
    try:
        result = Control(url).call(operation.method, operation.path, given)
    except ControlFailedError as error:
        fail(str(error))
    if file is not None:
        _save(file, result)
    typer.echo(json.dumps(result) if as_json and file is None else operation.describe(result))


def _read_document(argument: str, source: FromFile) -> object:
    path = Path(argument)
    if source.may_be_name and not path.is_file():
        return argument
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}")
    except ValueError as error:
        fail(f"{path} is not valid JSON: {error}")


def _save(file: Path, result: dict[str, Any]) -> None:
    from afterlook.runtime.files import write_atomically

    try:
        write_atomically(file, json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        fail(f"cannot write {file}: {error.strerror}")


def fail(message: str) -> NoReturn:
    """End with one sentence, and exit code 1."""
    typer.echo(f"afterlook: {message}", err=True)
    raise typer.Exit(1)
