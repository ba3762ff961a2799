"""Folded text: lower case that is as long as what was written."""

import pytest

from afterlook.store.folding import fold


@pytest.mark.parametrize("length", [1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_long_texts_in_portions(length: int) -> None:
    """Each character counts for itself, wherever a portion ends."""
    text = ("ÄΣİx" * 50_000)[:length]
    folded = fold(text)
    assert len(folded) == length
    assert folded == "".join(map(fold, text))
