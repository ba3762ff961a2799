"""What a client finds in the environment: which server it calls, and by which token it may.

The server's own settings are read by `settings` alone.
"""

from __future__ import annotations

import os


def read_url() -> str | None:
    """Return the base URL of the server to call, if one is named."""
    return os.environ.get("AFTERLOOK_URL") or None


def read_admin_token() -> str | None:
    """Return the token that the server's control surface asks for, if one is named."""
    return os.environ.get("AFTERLOOK_ADMIN_TOKEN") or None
