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
from afterlook.odata.batch import MAX_OPERATIONS, Operation, Unit, check_units
from afterlook.odata.batch_json import list_requests, read_operation
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

    def absolute_path(self, path: str) -> str:
        """Return the absolute path of one that counts from the root of the version."""
        if _WITH_VERSION.match(path):
            return f"/{path.removeprefix('/')}"
        return f"{self._service}/{path.removeprefix('/')}"

    def is_own(self, scope: Scope) -> bool:
        """Tell whether a request is to Graph."""
        return is_below_graph(scope)

    def render_error(self, error: ServiceError, scope: Scope) -> ODataResponse:
        """Answer an error in the form of the face that was asked."""
        return error_response(error, scope)

    async def caller(self, operation: Operation) -> Caller:
        """Return whom a request is made for; for an app on its own, each names somebody.

        Raises `Unauthorized`, `AccessDenied`, `DelegationRequired`, `ResourceNotFound`, and what
        reading its address does.
        """
        caller = await Subrequests.caller(self, operation)
        if not caller.is_app:
            return caller
        path, _ = self.target(operation.url)
        segments = odata_path.parse(path, VOCABULARY.actions)[1:]
        user = odata_path.canonical(segments, VOCABULARY).split("/")[1]
        authorization = self.batch.headers.get("authorization")
        return await address_app(self.batch, caller, authorization, user)


def read(body: Mapping[str, object]) -> Sequence[Unit]:
    """Read a batch, in the order in which its requests are carried out.

    Raises `BodyNotReadable`, `TooManyRequests`.
    """
    requests = list_requests(body)
    if len(requests) > MAX_OPERATIONS:
        raise TooManyRequests(most=MAX_OPERATIONS)
    if any(isinstance(one, dict) and one.get("atomicityGroup") for one in requests):
        raise BodyNotReadable(reason="a request has an 'atomicityGroup', which Graph does not know")
    operations = [read_operation(one, media_type=None) for one in requests]
    _expect_different_ids(operations)
    return check_units([Unit((one,)) for one in _in_order(operations)])


def _expect_different_ids(operations: Sequence[Operation]) -> None:
    names: set[str] = set()
    for operation in operations:
        name = (operation.id or "").casefold()
        if name in names:
            raise BodyNotReadable(reason=f"more than one request has the id '{operation.id}'")
        names.add(name)


def _in_order(operations: Sequence[Operation]) -> list[Operation]:
    """Return requests after those that they depend on, and else as they stand.

    Raises `BodyNotReadable` for those that wait for each other, or for one that is not there.
    """
    waiting, done = list(operations), []
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
