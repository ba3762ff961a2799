"""Routes of attachments: Outlook Task REST, "Get attachments" to "Delete attachments"."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.errors import InvalidRequest
from afterlook.mailbox import attachments
from afterlook.mailbox.attachments import AttachmentKind
from afterlook.mailbox.capacity import MAX_ATTACHMENTS
from afterlook.mailbox.result_pages import ResultPage
from afterlook.odata.options import NO_OPTIONS, QueryOptions
from afterlook.outlook import attachment_rendering, entity_responses
from afterlook.outlook.bodies.attachments import read_attachment
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.edm import ANY_ATTACHMENT
from afterlook.outlook.entity_queries import count_entities, read_page
from afterlook.outlook.entity_sets import LIST_OPTIONS, READ_OPTIONS
from afterlook.outlook.openapi import fragments
from afterlook.outlook.openapi.fragments import responses_of
from afterlook.outlook.render import View
from afterlook.outlook.request import MAX_BODY_WITH_FILES, OutlookRequest
from afterlook.outlook.response_models import Attachment, AttachmentCollection
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.streaming import ContentResponse
from afterlook.store.rows import AttachmentRow

router = APIRouter(route_class=OutlookRoute, tags=["attachments"])

_ALL = "/tasks('{task_id}')/attachments"
_ONE = "/tasks('{task_id}')/attachments('{attachment_id}')"


@router.get(
    _ALL, responses=responses_of(AttachmentCollection), openapi_extra=fragments.EXPANDED_LIST
)
async def list_attachments(task_id: str, request: RequestDep) -> ODataResponse:
    """Get the attachments of a task."""
    options = request.read_options(*LIST_OPTIONS, "expand")
    view, page = (
        _view(request, options),
        read_page(request, options, ANY_ATTACHMENT, MAX_ATTACHMENTS),
    )
    item = attachment_rendering.is_item_expanded(request, options.expand)
    key = request.ids.read_task_id(task_id)
    result: ResultPage[AttachmentRow] = await request.store.scan(
        lambda session: attachments.list_attachments(session, key, page)
    )
    task = request.ids.write_task_id(*key)
    entities = [
        attachment_rendering.render_attachment(request, row, task, view, item=item)
        for row in result.rows
    ]
    return entity_responses.answer_page(request, _path(task), entities, result, view, options)


@router.get(f"{_ALL}/$count", responses=fragments.NUMBER, openapi_extra=fragments.COUNT)
async def count_attachments(task_id: str, request: RequestDep) -> Response:
    """Count the attachments of a task."""
    key = request.ids.read_task_id(task_id)
    return await count_entities(
        request,
        ANY_ATTACHMENT,
        lambda session, filter_: attachments.count_attachments(session, key, filter_),
    )


@router.post(
    _ALL,
    status_code=201,
    responses=responses_of(Attachment, 201),
    openapi_extra=fragments.ATTACHMENT_BODY,
)
async def add_attachment(task_id: str, request: RequestDep) -> ODataResponse:
    """Attach a file, an item or a link to a task."""
    request.read_options()
    key = request.ids.read_task_id(task_id)
    given = await request.parse_body(read_attachment, MAX_BODY_WITH_FILES, ANY_ATTACHMENT)
    row = await request.store.write(
        lambda session: attachments.add_attachment(
            session, key, given, request.precondition.for_creation()
        )
    )
    task, view = request.ids.write_task_id(*key), _view(request)
    entity = attachment_rendering.render_attachment(request, row, task, view)
    address = {"Location": str(entity["@odata.id"])}
    if request.returns_minimal():
        return entity_responses.answer_without_body(request, address)
    content = {"@odata.context": f"{request.context(_path(task), view)}/$entity", **entity}
    return entity_responses.answer_content(request, content, view, 201, request.headers(**address))


@router.get(_ONE, responses=responses_of(Attachment), openapi_extra=fragments.EXPANDED_READ)
async def get_attachment(task_id: str, attachment_id: str, request: RequestDep) -> ODataResponse:
    """Get an attachment of a task."""
    options = request.read_options(*READ_OPTIONS, "expand")
    view = _view(request, options)
    item = attachment_rendering.is_item_expanded(request, options.expand)
    row, task = await _get_row(request, task_id, attachment_id)
    entity = attachment_rendering.render_attachment(request, row, task, view, item=item)
    content = {"@odata.context": f"{request.context(_path(task), view)}/$entity", **entity}
    return entity_responses.answer_content(request, content, view, headers=request.headers())


@router.get(f"{_ONE}/$value", responses=fragments.CONTENT, response_class=Response)
async def get_content(task_id: str, attachment_id: str, request: RequestDep) -> ODataResponse:
    """Get the bytes of a file attachment."""
    request.read_options()
    row, _ = await _get_row(request, task_id, attachment_id)
    if row.kind != AttachmentKind.FILE:
        raise InvalidRequest(reason="Only a file attachment has bytes of its own.")
    return ContentResponse(row, attachment_rendering.make_part_reader(request), request.headers())


@router.delete(
    _ONE, status_code=204, responses=fragments.NO_CONTENT, openapi_extra=fragments.CHANGE
)
async def delete_attachment(task_id: str, attachment_id: str, request: RequestDep) -> ODataResponse:
    """Take an attachment off a task."""
    request.read_options()
    key = request.ids.read_task_id(task_id)
    number = request.ids.read_attachment_id(attachment_id, key)
    await request.store.write(
        lambda session: attachments.delete_attachment(session, key, number, request.precondition)
    )
    return entity_responses.answer_deleted(request)


async def _get_row(
    request: OutlookRequest, task_id: str, attachment_id: str
) -> tuple[AttachmentRow, str]:
    """Return an attachment and the whole id of its task. Raises `IdMalformed`, `ItemNotFound`."""
    key = request.ids.read_task_id(task_id)
    number = request.ids.read_attachment_id(attachment_id, key)
    row = await request.store.read_by_key(
        lambda session: attachments.get_attachment(session, key, number)
    )
    return row, request.ids.write_task_id(*key)


def _view(request: OutlookRequest, options: QueryOptions = NO_OPTIONS) -> View:
    return request.view(ANY_ATTACHMENT, options)._replace(has_placeholders=True)


def _path(task: str) -> str:
    return f"Tasks('{task}')/Attachments"
