"""What clients ask before anybody signs in: where the endpoints are, and by which key tokens are
signed (OpenID Connect Discovery 1.0, RFC 7517).

Owns the addresses that it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from afterlook.auth.refusals import RequestMalformed, TenantNotFound
from afterlook.auth.signing_keys import ALGORITHM
from afterlook.oauth.parameters import read_query
from afterlook.oauth.responses import json_response
from afterlook.oauth.tenants import issuer, own_origin, read_tenant, tenant_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_CLAIMS = [
    "aud",
    "exp",
    "iat",
    "iss",
    "name",
    "nbf",
    "nonce",
    "oid",
    "preferred_username",
    "sub",
    "tid",
    "upn",
    "ver",
]
_GRANTS = [
    "authorization_code",
    "refresh_token",
    "password",
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:device_code",
]


async def describe_v2(request: Request) -> Response:
    """Answer with the endpoints of version 2."""
    tenant = tenant_of(request)
    base = f"{own_origin(request)}/{tenant}"
    specific = {
        "issuer": issuer(request, tenant),
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
        "jwks_uri": f"{base}/discovery/v2.0/keys",
    }
    return json_response(specific | _shared(request))


async def describe_v1(request: Request) -> Response:
    """Answer with the endpoints of version 1."""
    tenant = tenant_of(request)
    base = f"{own_origin(request)}/{tenant}"
    specific = {
        "issuer": issuer(request, tenant).removesuffix("v2.0"),
        "authorization_endpoint": f"{base}/oauth2/authorize",
        "token_endpoint": f"{base}/oauth2/token",
        "device_authorization_endpoint": f"{base}/oauth2/devicecode",
        "end_session_endpoint": f"{base}/oauth2/logout",
        "jwks_uri": f"{base}/discovery/keys",
    }
    return json_response(specific | _shared(request))


async def list_keys(request: Request) -> Response:
    """Answer with the key that tokens are signed by."""
    tenant_of(request)
    key = await request.app.state.signing_keys.get_current()
    return json_response(
        {"keys": [key.write_jwk()]}, headers={"Cache-Control": "private, max-age=3600"}
    )


async def discover_instance(request: Request) -> Response:
    """Answer that this host is the one to ask about a tenant of its own."""
    asked = read_query(request).get("authorization_endpoint", "")
    try:
        path = urlsplit(asked).path
        tenant = read_tenant(path.strip("/").partition("/")[0])
    except (ValueError, TenantNotFound) as error:
        reason = "The parameter 'authorization_endpoint' names no tenant."
        raise RequestMalformed(reason=reason) from error
    own = own_origin(request)
    host = own.partition("://")[2]
    network = {"preferred_network": host, "preferred_cache": host, "aliases": [host]}
    content = {
        "tenant_discovery_endpoint": f"{own}/{tenant}/v2.0/.well-known/openid-configuration",
        "api-version": "1.1",
        "metadata": [network],
    }
    return json_response(content)


async def discover_realm(request: Request) -> Response:
    """Answer of any user that their password is checked here, and nowhere else."""
    user = str(request.path_params["user"])[:320]
    content = {
        "ver": "1.0",
        "account_type": "Managed",
        "domain_name": user.rpartition("@")[2],
        "cloud_instance_name": "microsoftonline.com",
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    }
    return json_response(content)


def _shared(request: Request) -> dict[str, object]:
    return {
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "grant_types_supported": _GRANTS,
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": [
            "client_secret_post",
            "client_secret_basic",
            "private_key_jwt",
            "none",
        ],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": _CLAIMS,
        "tenant_region_scope": None,
        "cloud_instance_name": own_origin(request).partition("://")[2],
    }
