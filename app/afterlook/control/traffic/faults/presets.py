"""Faults that are ready-made, as parameters of `fault add`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Preset(NamedTuple):
    """A fault by name: what it stands for, and its parameters."""

    summary: str
    parameters: Mapping[str, object]


PRESETS: Mapping[str, Preset] = {
    "throttled": Preset(
        "Each caller is told to wait three times.",
        {"status": 429, "retry_after": 3, "times": 3},
    ),
    "outage": Preset("Nothing is to be had.", {"status": 503, "retry_after": 30}),
    "flaky": Preset("One call in five fails.", {"status": 502, "probability": 0.2, "seed": 1}),
    "expired": Preset("The next call has a token that is no longer valid.",
                      {"status": 401, "times": 1}),
    "no-mailbox": Preset(
        "A mailbox is not to be had by REST, as in another organisation's own servers.",
        {"status": 404, "code": "MailboxNotEnabledForRESTAPI"},
    ),
    "lost-answer": Preset(
        "The next write is done, and its client does not hear of it.",
        {"status": 504, "after": True, "method": "POST", "times": 1},
    ),
    "resync": Preset("The next sync token is too old.", {"status": 410, "times": 1}),
    "slow": Preset(
        "Calls take long, and some very long.",
        {"delay": "300ms", "distribution": "lognormal", "spread": "700ms", "seed": 1},
    ),
    "dropped": Preset("The next call loses its connection.", {"reset": "before", "times": 1}),
}  # fmt: skip
