"""A browser for the tests of what browsers see."""

from tests.support.browser import browser, new_context, page

__all__ = ["browser", "new_context", "page"]
