"""What the filters of these tests speak of: tasks, in UTC, at an instant that stands still."""

from afterlook.mailbox import dates
from afterlook.mailbox.timezones import UTC
from afterlook.odata.edm import EntityType
from afterlook.odata.filter import parser
from afterlook.odata.filter.scope import FilterScope
from afterlook.odata.filter.tree import Expression
from afterlook.outlook.edm import TASK
from afterlook.runtime.instants import Instant

NOW = Instant(636_000_000_000_000_000)
OWNER = "Ada O'Neil"


def scope(entity: EntityType = TASK) -> FilterScope:
    """Return what a filter on entities of a type may speak of."""
    return FilterScope(entity, lambda text: dates.parse_instant(text, UTC), NOW, {"Owner": OWNER})


def parse(text: str, entity: EntityType = TASK) -> Expression:
    """Read a filter on entities of a type."""
    return parser.parse(text, scope(entity))


def written(text: str) -> str:
    """Return a filter as its typed expression writes it."""
    return str(parse(text))
