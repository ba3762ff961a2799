"""Routes of files that are attached to tasks: docs/reference/graph.md §10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.errors import MessageSizeExceeded
from afterlook.graph import quirks, responses
from afterlook.graph.addresses import read_list_id, tasks_path
from afterlook.graph.bodies.attachments import MAX_INLINE, read_new_file
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import TASK_FILE_ATTACHMENT
from afterlook.graph.queries import read_page_query, read_query
from afterlook.graph.render import render_file
from afterlook.mailbox import attachments
from afterlook.mailbox.attachments import AttachmentKind
from afterlook.mailbox.tasks import get_task
from afterlook.odata.options import select_members
from afterlook.outlook.attachment_rendering import make_part_reader
from afterlook.outlook.request import MAX_BODY_WITH_FILES
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.streaming import ContentResponse, StreamingJSONResponse, make_placeholder

if TYPE_CHECKING:
    from afterlook.graph.render import Entity
    from afterlook.graph.request import GraphRequest
    from afterlook.mailbox.identifiers import ItemKey
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.store.rows import AttachmentRow
    from afterlook.store.sessions import ReadSession, WriteSession

router = APIRouter(route_class=GraphRoute, tags=["attachments"])

_ALL = "/todo/lists('{list_id}')/tasks('{task_id}')/attachments"
_ONE = f"{_ALL}('{{attachment_id}}')"


@router.get(_ALL)
async def list_attachments(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Get the files of a task, without their bytes."""
    options, select, page = read_page_query(request, TASK_FILE_ATTACHMENT)
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)

    def read(session: ReadSession) -> ResultPage[AttachmentRow]:
        get_task(session, key, folder)
        return attachments.list_files(session, key, page)

    result = await request.store.scan(read)
    entities = [select_members(_render(request, row, key), select, "id") for row in result.rows]
    return responses.answer_collection(
        request, _path(request, key), entities, result, options, select
    )


@router.get(f"{_ALL}/$count")
async def count_attachments(list_id: str, task_id: str, request: RequestDep) -> Response:
    """Count the files of a task."""
    filter_ = request.read_filter(request.read_options("filter"), TASK_FILE_ATTACHMENT)
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)

    def read(session: ReadSession) -> int:
        get_task(session, key, folder)
        return attachments.count_files(session, key, filter_)

    return responses.answer_count(request, await request.store.scan(read))


@router.post(_ALL, status_code=201)
async def add_attachment(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Attach a file to a task; the answer has no bytes."""
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    given = await request.parse_body(read_new_file, MAX_BODY_WITH_FILES)
    if quirks.INLINE_LIMIT in request.quirks and len(given.content) >= MAX_INLINE:
        raise MessageSizeExceeded

    def work(session: WriteSession) -> AttachmentRow:
        get_task(session, key, folder)
        precondition = request.precondition.for_creation()
        return attachments.add_attachment(session, key, given, precondition)

    rendered = _render(request, await request.store.write(work), key)
    location = f"{request.address.rstrip('/')}/{rendered['id']}"
    return responses.answer_entity(request, _path(request, key), rendered, 201, location=location)


@router.get(_ONE)
async def get_attachment(
    list_id: str, task_id: str, attachment_id: str, request: RequestDep
) -> ODataResponse:
    """Get a file of a task, with its bytes."""
    _, select = read_query(request, TASK_FILE_ATTACHMENT)
    row, key = await _get_row(request, list_id, task_id, attachment_id)
    content = make_placeholder(row.content, row.length, "base64")
    rendered = select_members(_render(request, row, key, content), select, "id")
    context = responses.make_context_url(request, _path(request, key), select)
    return StreamingJSONResponse(
        {"@odata.context": f"{context}/$entity", **rendered},
        make_part_reader(request),
        headers=request.headers(),
    )


@router.get(f"{_ONE}/$value")
async def get_content(
    list_id: str, task_id: str, attachment_id: str, request: RequestDep
) -> ODataResponse:
    """Get the bytes of a file."""
    request.read_options()
    row, _ = await _get_row(request, list_id, task_id, attachment_id)
    return ContentResponse(row, make_part_reader(request), request.headers())


@router.delete(_ONE, status_code=204)
async def delete_attachment(
    list_id: str, task_id: str, attachment_id: str, request: RequestDep
) -> ODataResponse:
    """Take a file off a task."""
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    number = request.ids.read_attachment_id(attachment_id, key)

    def work(session: WriteSession) -> None:
        get_task(session, key, folder)
        attachments.get_attachment(session, key, number, AttachmentKind.FILE)
        attachments.delete_attachment(session, key, number, request.precondition)

    await request.store.write(work)
    return responses.answer_deleted(request)


async def _get_row(
    request: GraphRequest, list_id: str, task_id: str, attachment_id: str
) -> tuple[AttachmentRow, ItemKey]:
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    number = request.ids.read_attachment_id(attachment_id, key)

    def read(session: ReadSession) -> AttachmentRow:
        get_task(session, key, folder)
        return attachments.get_attachment(session, key, number, AttachmentKind.FILE)

    return await request.store.read_by_key(read), key


def _render(
    request: GraphRequest, row: AttachmentRow, key: ItemKey, content: str | None = None
) -> Entity:
    return render_file(row, request.ids.write_attachment_id(*key, row.id), content)


def _path(request: GraphRequest, key: ItemKey) -> str:
    list_id, task_id = request.ids.write_folder_id(key.folder), request.ids.write_task_id(*key)
    return f"{tasks_path(list_id, task_id)}/attachments"
