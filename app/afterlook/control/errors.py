"""What the control surface answers where it cannot do what it was asked to.

Its own shape, `{"error": {"code", "message"}}`; each message is one sentence that says what to do.
"""

from __future__ import annotations

from http import HTTPStatus


class ControlError(Exception):
    """Something cannot be done; `code` is for programs, the text for people."""

    status = HTTPStatus.BAD_REQUEST
    code = "BadRequest"


class InvalidParameter(ControlError):  # the errors of all wires are named so
    """A parameter has a value that it cannot have, or is missing."""

    code = "InvalidParameter"


class OperationNotFound(ControlError):
    """There is no such operation."""

    status = HTTPStatus.NOT_FOUND
    code = "OperationNotFound"


class ThingNotFound(ControlError):
    """What an operation names is not there."""

    status = HTTPStatus.NOT_FOUND
    code = "NotFound"


class OperationMethodNotAllowed(ControlError):
    """An operation is called by another method than its own."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "MethodNotAllowed"


class AccessRefused(ControlError):
    """The caller may not use the control surface."""

    status = HTTPStatus.FORBIDDEN
    code = "AccessRefused"


class TokenRequired(ControlError):
    """The caller has not named the admin token."""

    status = HTTPStatus.UNAUTHORIZED
    code = "AdminTokenRequired"


class ContentTypeNotJson(ControlError):
    """A body is not said to be JSON, which a form of another site could not say."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "ContentTypeNotJson"


class Conflict(ControlError):
    """The state of the server does not allow it; among them, that several processes serve."""

    status = HTTPStatus.CONFLICT
    code = "Conflict"


class NothingMatched(ThingNotFound):
    """A wait ended without what was waited for."""

    code = "NothingMatched"


class CountDiffers(Conflict):
    """More or fewer match than were expected."""

    code = "CountDiffers"
