"""The regional settings of a web: every web is at UTC, and writes as its culture does.

Owns what of them clients read to bring dates into the zone of a site.
"""

from __future__ import annotations

from afterlook.runtime import conventions
from afterlook.sharepoint.rest.response_writer import Entity

_ADDRESS = "Web/RegionalSettings"

_UTC = 93
"""The product's number of the zone."""


def render_time_zone() -> Entity:
    """Return the zone of a web."""
    bias = {"Bias": 0, "DaylightBias": 0, "StandardBias": 0}
    information = Entity("SP.TimeZoneInformation", f"{_ADDRESS}/TimeZone/Information", bias)
    members = {
        "Id": _UTC,
        "Description": "(UTC) Coordinated Universal Time",
        "Information": information,
    }
    return Entity("SP.TimeZone", f"{_ADDRESS}/TimeZone", members)


def render_settings(culture: str) -> Entity:
    """Return the settings of a web, which has a culture."""
    written = conventions.find(culture)
    members = {
        "DateSeparator": written.date_separator,
        "DecimalSeparator": written.decimal,
        "FirstDayOfWeek": written.first_day,
        "IsRightToLeft": written.is_right_to_left,
        "LocaleId": written.lcid,
        "ThousandSeparator": written.thousand,
        "Time24": written.has_24_hours,
        "TimeSeparator": written.time_separator,
        "TimeZone": render_time_zone(),
    }
    return Entity("SP.RegionalSettings", _ADDRESS, members)
