"""What scripts find in a page, as JSON: `_spPageContextInfo`, settings, projects.

Owns its members; those that come from the protocol have the protocol's names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.alias_generators import to_pascal

from afterlook.auth import form_digest
from afterlook.runtime.instants import TICKS_PER_SECOND, UNIX_EPOCH_TICKS, Instant, to_datetime
from afterlook.web.texts import TEXTS
from afterlook.web.view_contents import MAX_TASKS, PAGE_SIZE, Facts
from afterlook.web.visits import Visit
from afterlook.workmanagement.locations import Location
from afterlook.workmanagement.settings import PersistedProperties, UserSettings

MAX_LOCATIONS = 500
"""Projects that a page names; the script reads the others."""

_TICKS_PER_MILLISECOND = TICKS_PER_SECOND // 1000
_CULTURE = "en-US"


def page_data(visit: Visit, facts: Facts, view: str, **own: object) -> dict[str, Any]:
    """Return what the scripts of a page begin with; `own` is what only that page has."""
    return {
        "context": context_info(visit),
        "view": view,
        "mailbox": {"slug": visit.slug, "owner": visit.mailbox.owner, "upn": visit.mailbox.upn},
        "now": _milliseconds(visit.now),
        "pageSize": PAGE_SIZE,
        "maxTasks": MAX_TASKS,
        "settings": members_of(facts.settings),
        "persisted": members_of(facts.persisted),
        "locations": location_members(facts.locations.values()),
        **own,
    }


def context_info(visit: Visit) -> dict[str, Any]:
    """Return `_spPageContextInfo`, as far as programs read it.

    `serverTime` is that of the server's clock; `clientServerTimeDelta` a script makes of it.
    """
    return {
        "webServerRelativeUrl": visit.web,
        "webAbsoluteUrl": f"{visit.origin}{visit.web}",
        "siteServerRelativeUrl": visit.web,
        "siteAbsoluteUrl": f"{visit.origin}{visit.web}",
        "layoutsUrl": "_layouts/15",
        "webTitle": TEXTS["app"],
        "webLanguage": 1033,
        "currentLanguage": 1033,
        "currentUICultureName": _CULTURE,
        "currentCultureName": _CULTURE,
        "userId": 1,
        "userLoginName": visit.mailbox.upn,
        "userDisplayName": visit.mailbox.owner,
        "serverTime": to_datetime(visit.now).isoformat(timespec="milliseconds"),
        "formDigestValue": form_digest.write_digest(visit.mailbox, visit.now),
        "formDigestTimeoutSeconds": form_digest.LIFETIME,
    }


def members_of(properties: UserSettings | PersistedProperties) -> Mapping[str, object]:
    """Return properties by the names that the protocol has for them ([MS-WMCSOM] 3.1.5)."""
    return {to_pascal(name): value for name, value in vars(properties).items()}


def location_members(locations: Iterable[Location]) -> list[Mapping[str, object]]:
    """Return projects as Location has them: the important ones first, no more than a page names."""
    ordered = sorted(locations, key=lambda one: not one.important)
    return [
        {
            "Id": one.row.id,
            "Name": one.row.name,
            "ParentId": one.row.parent,
            "Color": one.row.color,
            "Important": one.important,
        }
        for one in ordered[:MAX_LOCATIONS]
    ]


def _milliseconds(instant: Instant) -> int:
    """Return an instant as scripts count time."""
    return (instant - UNIX_EPOCH_TICKS) // _TICKS_PER_MILLISECOND
