"""How an operation of the control surface is declared.

Owns the shape that all faces are made from. Commands import it at each start: no handler, no store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

CONTROL_ROOT = "/_emulator"
"""Where the console is; no service of Microsoft's had an address below it."""

API = f"{CONTROL_ROOT}/api"


class Parameters(BaseModel):
    """What an operation takes: each field is a JSON member, a query option or a CLI option.

    A field's description is its help, on every face.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class FromFile:
    """Marks a parameter that a command reads from a JSON file named by its argument.

    Where the file `may_be_name`, an argument that names no file is passed on as it is.
    """

    may_be_name: bool = False


Result = dict[str, Any]
"""What an operation answers: a JSON object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something that can be done (POST, the parameters as JSON) or seen (GET, as a query).

    `arguments` are the parameters that its command takes by position; `describe` makes of the
    answer what the command prints for people. One that `is_shared` acts on the store alone, and so
    may be done where several processes serve it. The answer of one that `is_saved` is written to
    the file that the command's last argument names.
    """

    noun: str
    verb: str = ""
    summary: str
    describe: Callable[[Result], str]
    parameters: type[Parameters] = Parameters
    arguments: tuple[str, ...] = ()
    is_view: bool = False
    is_shared: bool = False
    is_saved: bool = False
    has_document: bool = False
    """Whether a parameter is a whole file: as much is read as the settings allow for any body."""

    @property
    def name(self) -> str:
        """What it is called, as in `afterlook clock freeze`."""
        return f"{self.noun} {self.verb}".rstrip()

    @property
    def path(self) -> str:
        """Its address."""
        return f"{API}/{self.noun}/{self.verb}".rstrip("/")

    @property
    def method(self) -> str:
        """The method that it is called with."""
        return "GET" if self.is_view else "POST"
