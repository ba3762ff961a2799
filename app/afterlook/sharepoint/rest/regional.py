"""The regional settings of a web: every web is at UTC, its dates in the order of the culture.

Owns what of them clients read to bring dates into the zone of a site. Must not know a date.
"""

from __future__ import annotations

from afterlook.sharepoint.rest.replies import Entity

_ADDRESS = "Web/RegionalSettings"

_UTC = 93
"""The product's number of the zone."""


def time_zone() -> Entity:
    """Return the zone of a web."""
    bias = {"Bias": 0, "DaylightBias": 0, "StandardBias": 0}
    information = Entity("SP.TimeZoneInformation", f"{_ADDRESS}/TimeZone/Information", bias)
    members = {
        "Id": _UTC,
        "Description": "(UTC) Coordinated Universal Time",
        "Information": information,
    }
    return Entity("SP.TimeZone", f"{_ADDRESS}/TimeZone", members)


def settings() -> Entity:
    """Return the settings of a web."""
    members = {
        "DateSeparator": "/",
        "DecimalSeparator": ".",
        "FirstDayOfWeek": 0,
        "IsRightToLeft": False,
        "LocaleId": 1033,
        "ThousandSeparator": ",",
        "Time24": False,
        "TimeSeparator": ":",
        "TimeZone": time_zone(),
    }
    return Entity("SP.RegionalSettings", _ADDRESS, members)
