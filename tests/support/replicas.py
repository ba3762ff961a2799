"""Replicas of a collection, kept as a client keeps them: by following the links of sync answers."""

from typing import Any

import httpx2

from tests.support.wire import Mailbox

Json = dict[str, Any]

TRACK = "odata.track-changes"
_MAX_PAGES = 10_000


def track(*further: object) -> str:
    """Return the preference for a synchronisation, with `further` ones behind it."""
    return ", ".join([TRACK, *map(str, further)])


def sized(size: int) -> str:
    """Return the preferences for a synchronisation in pages of a size."""
    return track(f"odata.maxpagesize={size}")


def content(response: httpx2.Response) -> Json:
    """Return what a request was answered with, which must have succeeded."""
    assert response.status_code == 200, response.text
    return dict(response.json())


def delta_link(response: httpx2.Response) -> str:
    """Return the deltaLink of an answer; it has no other link."""
    page = content(response)
    assert "@odata.nextLink" not in page
    return str(page["@odata.deltaLink"])


def next_link(response: httpx2.Response) -> str:
    """Return the nextLink of an answer; it has no other link."""
    page = content(response)
    assert "@odata.deltaLink" not in page
    return str(page["@odata.nextLink"])


def token(link: str) -> str:
    """Return the token of a link."""
    return link.rpartition("=")[2]


def is_tombstone(entity: Json) -> bool:
    """Tell a deleted entity from a living one."""
    return "reason" in entity


def dead(entity: Json) -> str:
    """Return the Id of a deleted entity."""
    assert entity["reason"] == "deleted"
    return str(entity["id"]).partition("('")[2].removesuffix("')")


def page_ids(page: Json) -> list[str]:
    """Return the Ids of a page: of the living and of the dead."""
    return [dead(one) if is_tombstone(one) else one["Id"] for one in page["value"]]


class Replica:
    """A copy of a collection, brought up to date a round at a time.

    `held` are its entities by Id; `link` is where the next round begins.
    """

    def __init__(self, me: Mailbox, address: str, size: int = 3) -> None:
        self.me = me
        self.address = address
        self.size = size
        self.held: dict[str, Json] = {}
        self.link: str | None = None

    def sync(self) -> list[Json]:
        """Go one round to its end; return its pages."""
        pages = []
        following = self.link
        if following is None:
            first = self.me.get(self.address, Prefer=sized(self.size))
            pages.append(self._take(first))
            following = delta_link(first)
        while len(pages) < _MAX_PAGES:
            response = self.me.get(following, Prefer=sized(self.size))
            page = self._take(response)
            pages.append(page)
            following = page.get("@odata.nextLink") or delta_link(response)
            if "@odata.deltaLink" in page:
                self.link = following
                return pages
        message = "the round never ends"
        raise AssertionError(message)

    def news(self) -> list[str]:
        """Go one round; return the Ids it was about."""
        return [id_ for page in self.sync() for id_ in page_ids(page)]

    def _take(self, response: httpx2.Response) -> Json:
        page = content(response)
        assert len(page["value"]) <= self.size
        for entity in page["value"]:
            if is_tombstone(entity):
                self.held.pop(dead(entity), None)
            else:
                self.held[entity["Id"]] = entity
        return page
