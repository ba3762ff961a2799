"""Errors as Graph answers them: docs/reference/graph.md §1.1.

Owns what becomes of each refusal of the one error tree: Graph's code, message and `innerError`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from afterlook import errors
from afterlook.graph.addresses import is_below_outlook
from afterlook.graph.outlook.errors import name_code
from afterlook.graph.request import DIAGNOSTIC
from afterlook.graph.wording import reword_for_outlook, reword_for_todo
from afterlook.mailbox.dates import write_date_time
from afterlook.mailbox.timezones import UTC
from afterlook.outlook.responses import ODataResponse
from afterlook.runtime.logs import REQUEST_ID, current_scope

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.errors import ServiceError

_INVALID = "invalidRequest"
_MESSAGE = "Invalid request"


class _Form(NamedTuple):
    """How an error is answered: `inner` is the code in `innerError`.

    An empty `message` is the error's own, which otherwise comes in `innerError`, unless that has
    a `reason` of Graph's.
    """

    code: str
    inner: str = ""
    message: str = ""
    reason: str = ""


_OPTION = _Form(_INVALID, "RequestBroker--ParseUri", _MESSAGE)
_MODEL = _Form(_INVALID, "InvalidModel")


def _protected_form(done: str) -> _Form:
    reason = f"Your request can't be completed. A default task folder can't be {done}."
    return _Form(_INVALID, "ErrorInvalidRequest", _MESSAGE, reason)


_FORMS: dict[type[ServiceError], _Form] = {
    errors.SegmentNotFound: _Form("BadRequest"),
    errors.UrlSyntax: _OPTION,
    errors.PropertyNotFound: _OPTION,
    errors.InvalidUrlQuery: _OPTION,
    errors.InvalidFilter: _OPTION,
    errors.PropertyNotFilterable: _OPTION,
    errors.PropertyUnknown: _MODEL,
    errors.LiteralNotConvertible: _MODEL,
    errors.BodyNotReadable: _MODEL,
    errors.InvalidDateTime: _MODEL,
    errors.TimeZoneNotSupported: _MODEL,
    errors.IdMalformed: _Form("ErrorInvalidIdMalformed", message="Id is malformed."),
    errors.DistinguishedFolder: _protected_form("deleted"),
    errors.DefaultFolderRenamed: _protected_form("renamed"),
    errors.FlaggedEmailsProtected: _Form(_INVALID, "ErrorInvalidRequest", _MESSAGE),
    errors.FilterTwice: _Form(_INVALID, "InvalidFilterClause", _MESSAGE),
    errors.ModelInvalid: _MODEL,
    errors.InvalidSyncState: _Form(_INVALID, "ErrorInvalidSyncStateData"),
    errors.SyncStateNotFound: _Form("syncStateNotFound"),
    errors.Unauthorized: _Form("InvalidAuthenticationToken"),
    errors.AccessDenied: _Form("ErrorAccessDenied"),
    errors.ApplicationThrottled: _Form(
        errors.ApplicationThrottled.code, message=errors.MailboxBusy.template
    ),
}
"""Errors that have a form of their own. Other refusals of a body or an address are
`invalidRequest`; the rest keep their code."""

_CATEGORY = re.compile(r'error_category="(\w+)"')
_NO_JWT = "CompactToken parsing failed with error code: 80049217"
_NOT_GOOD = {
    "invalid_token": "Access token is empty.",
    "invalid_lifetime": "Lifetime validation failed, the token is expired.",
    "invalid_resource": "Access token validation failure. Invalid audience.",
    "invalid_issuer": "Access token validation failure. Invalid issuer.",
}
"""What is said of tokens, by what the challenge says of them; others have a wrong signature."""


def error_response(error: ServiceError, scope: Scope) -> ODataResponse:
    """Answer with an error."""
    form = _form_of(error)
    if isinstance(error, errors.Unauthorized):
        own = _explain_token(error, scope)
    elif is_below_outlook(scope):
        form, own = _Form(name_code(error)), reword_for_outlook(error)
    else:
        own = reword_for_todo(error)
    message = form.message or own
    # Of a request within a batch it is the batch's.
    request_id = str((current_scope.get() or scope).get(REQUEST_ID, ""))
    inner: dict[str, str] = {}
    if form.inner:
        inner["code"] = form.inner
    if form.message and form.inner:
        inner["message"] = form.reason or own
    inner |= {
        "date": write_date_time(scope["app"].state.store.now(), UTC).partition(".")[0],
        "request-id": request_id,
        "client-request-id": _client_request_id(scope) or request_id,
    }
    content = {"error": {"code": form.code, "message": message, "innerError": inner}}
    headers = {"x-ms-ags-diagnostic": DIAGNOSTIC, **error.headers}
    return ODataResponse(content, error.status, headers)


def _form_of(error: ServiceError) -> _Form:
    for kind in type(error).__mro__:
        if kind is errors.BadRequest:
            break
        form = _FORMS.get(kind)
        if form is not None:
            return form
    is_plain = isinstance(error, errors.BadRequest) and error.code == errors.BadRequest.code
    return _Form(_INVALID if is_plain else error.code)


def _explain_token(error: ServiceError, scope: Scope) -> str:
    """Tell what is wrong with a token."""
    category = _CATEGORY.search(error.headers.get("x-ms-diagnostics", ""))
    known = _NOT_GOOD.get(category[1]) if category is not None else None
    if known is not None:
        return known
    given = [value for name, value in scope["headers"] if name == b"authorization"]
    if not given or given[0].count(b".") != 2:  # noqa: PLR2004
        return _NO_JWT
    return "Access token validation failure. Invalid signature."


def _client_request_id(scope: Scope) -> str:
    given = [value for name, value in scope["headers"] if name == b"client-request-id"]
    return given[0].decode("latin-1") if len(given) == 1 else ""
