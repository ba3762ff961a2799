"""The HTTP API of the control surface, made from the operations."""

from __future__ import annotations

import re
from asyncio import to_thread
from collections import Counter
from typing import TYPE_CHECKING

import orjson
from pydantic import ValidationError
from starlette.responses import Response
from starlette.routing import Route

from afterlook.control import openapi
from afterlook.control.errors import (
    Conflict,
    ControlError,
    InvalidParameter,
    OperationMethodNotAllowed,
    OperationNotFound,
)
from afterlook.control.handlers import HANDLERS
from afterlook.control.operation import API, Operation, Parameters
from afterlook.control.operations import BY_PATH
from afterlook.control.refusals import HEADERS, refuse
from afterlook.errors import BodyNotReadable, ServiceError, StoreUnavailable
from afterlook.http import bodies
from afterlook.odata.body import MAX_BYTES_ON_EVENT_LOOP, read_object
from afterlook.runtime.problems import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails
    from starlette.requests import Request

    from afterlook.control.access import Access
    from afterlook.control.emulator import Emulator

_MAX_PARAMETERS = 1024 * 1024
_MAX_VALUES = 2_000_000
"""Members and items of a body: as many as a large document has, and no more than fit memory."""

_OPENAPI = f"{API}/openapi.json"
_EMPTY = re.compile(rb"[ \t\r\n]*")


class ControlApi:
    """Answers what is called below `/_emulator/api/`."""

    def __init__(self, emulator: Emulator, access: Access) -> None:
        self._emulator = emulator
        self._access = access
        # Starlette adds HEAD to the methods; any other comes here too, to be refused in our words.
        methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        self.route = Route(f"{API}{{path:path}}", self._answer, methods=methods)

    async def _answer(self, request: Request) -> Response:
        try:
            self._access.check(request)
            return _respond(await self._run(request))
        except ControlError as error:
            return refuse(error.status, error.code, str(error))
        except StoreUnavailable as error:
            return refuse(error.status, error.code, error.sentence)
        except ServiceError as error:
            # Of a use case, or of reading the body.
            return refuse(error.status, error.code, error.message)

    async def _run(self, request: Request) -> Mapping[str, object]:
        path = request.url.path.rstrip("/")
        if path == _OPENAPI:
            return openapi.document()
        operation = BY_PATH.get(path)
        if operation is None:
            message = f"there is no operation {path}; GET {_OPENAPI} lists all"
            raise OperationNotFound(message)
        method = "GET" if request.method == "HEAD" else request.method
        if method != operation.method:
            message = f"call {operation.path} by {operation.method}"
            raise OperationMethodNotAllowed(message)
        if self._emulator.processes > 1 and not operation.is_shared:
            message = (
                f"{operation.name} is not available: {self._emulator.processes} processes serve "
                "this store, each with a state of its own; start with --workers 1"
            )
            raise Conflict(message)
        parameters = await self._read_parameters(request, operation)
        return await HANDLERS[operation](self._emulator, parameters)

    async def _read_parameters(self, request: Request, operation: Operation) -> Parameters:
        if operation.is_view:
            given = _read_query(request)
        else:
            limit = self._emulator.max_body if operation.has_document else _MAX_PARAMETERS
            raw = await bodies.read(request, limit)
            # A large one takes so long that others would wait.
            given = (
                _read_object(raw)
                if len(raw) <= MAX_BYTES_ON_EVENT_LOOP
                else await to_thread(_read_object, raw)
            )
        return validate(operation, given)


def validate(operation: Operation, given: Mapping[str, object]) -> Parameters:
    """Return the parameters of an operation. Raises `InvalidParameter`, which names each."""
    try:
        return operation.parameters.model_validate(given)
    except ValidationError as error:
        raise InvalidParameter(
            "; ".join(_as_text(operation, problem) for problem in error.errors())
        ) from error


def _read_query(request: Request) -> dict[str, object]:
    pairs = request.query_params.multi_items()
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        message = f"{twice[0]}: give it once"
        raise InvalidParameter(message)
    return dict(pairs)


def _read_object(raw: bytes) -> dict[str, object]:
    if _EMPTY.fullmatch(raw):
        return {}
    try:
        return read_object(raw, _MAX_VALUES)
    except BodyNotReadable as error:
        message = f"the body cannot be read: {error.reason}"
        raise InvalidParameter(message) from error


def _as_text(operation: Operation, problem: ErrorDetails) -> str:
    name = ".".join(str(step) for step in problem["loc"])
    match problem["type"]:
        case "extra_forbidden":
            return f"{name}: there is no such parameter"
        case "missing":
            return f"{name}: it is required"
        case "string_pattern_mismatch":
            examples = operation.parameters.model_fields[name].examples or ()
            return f"{name}: give such as {', '.join(map(str, examples))}"
    reason = reason_of(problem)
    return f"{name}: {reason}" if name else reason


def _respond(result: Mapping[str, object]) -> Response:
    content = orjson.dumps(result)
    return Response(content, headers=HEADERS, media_type="application/json")
