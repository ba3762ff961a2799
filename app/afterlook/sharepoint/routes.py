"""Where this wire's routes are: below any web."""

from __future__ import annotations

from afterlook.http.webs import WebRoute
from afterlook.sharepoint.client_svc import process_query
from afterlook.sharepoint.contextinfo import answer_contextinfo
from afterlook.sharepoint.rest.api import ROUTE
from afterlook.sharepoint.rest.batches import answer_batch
from afterlook.sharepoint.sites_asmx import answer_soap

ROUTES = [
    WebRoute(r"_vti_bin/client\.svc/ProcessQuery", process_query),
    # The former is another name of the latter.
    WebRoute(r"(?:_vti_bin/client\.svc|_api)/contextinfo", answer_contextinfo),
    WebRoute(r"_vti_bin/sites\.asmx", answer_soap),
    WebRoute(r"_api/+\$batch", answer_batch),
    ROUTE,
]
