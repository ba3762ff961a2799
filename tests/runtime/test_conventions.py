"""How cultures write, as the regional settings of a web tell it."""

import pytest
from babel import localedata

from afterlook.runtime import conventions, cultures
from afterlook.runtime.conventions import Conventions


def test_as_it_was() -> None:
    """What every web had before there was another culture."""
    assert conventions.find("en-US") == Conventions(1033, "/", ":", ".", ",", 0, False, False)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("de-DE", Conventions(1031, ".", ":", ",", ".", 1, False, True)),
        ("ar-SA", Conventions(1025, "/", ":", ".", ",", 0, True, False)),
        ("da-DK", Conventions(1030, ".", ".", ",", ".", 1, False, True)),
        ("ko-KR", Conventions(1042, ".", ":", ".", ",", 0, False, False)),
        ("sr-Latn-RS", Conventions(0x1000, ".", ":", ",", ".", 1, False, True)),
    ],
)
def test_others(name: str, wanted: Conventions) -> None:
    assert conventions.find(name) == wanted


def test_every_culture() -> None:
    """Whatever a server can be started with has conventions that make sense."""
    for identifier in sorted(localedata.locale_identifiers())[::5]:
        name = identifier.replace("_", "-")
        if not cultures.is_known(name):
            continue
        found = conventions.find(name)
        assert 0 <= found.first_day <= 6
        assert found.date_separator
        assert found.time_separator
        assert found.decimal
