"""Errors that answer a request for a token (RFC 6749 §5.2, RFC 8628 §3.5).

Owns the number that the service gave each, which its libraries show: AADSTS50034.

    SignInRefused
    ├── ParameterMissing      invalid_request           900144
    ├── RequestMalformed      invalid_request           9002313
    ├── TenantNotFound        invalid_tenant            90002
    ├── GrantTypeUnsupported  unsupported_grant_type    70003
    ├── ResponseUnsupported   unsupported_response_type 70007
    ├── RedirectRefused       invalid_request           50011
    ├── ScopeRefused          invalid_scope             70011
    ├── SecretMissing         invalid_client            7000218
    ├── UserUnknown           invalid_grant             50034
    ├── InteractionRequired   interaction_required      50058
    ├── SignInDeclined        access_denied             65004
    ├── GrantInvalid          invalid_grant             70000
    │   ├── GrantExpired      invalid_grant             70008
    │   ├── CodeRedeemed      invalid_grant             54005
    │   └── VerifierWrong     invalid_grant             50148
    ├── DevicePending         authorization_pending     70016
    ├── DeviceDeclined        authorization_declined    70017
    ├── DeviceExpired         expired_token             70020
    └── DeviceUnknown         bad_verification_code     70018
"""

from __future__ import annotations

from typing import ClassVar

from afterlook.errors import ServiceError


class SignInRefused(ServiceError):
    """A refusal; `code` is the error of OAuth, `number` the service's own."""

    status = 400
    code = "invalid_request"
    number: ClassVar[int]
    template = "The request is malformed or invalid."


class ParameterMissing(SignInRefused):
    """`name`: what the request must have."""

    number = 900144
    template = "The request body must contain the following parameter: '{name}'."


class RequestMalformed(SignInRefused):
    """`reason`: a whole sentence."""

    number = 9002313
    template = "Invalid request. {reason}"


class TenantNotFound(SignInRefused):
    """`name`: what no tenant can be called."""

    code = "invalid_tenant"
    number = 90002
    template = (
        "Tenant '{name}' not found. Give a GUID, a domain, or common, organizations, consumers."
    )


class GrantTypeUnsupported(SignInRefused):
    """`given`: the type."""

    code = "unsupported_grant_type"
    number = 70003
    template = "The app requested an unsupported grant type '{given}'."


class ResponseUnsupported(SignInRefused):
    """`given`: the type of response."""

    code = "unsupported_response_type"
    number = 70007
    template = "'{given}' is not a supported value of 'response_type'; 'code' is."


class RedirectRefused(SignInRefused):
    """`given`: where nobody is sent from here."""

    number = 50011
    template = (
        "The redirect URI '{given}' cannot be used: give https, http on this machine, "
        "or the scheme of an app."
    )


class ScopeRefused(SignInRefused):
    """`reason`: a whole sentence."""

    code = "invalid_scope"
    number = 70011
    template = "The provided value for the input parameter 'scope' is not valid. {reason}"


class SecretMissing(SignInRefused):
    """An app on its own, without a secret."""

    status = 401
    code = "invalid_client"
    number = 7000218
    template = (
        "The request body must contain the following parameter: "
        "'client_assertion' or 'client_secret'."
    )


class UserUnknown(SignInRefused):
    """`name`: what no user can be called."""

    code = "invalid_grant"
    number = 50034
    template = "The user account '{name}' does not exist, and none can be made of this name."


class InteractionRequired(SignInRefused):
    """Somebody must click, and the request forbids to ask."""

    code = "interaction_required"
    number = 50058
    template = "A silent sign-in request was sent but no user is signed in."


class SignInDeclined(SignInRefused):
    """Whoever was asked did not want to."""

    code = "access_denied"
    number = 65004
    template = "User declined to consent to access the app."


class GrantInvalid(SignInRefused):
    """A code, or a refresh token, that was never handed out to this caller."""

    code = "invalid_grant"
    number = 70000
    template = "The provided grant is invalid or malformed, or it was given to another client."


class GrantExpired(GrantInvalid):
    """It was good once."""

    number = 70008
    template = "The provided authorization code or refresh token has expired."


class CodeRedeemed(GrantInvalid):
    """A code is good for one use."""

    number = 54005
    template = (
        "OAuth2 Authorization code was already redeemed, "
        "please retry with a new valid code or use an existing refresh token."
    )


class VerifierWrong(GrantInvalid):
    """RFC 7636 §4.6."""

    number = 50148
    template = "The code_verifier does not match the code_challenge of the authorization request."


class DevicePending(SignInRefused):
    """Nobody has signed in yet; ask again."""

    code = "authorization_pending"
    number = 70016
    template = "OAuth 2.0 device flow error. Authorization is pending. Continue polling."


class DeviceDeclined(SignInRefused):
    """Whoever typed the code did not want to."""

    code = "authorization_declined"
    number = 70017
    template = "The end user denied the authorization request."


class DeviceExpired(SignInRefused):
    """Nobody signed in before its end."""

    code = "expired_token"
    number = 70020
    template = "The provided value for the input parameter 'device_code' has expired."


class DeviceUnknown(SignInRefused):
    """It was never handed out to this client."""

    code = "bad_verification_code"
    number = 70018
    template = "The provided value for the input parameter 'device_code' is not valid."
