"""Tenants in addresses: a GUID, a domain, or one of three words.

Owns which tenant each means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from afterlook.auth.refusals import TenantNotFound
from afterlook.http.addresses import origin
from afterlook.mailbox.identities import HOME_TENANT

if TYPE_CHECKING:
    from starlette.requests import Request

ANY = frozenset({"common", "organizations", "consumers"})
"""Words for a tenant that is known only when somebody has signed in."""

MAX_TENANT = 255

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DOMAIN = re.compile(r"(?=.*[a-z])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.ASCII)


def read_tenant(name: str) -> str:
    """Return a tenant as it stands in addresses, in lower case. Raises `TenantNotFound`."""
    tenant = name.lower()
    if len(tenant) <= MAX_TENANT and (
        tenant in ANY or _GUID.fullmatch(tenant) or _DOMAIN.fullmatch(tenant)
    ):
        return tenant
    raise TenantNotFound(name=name[:80])


def tenant_of(request: Request) -> str:
    """Return the tenant that a request is sent to. Raises `TenantNotFound`."""
    return read_tenant(str(request.path_params["tenant"]))


def guid_of(tenant: str) -> str:
    """Return the GUID in whose stead a tenant's name stands, or nothing where it is any.

    All domains are one tenant: that of users whose tokens name none.
    """
    if tenant in ANY:
        return ""
    return str(UUID(tenant)) if _GUID.fullmatch(tenant) else HOME_TENANT


def own_origin(request: Request) -> str:
    """Return scheme and host by which this server was asked."""
    return origin(request.scope, request.headers.get("host"))


def issuer(request: Request, tenant: str, user_tenant: str = "{tenantid}") -> str:
    """Return who issues ID tokens of version 2 to users of a tenant."""
    return f"{own_origin(request)}/{guid_of(tenant) or user_tenant}/v2.0"
