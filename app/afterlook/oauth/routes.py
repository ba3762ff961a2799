"""Where these routes are: below any tenant, in version 1 and version 2."""

from __future__ import annotations

from afterlook.http.page_routes import PageRoute
from afterlook.oauth import discovery, logout
from afterlook.oauth.authorize import authorize
from afterlook.oauth.devices import begin_device, show_device_page
from afterlook.oauth.rendering import FILES
from afterlook.oauth.responses import endpoint
from afterlook.oauth.token import issue_v1, issue_v2

_TENANT = r"/(?P<tenant>[^/]{1,255})"
_V1, _V2 = rf"{_TENANT}/oauth2", rf"{_TENANT}/oauth2/v2\.0"
_BOTH = rf"{_TENANT}/oauth2(?:/v2\.0)?"
_CONFIGURATION = r"\.well-known/openid-configuration"

ROUTES = [
    FILES.route,
    PageRoute(rf"{_V2}/token", endpoint(issue_v2), ("POST",)),
    PageRoute(rf"{_V1}/token", endpoint(issue_v1), ("POST",)),
    PageRoute(rf"{_BOTH}/authorize", authorize, ("GET", "POST")),
    PageRoute(rf"{_BOTH}/devicecode", endpoint(begin_device), ("POST",)),
    PageRoute(rf"{_BOTH}/deviceauth", show_device_page, ("GET", "POST")),
    PageRoute(rf"{_BOTH}/logout", logout.log_out),
    PageRoute(rf"{_BOTH}/nativeclient", logout.show_nothing),
    PageRoute(rf"{_TENANT}/v2\.0/{_CONFIGURATION}", endpoint(discovery.describe_v2)),
    PageRoute(rf"{_TENANT}/{_CONFIGURATION}", endpoint(discovery.describe_v1)),
    PageRoute(rf"{_TENANT}/discovery/(?:v2\.0/)?keys", endpoint(discovery.list_keys)),
    PageRoute(rf"{_TENANT}/discovery/instance", endpoint(discovery.discover_instance)),
    PageRoute(rf"{_TENANT}/userrealm/(?P<user>[^/]+)", endpoint(discovery.discover_realm)),
]
