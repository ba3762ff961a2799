"""What the REST face refuses: the same failures as by CSOM, with a status of their own.

Owns the status of those that CSOM has, too.

    QueryError
    └── RestError
        ├── VersionRefused      400   of OData, in a header
        ├── BodyMalformed       400   the body is no JSON object
        ├── BodyVerbose         400   or is one as OData 4.0 has none
        ├── TypeUnresolved      400   or says that it is of another type
        ├── MemberUnknown       400   a member that the type has not
        ├── ValueInvalid        400   a member that cannot be what it is
        ├── OptionRefused       400   a query option
        ├── OptionInvalid       400   or its value
        ├── ExpressionInvalid   400   what one of them says
        ├── TokenInvalid        400   a place to go on from
        ├── AliasUnknown        400   an alias of a parameter that stands for nothing
        ├── SiteUserUnknown     400   a user who is not known here
        ├── Prohibited          400   more than a list takes
        ├── TitleTaken          400   there is a list of that title
        ├── Unavailable         503   the provider cannot be reached
        ├── AddressUnknown      404
        ├── ListMissing         404
        ├── ItemMissing         404
        ├── NotAllowed          405   another method
        ├── NotAcceptable       406   a form that there is not
        ├── EtagStale           412
        ├── PartAddressTooLong  414   of a request in a batch, as its headers
        └── PartHeadersTooLarge 431
"""

from __future__ import annotations

from http import HTTPStatus

from afterlook import errors as tree
from afterlook.csom.errors import (
    MethodNotFound,
    QueryError,
    RequestTooBig,
    ServerBusy,
    ServerUnavailable,
    TypeNotFound,
    UnauthorizedAccess,
    UnknownError,
    as_query_error,
)
from afterlook.sharepoint.form_digest import SecurityValidation
from afterlook.sharepoint.om.errors import ItemGone

_CLIENT_QUERY = "Microsoft.SharePoint.Client.InvalidClientQueryException"
_CLIENT_SERVICE = "Microsoft.SharePoint.Client.ClientServiceException"


class RestError(QueryError):
    """An error with a status of its own."""

    status = 400
    type_name = _CLIENT_QUERY


class BodyMalformed(RestError):
    """`reason`: what keeps the body from being read."""

    template = "{reason}"


class BodyVerbose(RestError):
    """OData 4.0 has no `odata=verbose`; its text is the one that was observed."""

    template = (
        "Parsing JSON Light feeds or entries in requests without entity set is not supported."
    )


class TypeUnresolved(RestError):
    """`name`: the type that a body says it is of."""

    template = (
        "A type named '{name}' could not be resolved by the model. "
        "When a model is available, each type name must resolve to a valid type."
    )


class VersionRefused(RestError):
    """`version`: what is no version that this can be answered in; `name`: the header."""

    type_name = _CLIENT_SERVICE
    template = "The version '{version}' in the header '{name}' is not supported."


class NotAcceptable(RestError):
    """An `Accept` with a level of metadata that the version of OData has not."""

    status = 406
    type_name = _CLIENT_SERVICE
    template = "The HTTP header ACCEPT is missing or its value is invalid."


class MemberUnknown(RestError):
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


class OptionInvalid(RestError):
    """`name`: a query option whose value cannot be."""

    template = "The value of the query string option '{name}' is not valid."


class ExpressionInvalid(RestError):
    """`text`: the option that cannot be read."""

    template = 'The expression "{text}" is not valid.'


class TokenInvalid(RestError):
    """`text`: a token for paging that names no place in the requested order."""

    template = "The $skiptoken '{text}' is not valid for this query."


class AliasUnknown(RestError):
    """`name`: an alias of a parameter for which the query has no literal."""

    template = "The parameter alias '{name}' has no valid value in the query string."


class SiteUserUnknown(RestError):
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
    """The list cannot be reached now."""

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
    """`method`: that of the request."""

    status = 405
    template = "The HTTP method '{method}' is not allowed here."


class EtagStale(RestError):
    """`given`: the version that `If-Match` names; `stored`: that of the object."""

    status = 412
    type_name = _CLIENT_SERVICE
    template = "The request ETag value '{given}' does not match the object's ETag value '{stored}'."


class PartAddressTooLong(RestError):
    """The address of a request in a batch is larger than that of one alone may be."""

    status = tree.UriTooLong.status
    template = tree.UriTooLong.template


class PartHeadersTooLarge(RestError):
    """The headers of a request in a batch are larger than those of one alone may be."""

    status = tree.HeadersTooLarge.status
    template = tree.HeadersTooLarge.template


def error_and_status(error: Exception) -> tuple[QueryError, int]:
    """Return any failure as a `QueryError`, and the status that it is answered with."""
    query_error = as_query_error(error)
    if isinstance(error, tree.TookTooLong | tree.ClientGone):
        return query_error, error.status
    if isinstance(error, tree.CodingNotSupported):
        query_error.headers = error.headers
        return query_error, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if isinstance(error, tree.Unauthorized):
        return query_error, HTTPStatus.UNAUTHORIZED
    match query_error:
        case ServerUnavailable() | ServerBusy():
            return query_error, query_error.status
        case RestError():
            return query_error, query_error.status
        case SecurityValidation() | UnauthorizedAccess():
            return query_error, HTTPStatus.FORBIDDEN
        case MethodNotFound() | TypeNotFound() | ItemGone():
            return query_error, HTTPStatus.NOT_FOUND
        case RequestTooBig():
            return query_error, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        case UnknownError():
            return query_error, HTTPStatus.INTERNAL_SERVER_ERROR
    return query_error, HTTPStatus.BAD_REQUEST
