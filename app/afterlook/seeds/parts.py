"""What the parts of a seed have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal


class Part(BaseModel):
    """A part of a seed: members are spelt as on the wire, and others are refused."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")
