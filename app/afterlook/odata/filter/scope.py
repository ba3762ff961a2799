"""What a filter may speak of: the entities' type, and the few things only a request knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from afterlook.odata.edm import EntityType
from afterlook.runtime.instants import Instant


@dataclass(frozen=True)
class FilterScope:
    """The entities, and how a request reads text.

    `moment` reads a date and time, in the caller's zone unless the text has an offset, and raises
    a `BadRequest` for what is none; one outside the years 1 to 9999 is one. `constants` are
    properties that are the same for every entity. `readers` bring text to the form in which a
    type, by its `stored`, is kept; they raise alike.
    """

    entity: EntityType
    moment: Callable[[str], Instant]
    now: Instant
    constants: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
