"""Calling the control surface of a running server.

Owns one call; it needs nothing but the standard library, so that whoever installs the server's
package has it. Commands go by it, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from afterlook.runtime.environment import read_admin_token, read_url

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

    def call(
        self, method: str, path: str, parameters: Mapping[str, object], timeout: float | None = None
    ) -> dict[str, Any]:
        """Do an operation; parameters that are None are not given. Raises `ControlFailedError`."""
        given = {name: value for name, value in parameters.items() if value is not None}
        headers = {"Accept": "application/json"}
        if self._admin_token is not None:
            headers["Authorization"] = f"Bearer {self._admin_token}"
        url, body = f"{self.url}{path}", None
        if method == "GET":
            url += f"?{urlencode(given)}" if given else ""
        else:
            headers["Content-Type"] = "application/json"
            body = json.dumps(given).encode("utf-8")
        try:
            request = Request(url, body, headers, method=method)  # noqa: S310 # a server of one's own
            with self._opener.open(request, timeout=timeout or self._timeout) as answer:
                return _read(answer.read())
        except HTTPError as error:
            with error:
                raise _failure(error) from error
        except URLError as error:
            message = f"nothing answers at {self.url}: {_reason(error.reason)}"
            raise ControlFailedError(message) from error
        except (HTTPException, OSError, ValueError) as error:
            message = f"no answer from {self.url}: {_reason(error)}"
            raise ControlFailedError(message) from error


def _read(raw: bytes) -> dict[str, Any]:
    parsed = json.loads(raw)
    if not isinstance(parsed, dict):
        reason = "it is no answer of Afterlook"
        raise ValueError(reason)  # noqa: TRY004 # it is what was read that is wrong
    return parsed


def _failure(error: HTTPError) -> ControlFailedError:
    try:
        refused = _read(error.read())["error"]
        return ControlFailedError(str(refused["message"]), str(refused["code"]), error.code)
    except (HTTPException, OSError, ValueError, LookupError, TypeError):
        message = f"the server answered {error.code} {error.reason}; it may be no Afterlook"
        return ControlFailedError(message, "NoControl", error.code)


def _reason(error: object) -> str:
    match error:
        case ConnectionRefusedError():
            return "nothing listens there; --url or AFTERLOOK_URL names another address"
        case TimeoutError():
            return "it does not answer in time"
        case OSError(strerror=str(text)):
            return text
    return str(error) or type(error).__name__
