"""The users of items in SQL: their numbers, and what these are called.

A mailbox's sites know its owner, the user 1, by name and address, and others as `User n`. Owns
what a column of users is compared and sorted by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, bindparam, case, cast, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from afterlook.store.folding import fold
from afterlook.store.rows import MailboxRow
from afterlook.store.tables import TEXT

MARK = "\x01"
"""Stands before, between and after the texts of several users."""

_OWNER = 1
_OTHER = "user "


class _First(FunctionElement[int]):
    """The first of several numbers between commas, null if there is none."""

    type = BigInteger()
    inherit_cache = True
    name = "first_number"


@compiles(_First)
def _split(element: _First, compiler: SQLCompiler, **kw: Any) -> str:
    return (
        f"CAST(NULLIF(split_part({compiler.process(element.clauses, **kw)}, ',', 2), '') AS BIGINT)"
    )


@compiles(_First, "sqlite")
def _cast(element: _First, compiler: SQLCompiler, **kw: Any) -> str:
    text = compiler.process(element.clauses, **kw)
    # SQLite reads the digits that a text begins with.
    return f"CAST(NULLIF(substr({text}, 2), '') AS INTEGER)"


def owner_parameters(mailbox: MailboxRow) -> Mapping[str, object]:
    """Return the parameters that statements with these columns need."""
    return {"owner_title": fold(mailbox.owner), "owner_mail": fold(mailbox.upn)}


def first(numbers: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the first of the numbers that a column holds."""
    return _First(numbers)


def title(number: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what the user of a number is called, folded."""
    other = literal(_OTHER, TEXT).concat(cast(number, TEXT))
    return case(
        (number == _OWNER, bindparam("owner_title", type_=TEXT)),
        (number.is_not(None), other),
        else_=None,
    )


def mail(number: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the address of the user of a number, folded; null for whoever has none."""
    return case((number == _OWNER, bindparam("owner_mail", type_=TEXT)), else_=None)


def titles(numbers: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what all users of a column are called, each between marks; nothing for nobody."""
    others = func.replace(func.rtrim(numbers, ","), ",", MARK + _OTHER, type_=Text()).concat(MARK)
    owner = literal(MARK, TEXT).concat(bindparam("owner_title", type_=TEXT)).concat(MARK)
    whole = func.replace(others, f"{MARK}{_OTHER}{_OWNER}{MARK}", owner, type_=TEXT)
    return case((numbers == "", ""), else_=whole)


def mails(numbers: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the addresses of all users of a column, each between marks."""
    owner = literal(MARK, TEXT).concat(bindparam("owner_mail", type_=TEXT)).concat(MARK)
    return case((numbers.contains(f",{_OWNER},"), owner), else_="")
