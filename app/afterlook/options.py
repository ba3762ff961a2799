"""The options of `afterlook serve`: what can be set, as flags.

Owns how a field of `Settings` becomes an option.
"""

from __future__ import annotations

from functools import cache
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import typer
from typer.core import TyperCommand
from typer.main import get_command

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


_METAVARS: dict[object, str] = {int: "INTEGER", float: "NUMBER", str: "TEXT"}


class SettingsCommand(TyperCommand):
    """A command that takes each setting as an option; `ctx.obj` has what was given, by field.

    The settings are imported when their options are needed, and not before: `afterlook ready` runs
    every few seconds, and must not load them.
    """

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, those of the settings first."""
        return [*_options(), *super().get_params(ctx)]

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        ctx.obj = dict(ctx.params)
        ctx.params.clear()
        return super().invoke(ctx)


@cache
def _options() -> list[Any]:
    """Return an option for each setting that has a flag, as Typer makes them of parameters."""
    from afterlook.settings import NO_FLAG, Settings

    parameters = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_annotate(name, field))
        for name, field in Settings.model_fields.items()
        if name not in NO_FLAG
    ]

    def declare(**_: object) -> None:
        """Stand for the parameters."""

    declare.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    declare.__annotations__ = {one.name: one.annotation for one in parameters}
    declared = typer.Typer(add_completion=False)
    declared.command()(declare)
    return list(get_command(declared).params)


def _annotate(name: str, field: FieldInfo) -> Any:
    # Settings check values themselves, so that a wrong one reads alike from flag and variable.
    is_switch = field.annotation is bool
    flags = (f"--{name.replace('_', '-')}",)
    metavar = None if is_switch else _name_values(field)
    option = typer.Option(*flags, help=_describe(field), metavar=metavar)
    return Annotated[(bool if is_switch else str) | None, option]


def _name_values(field: FieldInfo) -> str:
    """Return what stands for a value in the help text."""
    if get_origin(field.annotation) is Literal:
        return "|".join(get_args(field.annotation))
    return _METAVARS.get(field.annotation, "PATH" if field.annotation != str | None else "TEXT")


def _describe(field: FieldInfo) -> str:
    """Return what a setting does, and its default unless that is nothing."""
    description = field.description or ""
    if not field.default or "(default)" in description:
        return description
    return f"{description.removesuffix('.')} (default: {field.default})."
