"""Where the page's routes are."""

from __future__ import annotations

from afterlook.assets.pages import SHARED
from afterlook.http.page_routes import PageRoute
from afterlook.web.forms import show_task
from afterlook.web.library import routes as library
from afterlook.web.lists import show_view
from afterlook.web.mailboxes import choose_mailbox, enter_signed_in
from afterlook.web.redirects import (
    add_slash,
    redirect_my_site,
    redirect_to_landing_page,
    redirect_to_picker,
    report_missing_page,
    report_missing_site_page,
)
from afterlook.web.rendering import FILES
from afterlook.web.settings_forms import show_settings, show_sync
from afterlook.web.sign_in import BACK
from afterlook.web.views import PAGES
from afterlook.web.visits import page

_USER = r"/personal/(?P<slug>[^/]{1,128})"
_VIEWS = "|".join(name.replace(".", r"\.") for name in PAGES)
_LAYOUTS = r"/_layouts/(?:1[56]/)?"
_ANY = r"(?:/[^/]{1,128}){0,8}/[^/]{1,123}\.aspx"
# Below any web, but none of the addresses that programs call.
_SITE = r"(?P<web>(?!/api/)(?:/[^/_][^/]{0,127}){0,8})"
_MY_SITE = rf"{_LAYOUTS}MySite(?:Redirect)?\.aspx"

ROUTES = [
    *library.ROUTES,
    SHARED.route,
    FILES.route,
    PageRoute(r"/mytasks/?", choose_mailbox, ("GET", "POST")),
    PageRoute(BACK, enter_signed_in),
    PageRoute(r"/personal/?", redirect_to_picker),
    PageRoute(_USER, add_slash),
    PageRoute(rf"{_USER}/", page(redirect_to_landing_page)),
    PageRoute(rf"{_USER}/(?P<page>{_VIEWS})", page(show_view)),
    PageRoute(rf"{_USER}/EditTask\.aspx", page(show_task)),
    PageRoute(rf"{_USER}/Settings\.aspx", page(show_settings)),
    PageRoute(rf"{_USER}{_LAYOUTS}ExchangeSyncSettings\.aspx", page(show_sync)),
    PageRoute(rf"{_USER}{_MY_SITE}", redirect_my_site),
    PageRoute(rf"(?:/sites/[^/]{{1,128}})?{_MY_SITE}", redirect_my_site),
    PageRoute(rf"{_USER}{_ANY}", report_missing_page),
    PageRoute(rf"{_SITE}/Lists/[^/]{{1,128}}(?:/[^/]{{1,123}}\.aspx)?/?", report_missing_site_page),
]
