"""Batches as Graph has them: docs/reference/graph.md §12.

Owns what it takes otherwise than the Outlook wire, which reads and executes them: their order is
that of `dependsOn` alone, failures stop nothing else, and there are no groups.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from afterlook.errors import BodyNotReadable, TooManyRequests
from afterlook.graph.addresses import VOCABULARY
from afterlook.graph.dependencies import address_app
from afterlook.graph.errors import error_response
from afterlook.http.addresses import GRAPH_VERSIONS
from afterlook.http.paths import is_below_graph
from afterlook.odata import path as odata_path
from afterlook.odata.batch import MAX_SUBREQUESTS, Subrequest, Unit, check_units
from afterlook.odata.batch_json import list_requests, read_subrequest
from afterlook.outlook.batch.subrequests import Subrequests

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.auth.mailboxes import Caller
    from afterlook.errors import ServiceError
    from afterlook.outlook.responses import ODataResponse

_WITH_VERSION = re.compile(
    rf"/?(?:{'|'.join(map(re.escape, GRAPH_VERSIONS))})(?=/|$)", re.IGNORECASE
)


class GraphSubrequests(Subrequests):
    """The requests of a batch of Graph, which may call both of its faces, and no other wire."""

    def make_absolute(self, path: str) -> str:
        """Return the absolute path of one that counts from the root of the version."""
        if _WITH_VERSION.match(path):
            return f"/{path.removeprefix('/')}"
        return f"{self._service}/{path.removeprefix('/')}"

    def is_own(self, scope: Scope) -> bool:
        """Tell whether a request is to Graph."""
        return is_below_graph(scope)

    def render_error(self, error: ServiceError, scope: Scope) -> ODataResponse:
        """Render an error in the form of the face that was asked."""
        return error_response(error, scope)

    async def find_caller(self, subrequest: Subrequest) -> Caller:
        """Return whom a request is made for; for an app on its own, each names somebody.

        Raises `Unauthorized`, `AccessDenied`, `DelegationRequired`, `ResourceNotFound`, and what
        reading its address does.
        """
        caller = await Subrequests.find_caller(self, subrequest)
        if not caller.is_app:
            return caller
        path, _ = self.find_target(subrequest.url)
        segments = odata_path.parse(path, VOCABULARY.actions)[1:]
        user = odata_path.write_canonical(segments, VOCABULARY).split("/")[1]
        authorization = self.batch.headers.get("authorization")
        return await address_app(self.batch, caller, authorization, user)


def read(body: Mapping[str, object]) -> Sequence[Unit]:
    """Read a batch, in the order in which its requests are carried out.

    Raises `BodyNotReadable`, `TooManyRequests`.
    """
    requests = list_requests(body)
    if len(requests) > MAX_SUBREQUESTS:
        raise TooManyRequests(most=MAX_SUBREQUESTS)
    if any(isinstance(one, dict) and one.get("atomicityGroup") for one in requests):
        raise BodyNotReadable(reason="a request has an 'atomicityGroup', which Graph does not know")
    subrequests = [read_subrequest(one, media_type=None) for one in requests]
    _expect_different_ids(subrequests)
    return check_units([Unit((one,)) for one in _sort(subrequests)])


def _expect_different_ids(subrequests: Sequence[Subrequest]) -> None:
    names: set[str] = set()
    for subrequest in subrequests:
        name = (subrequest.id or "").casefold()
        if name in names:
            raise BodyNotReadable(reason=f"more than one request has the id '{subrequest.id}'")
        names.add(name)


def _sort(subrequests: Sequence[Subrequest]) -> list[Subrequest]:
    """Return requests after those that they depend on, and else as they stand.

    Raises `BodyNotReadable` for those that wait for each other, or for one that is not there.
    """
    waiting, done = list(subrequests), []
    names: set[str | None] = set()
    while waiting:
        ready = next((one for one in waiting if names.issuperset(one.depends_on)), None)
        if ready is None:
            reason = f"the request '{waiting[0].id}' depends on one that cannot come before it"
            raise BodyNotReadable(reason=reason)
        waiting.remove(ready)
        done.append(ready)
        names.add(ready.id)
    return done
