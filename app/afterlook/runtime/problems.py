"""What pydantic finds wrong with a value, in words for whoever wrote that value.

Owns the words that are the same for settings and seeds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WANTED = {
    "model_type": "an object",
    "dict_type": "an object",
    "list_type": "a list",
    "string_type": "a string",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_parsing": "a valid number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}
"""What is expected, by the type of the error that pydantic makes of anything else."""


def reason_of(problem: ErrorDetails) -> str:
    """Return why a value is refused, such as "it must be a whole number"."""
    wanted = _WANTED.get(problem["type"])
    if wanted is not None:
        return f"it must be {wanted}"
    reason = problem["msg"].removeprefix("Value error, ")
    return reason.replace("Input should be", "it must be", 1)
