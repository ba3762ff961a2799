"""Folding text, so that comparing it without case is the same on both engines.

Neither SQLite nor every PostgreSQL can lower more than ASCII. Folded text is kept beside what was
written; folding keeps its length, so that positions and lengths mean the same in both.
"""

from __future__ import annotations

_SIGMAS = {0x03A3: 0x03C3, 0x03C2: 0x03C3}
"""What a sigma becomes must not depend on where it stands: a part of a text would not match."""


_PORTION = 64 * 1024


def fold(text: str) -> str:
    """Return text in lower case, character by character, as long as it was."""
    if text.isascii():
        return text.lower()
    if len(text) > _PORTION:
        # In portions, for other threads to have their turn: each character counts for itself.
        starts = range(0, len(text), _PORTION)
        return "".join(fold(text[start : start + _PORTION]) for start in starts)
    text = text.translate(_SIGMAS)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def fold_or_none(text: str | None) -> str | None:
    """Return folded text, or None for none."""
    return None if text is None else fold(text)
