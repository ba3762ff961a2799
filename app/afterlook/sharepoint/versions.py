"""Which product this is taken for."""

from __future__ import annotations

SCHEMA_VERSION = "15.0.0.0"

LIBRARY_VERSION = "15.0.4420.1017"
"""The first release of SharePoint 2013."""
