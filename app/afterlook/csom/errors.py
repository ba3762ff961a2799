"""What a ProcessQuery request can be refused with: the branch of the error tree that is CSOM's.

Owns `ErrorCode`, `ErrorTypeName` and texts (docs/reference/csom.md §1.5, §1.6). Each is
answered with HTTP 200 and an ErrorInfo, but for the two that say when to try again.

    ServiceError
    └── QueryError
        ├── SchemaViolation       -1           the request breaks the schema
        ├── XmlMalformed          -1           it is not XML, or more than plain XML
        ├── InvalidClientQuery    -1           it asks for what is not there
        │   ├── RequestTooBig
        │   ├── TooManyResources
        │   ├── VersionNotSupported  -2130575151
        │   ├── TypeNotFound
        │   ├── MethodNotFound
        │   ├── FieldOrPropertyNotFound
        │   └── NullObject
        ├── WrongFormat           -1           a value is not of its type
        ├── Unauthorized          -2147024891
        └── UnknownError          -1           anything else
"""

from __future__ import annotations

import logging
from typing import ClassVar

from afterlook import errors as tree
from afterlook.errors import ServiceError

_log = logging.getLogger("afterlook")


class QueryError(ServiceError):
    """An error that the answer reports as an ErrorInfo."""

    status = 200
    code = "-1"
    type_name: ClassVar[str]


class SchemaViolation(QueryError):
    """`reason`: what a validating reader would say of the element or attribute."""

    type_name = "System.Xml.Schema.XmlSchemaValidationException"
    template = "{reason}"


class XmlMalformed(QueryError):
    """`reason`: what keeps the body from being read."""

    type_name = "System.Xml.XmlException"
    template = "{reason}"


class InvalidClientQuery(QueryError):
    """`reason`: what the request asks for that cannot be."""

    type_name = "Microsoft.SharePoint.Client.InvalidClientQueryException"
    template = "{reason}"


class RequestTooBig(InvalidClientQuery):
    """The body is larger than the limit."""

    template = "The request message is too big."


class TooManyResources(InvalidClientQuery):
    """Answering would take more than one request may have."""

    template = "The request uses too many resources."


class VersionNotSupported(InvalidClientQuery):
    """`version`: the SchemaVersion of the request."""

    code = "-2130575151"
    template = 'The request is of schema version "{version}", which this server does not support.'


class TypeNotFound(InvalidClientQuery):
    """`type_id`: the id of a type that is not served, in braces."""

    template = (
        'Cannot find stub for type with id "{type_id}". '
        "The specified server may not support APIs used in this operation."
    )


class MethodNotFound(InvalidClientQuery):
    """`name`: the method asked for."""

    template = 'Method "{name}" does not exist.'


class FieldOrPropertyNotFound(InvalidClientQuery):
    """`name`: the property asked for."""

    template = 'Field or property "{name}" does not exist.'


class NullObject(InvalidClientQuery):
    """`name`: what was asked of an object that is null."""

    template = (
        "Cannot invoke method or retrieve property from null object. "
        'Object returned by the following call stack is null. "{name}"'
    )


class WrongFormat(QueryError):
    """`reason`: which value is not of which type."""

    type_name = "System.FormatException"
    template = "{reason}"


class UnauthorizedAccess(QueryError):
    """The caller may not do this."""

    code = "-2147024891"
    type_name = "System.UnauthorizedAccessException"
    template = (
        "Access denied. You do not have permission to perform this action or access this resource."
    )


class UnknownError(QueryError):
    """A defect of this server, or a failure that has no name of its own."""

    type_name = "Microsoft.SharePoint.Client.UnknownError"
    template = "Unknown Error"


class ServerUnavailable(UnknownError):
    """The store could not do the work; nothing of the action was kept."""

    status = 503


class ServerBusy(QueryError):
    """Too much of the user's work is waiting already."""

    status = 429
    type_name = "Microsoft.SharePoint.SPException"
    template = "The server is busy.  Please try again later."


def as_query_error(error: Exception) -> QueryError:
    """Return any failure as an error of this protocol; an unforeseen one is logged."""
    if isinstance(error, QueryError):
        return error
    if isinstance(error, tree.Unauthorized | tree.AccessDenied):
        return UnauthorizedAccess()
    if isinstance(error, tree.BodyNotReadable | tree.CodingNotSupported):
        # Its client went before its end, or it is compressed in a way that cannot be read.
        return InvalidClientQuery(reason=error.message)
    if isinstance(error, tree.StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
        return ServerUnavailable(headers=error.headers)
    if isinstance(error, tree.MailboxBusy):
        return ServerBusy(headers=error.headers)
    if isinstance(error, tree.TookTooLong | tree.ClientGone):
        return TooManyResources()
    _log.error("A CSOM request could not be carried out", exc_info=error)
    return UnknownError()
