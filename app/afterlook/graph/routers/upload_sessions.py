"""Routes of upload sessions, by which large files are attached: docs/reference/graph.md §10.

A session's URL is authority enough: whoever has it may upload, with a token or without one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from afterlook.auth.identity import is_nobody
from afterlook.auth.mailboxes import Caller
from afterlook.errors import AccessDenied, ItemNotFound, UploadUrlNotFound
from afterlook.graph import quirks, responses
from afterlook.graph.addresses import read_list_id
from afterlook.graph.bodies.attachments import read_attachment_info, read_content_range
from afterlook.graph.dependencies import GraphRoute, RequestDep, name_user
from afterlook.graph.render import render_upload_session
from afterlook.graph.request import GraphRequest
from afterlook.mailbox import upload_sessions
from afterlook.mailbox.tasks import get_task
from afterlook.mailbox.upload_sessions import MAX_PIECE
from afterlook.outlook import callers
from afterlook.outlook.dependencies import RouteHandler, read_request_as, read_user_key
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from afterlook.mailbox.identifiers import ItemKey
    from afterlook.mailbox.upload_sessions import Upload
    from afterlook.store.rows import UploadSessionRow
    from afterlook.store.sessions import ReadSession, WriteSession

_ATTACHMENTS = "/todo/lists('{list_id}')/tasks('{task_id}')/attachments"
_SESSION = "/todo/lists('{list_id}')/tasks('{task_id}')/attachmentsessions('{session_id}')"


async def _admit(http: Request, authorization: str | None) -> Caller:
    """Return who calls: without a token it is whom the URL of the session names.

    Who has no such URL learns nothing from it, not even whose mailboxes there are. Raises
    `ItemNotFound`, and as `callers.admit` does.
    """
    key = http.path_params["user"]
    if key == "me" or not is_nobody(authorization or ""):
        return await callers.admit(http, authorization)
    find = partial(
        upload_sessions.find_mailbox,
        user=read_user_key(key).lower(),
        guid=http.path_params["session_id"],
        now=http.app.state.store.now(),
    )
    mailbox = await http.app.state.store.read_by_key(find)
    if mailbox is None:
        raise ItemNotFound
    return Caller(mailbox)


async def _read_request(http: Request) -> GraphRequest:
    return await read_request_as(GraphRequest, http, name_user, _admit)


class UploadRoute(GraphRoute):
    """A route of a session's URL, which needs no token."""

    def get_route_handler(self) -> RouteHandler:
        """Return what answers a request."""
        return self.make_handler(_read_request)


router = APIRouter(route_class=GraphRoute, tags=["upload sessions"])

by_url = APIRouter(route_class=UploadRoute, tags=["upload sessions"])
"""The routes of sessions that were made."""


@router.post(f"{_ATTACHMENTS}/createUploadSession")
async def create_upload_session(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Begin to upload a file to a task, which is not for an app on its own."""
    if request.caller.is_app:
        raise AccessDenied
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    given = read_attachment_info(await request.read_json())

    def work(session: WriteSession) -> UploadSessionRow:
        get_task(session, key, folder)
        precondition = request.precondition.for_creation()
        return upload_sessions.create_upload_session(session, key, given, precondition)

    row = await request.store.write(work)
    mailbox = request.mailbox
    content = {
        "@odata.context": f"{request.root}/$metadata#microsoft.graph.uploadSession",
        "uploadUrl": (
            f"{request.root}/users/{mailbox.oid}@{mailbox.tid}/todo"
            f"/lists/{request.ids.write_folder_id(folder)}/tasks/{request.ids.write_task_id(*key)}"
            f"/attachmentSessions/{row.guid}"
        ),
        **render_upload_session(row),
    }
    return responses.answer_content(request, content)


@by_url.put(f"{_SESSION}/content")
async def upload_piece(
    list_id: str, task_id: str, session_id: str, request: RequestDep
) -> ODataResponse:
    """Upload the next piece of a file; the last one attaches it."""
    return await _receive(request, list_id, task_id, session_id)


@by_url.put(_SESSION)
async def upload_bare(
    list_id: str, task_id: str, session_id: str, request: RequestDep
) -> ODataResponse:
    """Upload the next piece at the bare URL, as many clients do."""
    if quirks.BARE_UPLOAD_URL in request.quirks:
        raise UploadUrlNotFound
    return await _receive(request, list_id, task_id, session_id)


@by_url.get(_SESSION)
async def get_upload_session(
    list_id: str, task_id: str, session_id: str, request: RequestDep
) -> ODataResponse:
    """Get how far an upload is."""
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    now = request.store.now()

    def read(session: ReadSession) -> UploadSessionRow:
        get_task(session, key, folder)
        return upload_sessions.get_upload_session(session, key, session_id, now)

    row = await request.store.read_by_key(read)
    context = {"@odata.context": f"{request.root}/$metadata#microsoft.graph.uploadSession"}
    return responses.answer_content(request, context | render_upload_session(row))


@by_url.delete(_SESSION, status_code=204)
async def cancel_upload_session(
    list_id: str, task_id: str, session_id: str, request: RequestDep
) -> ODataResponse:
    """End an upload; what has arrived is dropped."""
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)

    def work(session: WriteSession) -> None:
        get_task(session, key, folder)
        upload_sessions.cancel_upload_session(session, key, session_id, request.precondition)

    await request.store.write(work)
    return responses.answer_deleted(request)


async def _receive(
    request: GraphRequest, list_id: str, task_id: str, session_id: str
) -> ODataResponse:
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    data = await request.read_raw_body(MAX_PIECE)
    given = read_content_range(request.http.headers.get("content-range"), len(data))

    def work(session: WriteSession) -> Upload:
        get_task(session, key, folder)
        precondition = request.precondition.for_creation()
        return upload_sessions.receive_piece(
            session, key, session_id, given.start, given.total, data, precondition
        )

    upload = await request.store.write(work)
    if upload.attachment is None:
        return responses.answer_content(request, render_upload_session(upload.session))
    return _answer_attached(request, key, upload.attachment.id)


def _answer_attached(request: GraphRequest, key: ItemKey, attachment: int) -> ODataResponse:
    mailbox = request.mailbox
    location = (
        f"{request.root}/users/{mailbox.oid}@{mailbox.tid}/todo"
        f"/lists/{request.ids.write_folder_id(key.folder)}/tasks/{request.ids.write_task_id(*key)}"
        f"/attachments/{request.ids.write_attachment_id(*key, attachment)}"
    )
    return ODataResponse(status_code=201, headers=request.headers(Location=location))
