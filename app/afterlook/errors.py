"""The one error tree.

Owns every refusal a client can meet: its OData code, HTTP status and message template
(docs/reference/outlook.md §2.6). Must not know how a wire draws it: each wire has one
handler for the whole tree.

    ServiceError
    ├── BadRequest                    400
    │   ├── SegmentNotFound           RequestBroker-ParseUri
    │   ├── UrlSyntax                 RequestBroker-ParseUri
    │   │   └── FilterTooLong         RequestBroker-ParseUri
    │   ├── PropertyNotFound          RequestBroker-ParseUri
    │   ├── InvalidUrlQuery           ErrorInvalidUrlQuery
    │   │   └── FilterTwice           ErrorInvalidUrlQuery
    │   ├── ExpandNotParsed           BadRequest
    │   ├── InvalidSyncState          ErrorInvalidSyncStateData
    │   ├── InvalidFilter             ErrorInvalidUrlQueryFilter
    │   ├── PropertyNotFilterable     ErrorInvalidProperty
    │   ├── PropertyUnknown           RequestBodyRead
    │   ├── LiteralNotConvertible     RequestBodyRead
    │   ├── BodyNotReadable           UnableToDeserializePostBody
    │   ├── IdMalformed               ErrorInvalidIdMalformed
    │   ├── TimeZoneNotSupported      TimeZoneNotSupportedException
    │   ├── IncorrectRoutingHint      ErrorIncorrectRoutingHint
    │   ├── DelegationRequired        BadRequest
    │   ├── InvalidDateTime           InvalidDateTime
    │   ├── InvalidRequest            ErrorInvalidRequest
    │   ├── DefaultFolderRenamed      ErrorInvalidRequest
    │   ├── FlaggedEmailsProtected    ErrorInvalidRequest
    │   ├── ModelInvalid              RequestBodyRead
    │   ├── TooManyRequests           MaximumValueExceeded
    │   ├── HostMalformed             ErrorInvalidRequest
    │   ├── RangeMalformed            invalidRange
    │   ├── UploadSizeMismatch        invalidRange
    │   ├── FolderExists              ErrorFolderExists
    │   ├── DistinguishedFolder       ErrorDeleteDistinguishedFolder
    │   └── NavigationNotSupported    NavigationNotSupported
    ├── Unauthorized                  401   no body, as the service did
    ├── AccessDenied                  403   ErrorAccessDenied
    ├── OriginRefused                 403   ErrorAccessDenied
    ├── MailboxesExhausted            403   ErrorMailboxQuotaExceeded
    ├── NotFound                      404
    │   ├── ItemNotFound              ErrorItemNotFound
    │   ├── UploadUrlNotFound         UnknownError
    │   └── ResourceNotFound          ResourceNotFound
    ├── MethodNotAllowed              405   ErrorMethodNotAllowed
    ├── SyncStateNotFound             410   SyncStateNotFound
    ├── ChangeKeyStale                412   ErrorIrresolvableConflict
    ├── MessageSizeExceeded           413   ErrorMessageSizeExceeded
    │   └── BodyTooLarge              ErrorMessageSizeExceeded
    ├── UriTooLong                    414   ErrorUriTooLong
    ├── RangeNotExpected              416   invalidRange
    ├── CodingNotSupported            415   ErrorUnsupportedMediaType
    ├── UnsupportedMediaType          415   ErrorUnsupportedMediaType
    ├── FormatNotSupported            415   ErrorUnsupportedMediaType
    ├── HostNotServed                 421   ErrorHostNotServed
    ├── DependencyFailed              424   ErrorFailedDependency
    ├── ApplicationThrottled          429   ApplicationThrottled
    ├── UploadSessionsExhausted       429   ApplicationThrottled
    ├── MailboxBusy                   429   ApplicationThrottled
    ├── HeadersTooLarge               431   ErrorHeadersTooLarge
    ├── InternalServerError           500   ErrorInternalServerError
    ├── TookTooLong                   503   ErrorTimeoutExpired
    ├── ClientGone                    503   nobody is there to read it
    └── StoreUnavailable              503   ErrorInternalServerTransientError
        ├── StoreMisplaced            the file is not where it was
        ├── MailboxReplaced           reset or restored while it was worked on
        └── ShuttingDown              the server ends
"""

from __future__ import annotations

from typing import ClassVar


class ServiceError(Exception):
    """A refusal in the protocol's own terms.

    `message` is `template` filled with the keyword arguments given; `headers` go out with it.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    template: ClassVar[str]

    def __init__(self, *, headers: dict[str, str] | None = None, **facts: object) -> None:
        self.message = self.template.format(**facts)
        self.headers = headers or {}
        super().__init__(self.message)


class BadRequest(ServiceError):
    """The request cannot be carried out as it stands; it changed nothing."""

    status = 400
    code = "ErrorInvalidRequest"
    template = "The request is invalid."


class SegmentNotFound(BadRequest):
    """`segment`: the path segment that names nothing here."""

    code = "RequestBroker-ParseUri"
    template = "Resource not found for the segment '{segment}'."


class UrlSyntax(BadRequest):
    """`position`: the zero-based character in `text` where reading stopped."""

    code = "RequestBroker-ParseUri"
    template = "Syntax error at position {position} in '{text}'."


class FilterTooLong(UrlSyntax):
    """`text`: how the filter begins; `most`: the characters that one may have."""

    template = "The query filter '{text}' is longer than {most} characters."


class PropertyNotFound(BadRequest):
    """`name`: the property asked for; `type`: the entity type that lacks it, by its full name."""

    code = "RequestBroker-ParseUri"
    template = "Could not find a property named '{name}' on type '{type}'."


class InvalidUrlQuery(BadRequest):
    """`option`: the query option as the client spelt it."""

    code = "ErrorInvalidUrlQuery"
    template = "The query parameter '{option}' is invalid."


class FilterTwice(InvalidUrlQuery):
    """There are two `$filter` options, which Graph had a code of its own for."""


class ExpandNotParsed(BadRequest):
    """`name`: what `$expand` names of an entity that a delta query does not bring along."""

    code = "BadRequest"
    template = "Parsing OData Select and Expand failed: '{name}' cannot be expanded here."


class InvalidSyncState(BadRequest):
    """A sync token that was never handed out, or not for this mailbox and collection."""

    code = "ErrorInvalidSyncStateData"
    template = "The synchronization state data is not valid for this request."


class InvalidFilter(BadRequest):
    """`reason`: what does not fit; `position`: the zero-based character where it stands."""

    code = "ErrorInvalidUrlQueryFilter"
    template = (
        "The query filter contains one or more invalid nodes. {reason}, at position {position}."
    )

    def __init__(self, *, reason: str, position: int) -> None:
        # It may be another refusal's sentence.
        super().__init__(reason=reason.removesuffix("."), position=position)


class PropertyNotFilterable(BadRequest):
    """`name`: a property that the service keeps out of filters (docs/reference/outlook.md §1.1)."""

    code = "ErrorInvalidProperty"
    template = "The property '{name}' does not support filtering."


class PropertyUnknown(BadRequest):
    """`name`: the JSON member; `type`: the type that does not declare it, by its full name."""

    code = "RequestBodyRead"
    template = (
        "The property '{name}' does not exist on type '{type}'. "
        "Make sure to only use property names that are defined by the type "
        "or mark the type as open type."
    )


class LiteralNotConvertible(BadRequest):
    """`literal`: the JSON value; `type`: the full name of the type it should have."""

    code = "RequestBodyRead"
    template = "Cannot convert the literal '{literal}' to the expected type '{type}'."


class BodyNotReadable(BadRequest):
    """`reason`: what keeps the body from being one JSON object."""

    code = "UnableToDeserializePostBody"
    template = "The request body could not be read: {reason}."

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(reason=reason)


class IdMalformed(BadRequest):
    """The text is no Id of the kind that the address asks for."""

    code = "ErrorInvalidIdMalformed"
    template = "Id is malformed."


class TimeZoneNotSupported(BadRequest):
    """`name`: the time zone as the client spelt it."""

    code = "TimeZoneNotSupportedException"
    template = (
        "A valid TimeZone value must be specified. "
        "The following TimeZone value is not supported: '{name}'."
    )


class IncorrectRoutingHint(BadRequest):
    """`hint`: an `x-AnchorMailbox` that names another mailbox than the one that is called."""

    code = "ErrorIncorrectRoutingHint"
    template = "The x-anchor mailbox '{hint}' does not match the target of the request."


class DelegationRequired(BadRequest):
    """An app on its own asks for what is its user's: it has none."""

    code = "BadRequest"
    template = "/me request is only valid with delegated authentication flow."


class InvalidDateTime(BadRequest):
    """`value`: what a DateTime says, where it is no date and time."""

    code = "InvalidDateTime"
    template = "The value '{value}' of parameter 'DateTime' is invalid."


class InvalidRequest(BadRequest):
    """`reason`: a whole sentence."""

    code = "ErrorInvalidRequest"
    template = "{reason}"


class DefaultFolderRenamed(BadRequest):
    """The default folder was to have another name."""

    template = "The name of the default task folder cannot be changed."


class FlaggedEmailsProtected(BadRequest):
    """Something was to be put into the list of mails that have a flag."""

    template = "The flagged emails folder holds mails that have a flag, and nothing else."


class ModelInvalid(BadRequest):
    """`reason`: a whole sentence that says what Graph would not read of a body."""

    code = "RequestBodyRead"
    template = "{reason}"


class TooManyRequests(BadRequest):
    """`most`: how many requests a batch of Graph may hold."""

    code = "MaximumValueExceeded"
    template = "Number of batch request steps exceeds the maximum value of {most}."


class HostMalformed(BadRequest):
    """No Host header, several, or one that names nothing (RFC 9112 §3.2)."""

    template = "The request must have one Host header, which names a host and may have a port."


class RangeMalformed(BadRequest):
    """A piece of an upload does not say which bytes it has, or says others."""

    code = "invalidRange"
    template = "Content-Range must be 'bytes {{first}}-{{last}}/{{size}}', and match the body."


class UploadSizeMismatch(BadRequest):
    """`total`: the size that a piece of an upload names; `size`: what its session is for."""

    code = "invalidRange"
    template = "The upload session is for {size} bytes, and not for {total}."


class FolderExists(BadRequest):
    """`name`: the folder name that is taken."""

    code = "ErrorFolderExists"
    template = "A folder with the specified name already exists., Could not create folder '{name}'."


class DistinguishedFolder(BadRequest):
    """A default folder or group was to be deleted."""

    code = "ErrorDeleteDistinguishedFolder"
    template = "Distinguished folders cannot be deleted."


class NavigationNotSupported(BadRequest):
    """`property`: the navigation property after which the service went no further."""

    code = "NavigationNotSupported"
    template = (
        "Recursive navigation is not allowed after property '{property}' "
        "according to the entity schema."
    )


class Unauthorized(ServiceError):
    """No bearer token, and the auth mode asks for one."""

    status = 401
    code = "InvalidAuthenticationToken"
    template = "Access token is empty."


class AccessDenied(ServiceError):
    """The caller is known and the mailbox is somebody else's."""

    status = 403
    code = "ErrorAccessDenied"
    template = "Access is denied. Check credentials and try again."


class OriginRefused(ServiceError):
    """`origin`: of the web page that would write here."""

    status = 403
    code = "ErrorAccessDenied"
    template = "Web pages of '{origin}' may not write here; AFTERLOOK_CORS_ORIGINS allows origins."


class MailboxesExhausted(ServiceError):
    """The server holds as many mailboxes as it may; `most` of them."""

    status = 403
    code = "ErrorMailboxQuotaExceeded"
    template = (
        "There are {most} mailboxes, and there can be no more; AFTERLOOK_MAX_MAILBOXES says so."
    )


class NotFound(ServiceError):
    """What the address names is not here."""

    status = 404
    code = "ErrorItemNotFound"
    template = "The specified object was not found in the store."


class ItemNotFound(NotFound):
    """The Id is well formed, and what it named is gone or never was."""


class UploadUrlNotFound(NotFound):
    """The URL of an upload session, without `/content`, where the service did not know it."""

    code = "UnknownError"
    template = ""


class ResourceNotFound(NotFound):
    """`path`: an address outside every wire."""

    code = "ResourceNotFound"
    template = "Resource not found for '{path}'."


class MethodNotAllowed(ServiceError):
    """`method`: what was asked; the `Allow` header says what could have been."""

    status = 405
    code = "ErrorMethodNotAllowed"
    template = "The OData request is not supported: method '{method}' is not allowed here."


class SyncStateNotFound(ServiceError):
    """A sync token from before what the change log remembers; a full synchronisation mends it."""

    status = 410
    code = "SyncStateNotFound"
    template = "The sync state generation is not found; start the synchronization anew."


class ChangeKeyStale(ServiceError):
    """`If-Match` names another state of the entity than the stored one, or `If-None-Match` this."""

    status = 412
    code = "ErrorIrresolvableConflict"
    template = (
        "The send or update operation could not be performed because the change key passed "
        "in the request does not match the current change key for the item."
    )


class MessageSizeExceeded(ServiceError):
    """The body is larger than the limit."""

    status = 413
    code = "ErrorMessageSizeExceeded"
    template = "The message exceeds the maximum supported size."


class BodyTooLarge(MessageSizeExceeded):
    """The body is larger than a setting allows: `most` bytes."""

    template = (
        "The message exceeds the maximum supported size of {most} bytes; AFTERLOOK_MAX_BODY "
        "allows more."
    )


class UriTooLong(ServiceError):
    """The address is larger than the limit."""

    status = 414
    code = "ErrorUriTooLong"
    template = "The request URI exceeds the maximum supported length."


class RangeNotExpected(ServiceError):
    """`start`: where a piece of an upload begins; `expected`: where the next one has to."""

    status = 416
    code = "invalidRange"
    template = "The next piece of the upload begins at byte {expected}, and not at {start}."


class CodingNotSupported(ServiceError):
    """`given`: the Content-Encoding of the request."""

    status = 415
    code = "ErrorUnsupportedMediaType"
    template = "The Content-Encoding '{given}' is not supported; 'gzip' is, once."


class UnsupportedMediaType(ServiceError):
    """`given`: the Content-Type of the request, or a word for its absence."""

    status = 415
    code = "ErrorUnsupportedMediaType"
    template = (
        "Write requests (excluding DELETE) must contain the Content-Type header declaration "
        "'application/json'; this one has '{given}'."
    )


class FormatNotSupported(ServiceError):
    """`given`: the value of `$format`; `supported`: the media types that there are."""

    status = 415
    code = "ErrorUnsupportedMediaType"
    template = (
        "A supported MIME type could not be found that matches the acceptable MIME types for the "
        "request. The supported type(s) '{supported}' do not match '{given}'."
    )


class HostNotServed(ServiceError):
    """`host`: a Host header that is not ours; answering it would allow DNS rebinding."""

    status = 421
    code = "ErrorHostNotServed"
    template = (
        "This server does not answer for the host '{host}'; AFTERLOOK_ALLOWED_HOSTS allows names."
    )


class ApplicationThrottled(ServiceError):
    """The app made more than `limit` requests to one mailbox within `seconds`."""

    status = 429
    code = "ApplicationThrottled"
    template = (
        "Application is over its limit of {limit} requests to a mailbox in {seconds} seconds; "
        "--rate-limit says so."
    )


class UploadSessionsExhausted(ServiceError):
    """A mailbox has as many upload sessions as it may; `most` of them."""

    status = 429
    code = "ApplicationThrottled"
    template = "There are {most} upload sessions already: finish, cancel or wait for one of them."


class MailboxBusy(ServiceError):
    """Too much of one mailbox's work is waiting already. Comes with `Retry-After`."""

    status = 429
    code = "ApplicationThrottled"
    template = "Application is over its MailboxConcurrency limit."


class DependencyFailed(ServiceError):
    """`reason`: a whole sentence that names the request of the batch which this one came down with.

    It was not carried out, or nothing of it was kept.
    """

    status = 424
    code = "ErrorFailedDependency"
    template = "{reason}"


class HeadersTooLarge(ServiceError):
    """The headers are larger than the limit."""

    status = 431
    code = "ErrorHeadersTooLarge"
    template = "The request headers exceed the maximum supported length."


class InternalServerError(ServiceError):
    """A defect of this server."""

    status = 500
    code = "ErrorInternalServerError"
    template = "An internal server error occurred. The operation failed."


class TookTooLong(ServiceError):
    """The work took longer than one request may have; ask for less."""

    status = 503
    code = "ErrorTimeoutExpired"
    template = "The request timed out."


class ClientGone(ServiceError):
    """The client closed its connection, so that the work for it was dropped."""

    status = 503
    code = "ErrorTimeoutExpired"
    template = "The connection was closed before the request was carried out."


class StoreUnavailable(ServiceError):
    """The store could not carry the work out; nothing of it was kept. Try again."""

    status = 503
    code = "ErrorInternalServerTransientError"
    template = "An internal server error occurred. Try again later."

    sentence: str = "the database cannot be asked now; the log says why"
    """What may be told to anybody who asks whether the server is ready."""

    @property
    def reason(self) -> str:
        """What the database said, for the log; never for the client."""
        cause = getattr(self.__cause__, "orig", None) or self.__cause__
        return str(cause).partition("\n")[0]


class StoreMisplaced(StoreUnavailable):
    """`problem`: a sentence without its full stop, for whoever runs the server."""

    def __init__(self, problem: str) -> None:
        super().__init__()
        self.sentence = problem

    @property
    def reason(self) -> str:
        """What has happened to the store's file."""
        return self.sentence


class MailboxReplaced(StoreUnavailable):
    """The mailbox was reset, restored or deleted since the request was let at it."""

    @property
    def reason(self) -> str:
        """What has happened to the mailbox."""
        return "the mailbox was replaced while a request was under way"


class ShuttingDown(StoreUnavailable):
    """The server ends, and does not wait for this any longer."""

    sentence = "the server is shutting down"

    @property
    def reason(self) -> str:
        """Why the work was cut off."""
        return self.sentence
