"""`GraphRequest`: what every route of this wire needs of a request.

Owns context URLs and headers where Graph's differ from the Outlook API's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from afterlook.errors import PropertyNotFilterable
from afterlook.graph import filters
from afterlook.outlook.request import OutlookRequest

if TYPE_CHECKING:
    from collections.abc import Collection

    from afterlook.odata.edm import EntityType
    from afterlook.odata.filter.tree import Expression
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.render import View

DIAGNOSTIC = (
    '{"ServerInfo":{"DataCenter":"Afterlook","Slice":"E","Ring":"0","ScaleUnit":"000",'
    '"RoleInstance":"afterlook"}}'
)
"""The value of `x-ms-ags-diagnostic`, which some clients log (docs/reference/graph.md §1)."""


@dataclass(slots=True)
class GraphRequest(OutlookRequest):
    """A request to Graph; `user` is how context URLs name whose mailbox it is."""

    service: ClassVar[str] = ""

    def context(self, path: str, view: View | None = None) -> str:
        """Return the context URL of a collection, `path` naming it below the user."""
        selected = f"({','.join(view.select)})" if view is not None and view.select else ""
        return f"{self.root}/$metadata#{self.user}/{path}{selected}"

    def headers(self, **further: str) -> dict[str, str]:
        """Return the headers that tell which preferences were applied, and `further` ones."""
        # Python 3.11 has no zero-argument `super` in a dataclass with slots.
        return {
            "x-ms-ags-diagnostic": DIAGNOSTIC,
            **OutlookRequest.headers(self, **further),
        }

    def read_filter(self, options: QueryOptions, entity_type: EntityType) -> Expression | None:
        """Read `$filter` as Graph does; see `filters.adapt`. Raises as the Outlook wire's."""
        try:
            expression = OutlookRequest.read_filter(self, options, entity_type)
        except PropertyNotFilterable:
            filters.expect_no_enumeration(options.filter or "")
            raise
        if expression is None:
            return None
        return filters.adapt(expression, entity_type, self.ids, self.quirks)

    @property
    def quirks(self) -> Collection[str]:
        """Which quirks of the service are on (`quirks.py`)."""
        quirks: Collection[str] = self.http.app.state.quirks
        return quirks
