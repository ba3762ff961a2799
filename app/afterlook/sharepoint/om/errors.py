"""Errors of methods whose results have no room for one: further leaves of `csom.errors`' tree.

QueryError
├── ArgumentMissing   -2147467261  an object is needed, and null is given
├── OutOfRange        -2146233086  a value that there is not
└── ItemGone          -2130575338  the task is not there
"""

from __future__ import annotations

from afterlook.csom.errors import QueryError


class ArgumentMissing(QueryError):
    """`name`: the parameter that is null."""

    code = "-2147467261"
    type_name = "System.ArgumentNullException"
    template = "Value cannot be null.\r\nParameter name: {name}"


class OutOfRange(QueryError):
    """`name`: the parameter or property whose value there is not."""

    code = "-2146233086"
    type_name = "System.ArgumentOutOfRangeException"
    template = "Specified argument was out of the range of valid values.\r\nParameter name: {name}"


class ItemGone(QueryError):
    """There is no such task in the list."""

    code = "-2130575338"
    type_name = "Microsoft.SharePoint.SPException"
    template = "Item does not exist. It may have been deleted by another user."
