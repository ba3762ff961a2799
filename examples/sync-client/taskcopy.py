"""Keep a copy of somebody's Outlook tasks, by the Outlook Task REST API.

A program as people wrote it: it knows the service, and nothing of the server that stands in for it
in the tests.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TRIES = 8


class ServiceBusyError(Exception):
    """The service was busy for too long."""


class TaskCopy:
    """The tasks of the folder "Tasks", by their Ids.

    `api` is what the service's address ends with `/me`; `login` returns an access token, which is
    asked for when there is none yet, or the service refuses the old one.
    """

    def __init__(
        self,
        api: str,
        login: Callable[[], str],
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.tasks: dict[str, dict[str, Any]] = {}
        self.rounds_from_scratch = 0
        self._first = f"{api}/taskfolders('tasks')/tasks"
        self._link: str | None = None
        self._login = login
        self._token: str | None = None
        self._sleep = sleep

    def refresh(self) -> None:
        """Bring the copy to what the service has. Raises `ServiceBusyError`, `HTTPError`."""
        try:
            self._apply_changes()
        except HTTPError as error:
            if error.code != 410:
                raise
            # The service has forgotten what has changed since: all over again.
            self._link = None
            self._apply_changes()

    def _apply_changes(self) -> None:
        changed = self.tasks
        if self._link is None:
            self.rounds_from_scratch += 1
            changed = {}
        for entry in self._read_changes():
            if entry.get("reason") == "deleted":
                changed.pop(_id_of(entry["id"]), None)
            else:
                changed[entry["Id"]] = entry
        self.tasks = changed

    def _read_changes(self) -> Iterator[dict[str, Any]]:
        """Yield what has changed; remember where to go on only when all of it has been read."""
        link, is_first = self._link or self._first, self._link is None
        while True:
            page = self._get(link)
            yield from page["value"]
            if "@odata.nextLink" in page:
                link = page["@odata.nextLink"]
                continue
            link = page["@odata.deltaLink"]
            # The first page of all has a deltaLink, too: what follows it is the rest.
            if not is_first:
                break
            is_first = False
        self._link = link

    def _get(self, url: str) -> Any:
        is_new_token = False
        for _ in range(TRIES):
            if self._token is None:
                self._token, is_new_token = self._login(), True
            headers = {
                "Authorization": f"Bearer {self._token}",
                "Prefer": "odata.track-changes, odata.maxpagesize=20",
            }
            try:
                with urlopen(Request(url, headers=headers), timeout=30) as answer:
                    return json.load(answer)
            except HTTPError as error:
                with error:
                    if error.code == 401 and not is_new_token:
                        self._token = None
                    elif error.code in (429, 503):
                        self._sleep(float(error.headers.get("Retry-After", 1)))
                    else:
                        raise
        raise ServiceBusyError(url)


def _id_of(tombstone: str) -> str:
    """Return the Id of a task out of `Tasks('…')`."""
    return tombstone.partition("('")[2].removesuffix("')")
