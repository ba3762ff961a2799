"""What the REST face refuses: the same failures as by CSOM, with a status of their own.

Owns the status of those that CSOM has, too. Must not know an address.

    QueryError
    └── RestError
        ├── BodyMalformed       400   the body is no JSON object
        ├── PropertyUnknown     400   a member that the type has not
        ├── ValueInvalid        400   a member that cannot be what it is
        ├── OptionRefused       400   a query option
        ├── ExpressionInvalid   400   what one of them says
        ├── UserUnknown         400   a user who is not known here
        ├── Prohibited          400   more than a list takes
        ├── TitleTaken          400   there is a list of that title
        ├── Unavailable         503   the provider cannot be asked
        ├── AddressUnknown      404
        ├── ListMissing         404
        ├── ItemMissing         404
        ├── NotAllowed          405   another method
        ├── EtagStale           412
        ├── AddressTooLong      414   of a request in a batch, as its headers
        └── HeadersTooLarge     431
"""

from __future__ import annotations

from http import HTTPStatus

from afterlook import errors as tree
from afterlook.csom.errors import (
    MethodNotFound,
    QueryError,
    RequestTooBig,
    TypeNotFound,
    Unauthorized,
    UnknownError,
    as_query_error,
)
from afterlook.sharepoint.errors import SecurityValidation
from afterlook.sharepoint.om.refusals import ItemGone

_CLIENT_QUERY = "Microsoft.SharePoint.Client.InvalidClientQueryException"


class RestError(QueryError):
    """A refusal with a status."""

    status = 400
    type_name = _CLIENT_QUERY


class BodyMalformed(RestError):
    """`reason`: what keeps the body from being read."""

    template = "{reason}"


class PropertyUnknown(RestError):
    """`name`: the member; `type`: the type that has none such."""

    template = (
        "The property '{name}' does not exist on type '{type}'. "
        "Make sure to only use property names that are defined by the type."
    )


class ValueInvalid(RestError):
    """`name`: the member whose value cannot be."""

    code = "-2130575155"
    type_name = "Microsoft.SharePoint.SPException"
    template = "The value of '{name}' is not valid."


class OptionRefused(RestError):
    """`name`: the query option."""

    template = "The query string option '{name}' is not supported here."


class ExpressionInvalid(RestError):
    """`text`: what cannot be asked."""

    template = 'The expression "{text}" is not valid.'


class UserUnknown(RestError):
    """`name`: who is nobody here."""

    code = "-2146232832"
    type_name = "Microsoft.SharePoint.SPException"
    template = "The specified user {name} could not be found."


class Prohibited(RestError):
    """More than there may be."""

    code = "-2147024860"
    type_name = "Microsoft.SharePoint.SPQueryThrottledException"
    template = "The attempted operation is prohibited because it exceeds the limit of the list."


class TitleTaken(RestError):
    """There is such a list."""

    code = "-2130575342"
    type_name = "Microsoft.SharePoint.SPException"
    template = (
        "A list, survey, discussion board, or document library with the specified title already "
        "exists in this Web site.  Please choose another title."
    )


class Unavailable(RestError):
    """The list cannot be asked now."""

    status = 503
    type_name = "Microsoft.SharePoint.SPException"
    template = "The list is not available at this time."


class AddressUnknown(RestError):
    """`path`: what leads nowhere."""

    status = 404
    template = "Cannot find resource for the request {path}."


class ListMissing(RestError):
    """`name`: the list; `url`: of the web."""

    status = 404
    type_name = "System.ArgumentException"
    template = "List '{name}' does not exist at site with URL '{url}'."


class ItemMissing(RestError):
    """There is no such item."""

    status = 404
    code = ItemGone.code
    type_name = "System.ArgumentException"
    template = ItemGone.template


class NotAllowed(RestError):
    """`method`: what was asked."""

    status = 405
    template = "The HTTP method '{method}' is not allowed here."


class EtagStale(RestError):
    """`If-Match` names another version."""

    status = 412
    type_name = "Microsoft.SharePoint.Client.ClientServiceException"
    template = "The request ETag value does not match the object's ETag value."


class AddressTooLong(RestError):
    """The address of a request in a batch is larger than that of one alone may be."""

    status = tree.UriTooLong.status
    template = tree.UriTooLong.template


class HeadersTooLarge(RestError):
    """The headers of a request in a batch are larger than those of one alone may be."""

    status = tree.HeadersTooLarge.status
    template = tree.HeadersTooLarge.template


def refused(error: Exception) -> tuple[QueryError, int]:
    """Return any failure as a refusal, and the status that it is answered with."""
    if isinstance(error, tree.StoreUnavailable):
        return as_query_error(error), HTTPStatus.SERVICE_UNAVAILABLE
    found = as_query_error(error)
    if isinstance(error, tree.CodingNotSupported):
        found.headers = error.headers
        return found, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if isinstance(error, tree.Unauthorized):
        return found, HTTPStatus.UNAUTHORIZED
    match found:
        case RestError():
            return found, found.status
        case SecurityValidation() | Unauthorized():
            return found, HTTPStatus.FORBIDDEN
        case MethodNotFound() | TypeNotFound() | ItemGone():
            return found, HTTPStatus.NOT_FOUND
        case RequestTooBig():
            return found, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        case UnknownError():
            return found, HTTPStatus.INTERNAL_SERVER_ERROR
    return found, HTTPStatus.BAD_REQUEST
