"""Calling the control surface of a running server.

Owns one call; it needs nothing but the standard library, so that whoever installs the server's
package has it. Commands go by it, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from afterlook.runtime.environment import read_admin_token, read_url

_NO_CONTROL = "NoControl"
_NOT_OF_CONTROL = "ResourceNotFound"
"""What a server without a control surface says of its addresses."""

DEFAULT_URL = "http://127.0.0.1:8025"


class ControlFailedError(Exception):
    """An operation was not done; the text says why, `code` and `status` say so to programs.

    There is no status where the server did not answer.
    """

    def __init__(self, message: str, code: str = "NoAnswer", status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class Control:
    """The control surface of the server at `url`, else of the one that `AFTERLOOK_URL` names."""

    def __init__(
        self, url: str | None = None, admin_token: str | None = None, timeout: float = 60
    ) -> None:
        self.url = (url or read_url() or DEFAULT_URL).rstrip("/")
        self._admin_token = admin_token or read_admin_token()
        self._timeout = timeout
        # No proxy: the server is asked itself, whatever the environment says of the internet.
        self._opener = build_opener(ProxyHandler({}))

    def call(self, method: str, path: str, parameters: Mapping[str, object]) -> dict[str, Any]:
        """Do an operation; parameters that are None are not given. Raises `ControlFailedError`.

        It has the time of `timeout`, in seconds, and besides what the operation itself waits.
        """
        target, body = write_request(method, path, parameters)
        headers = {"Accept": "application/json"}
        if self._admin_token is not None:
            headers["Authorization"] = f"Bearer {self._admin_token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            url = f"{self.url}{target}"
            request = Request(url, body, headers, method=method)  # noqa: S310 # one's own server
            with self._opener.open(request, timeout=self._timeout + _wait(parameters)) as answer:
                return read_result(answer.read())
        except HTTPError as error:
            with error:
                raise read_refusal(error.code, error.read()) from error
        except URLError as error:
            message = f"nothing answers at {self.url}: {explain_silence(error.reason)}"
            raise ControlFailedError(message) from error
        except (HTTPException, OSError, ValueError) as error:
            message = f"no answer from {self.url}: {explain_silence(error)}"
            raise ControlFailedError(message) from error


def write_request(
    method: str, path: str, parameters: Mapping[str, object]
) -> tuple[str, bytes | None]:
    """Return the target and the body of a call."""
    given = {name: value for name, value in parameters.items() if value is not None}
    if method != "GET":
        return path, json.dumps(given, default=_write).encode("utf-8")
    written = {name: _write_option(value) for name, value in given.items()}
    return (f"{path}?{urlencode(written)}" if written else path), None


def _write(value: object) -> object:
    """Return a value as JSON has it."""
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return f"{value / timedelta(seconds=1):.6f}s"
    reason = f"{type(value).__name__} is nothing that an operation takes"
    raise TypeError(reason)


def _write_option(value: object) -> object:
    match value:
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return value
    return _write(value)


def _wait(parameters: Mapping[str, object]) -> float:
    wait = parameters.get("wait")
    return float(wait) if isinstance(wait, int | float) else 0


def read_result(raw: bytes) -> dict[str, Any]:
    """Return what an operation answers. Raises `ValueError`."""
    parsed = json.loads(raw)
    if not isinstance(parsed, dict):
        reason = "it is no answer of Afterlook"
        raise ValueError(reason)  # noqa: TRY004 # it is what was read that is wrong
    return parsed


def read_refusal(status: int, raw: bytes) -> ControlFailedError:
    """Return why an operation was not done."""
    try:
        refused = read_result(raw)["error"]
        message, code = str(refused["message"]), str(refused["code"])
    except (ValueError, LookupError, TypeError):
        message = f"the server answered {status}; it may be no Afterlook"
        return ControlFailedError(message, _NO_CONTROL, status)
    if code == _NOT_OF_CONTROL:
        message = "the server has no control surface; `serve --control on` gives it one"
        return ControlFailedError(message, _NO_CONTROL, status)
    return ControlFailedError(message, code, status)


def explain_silence(error: object, variable: str = "AFTERLOOK_URL") -> str:
    """Return why there is no answer, in words; `variable` is what names another server."""
    match error:
        case ConnectionRefusedError():
            return f"nothing listens there; --url or {variable} names another address"
        case TimeoutError():
            return "it does not answer in time"
        case OSError(strerror=str(text)):
            return text
    return str(error) or type(error).__name__
