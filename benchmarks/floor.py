"""The floor: the least that a Python server can do and still give the same answers.

A bare Starlette application on `sqlite3` and `orjson`, on a copy of Afterlook's own file: the same
statements, the same durability, the same bytes. Owns requests, statements and transactions. Must
not know anything of Afterlook: what it shared with it, it could not measure.
"""

from __future__ import annotations

import socket
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.floor_rows import COLUMNS, Drawing, Row, Values, read_values

_UNIX_EPOCH = 719_162 * 86_400 * 10_000_000
_MEDIA_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
_BLANK = dict.fromkeys(COLUMNS) | {"body": "", "importance": 1}
_BLANK |= dict.fromkeys(
    ("body_type", "is_reminder_on", "has_attachments", "sensitivity", "status"), 0
)

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM task WHERE mailbox = ?"
_GET = f"{_SELECT} AND id = ?"
_LIST = f"{_SELECT} ORDER BY id LIMIT ? OFFSET ?"
_TAKE = "UPDATE mailbox SET change = change + 1 WHERE id = ? RETURNING change"
_FOLDER = (
    "SELECT f.id, f.change, f.group_id, f.name, f.is_default, g.group_key FROM task_folder f "
    "JOIN task_group g ON g.mailbox = f.mailbox AND g.id = f.group_id "
    "WHERE f.mailbox = ? AND f.id = ?"
)
_ADD = f"INSERT INTO task (mailbox, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"
_REPLACE = f"UPDATE task SET {' = ?, '.join(COLUMNS)} = ? WHERE mailbox = ? AND id = ?"
_LOG = (
    "INSERT INTO change_log (mailbox, scope, entity, number, deleted, at) VALUES (?, ?, ?, ?, 0, ?)"
)
_MOVE_ON = "UPDATE change_log SET number = ?, deleted = 0, at = ? WHERE mailbox = ? AND entity = ?"


class Floor:
    """The routes, on one connection: nothing here waits but the disk."""

    def __init__(self, file: str) -> None:
        self._db = db = sqlite3.connect(file, isolation_level=None)
        for pragma in (
            *("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"),
            *("foreign_keys = ON", "cache_size = -32768"),
        ):
            db.execute(f"PRAGMA {pragma}")
        self._mailbox, guid, replica, oid, tid, owner = db.execute(
            "SELECT id, guid, replica, oid, tid, owner FROM mailbox"
        ).fetchone()
        (self._folder,) = db.execute("SELECT id FROM task_folder WHERE is_default").fetchone()
        self._drawing = Drawing(guid, replica, f"{oid}@{tid}", owner, self._folder)

    async def get(self, request: Request) -> Response:
        """GET one task."""
        row = self._row(request)
        return self._entity(request, row) if row else Response(status_code=404)

    async def page(self, request: Request) -> Response:
        """GET a page of tasks."""
        top = int(request.query_params.get("$top", 10))
        skip = int(request.query_params.get("$skip", 0))
        rows = self._db.execute(_LIST, (self._mailbox, top + 1, skip)).fetchall()
        root = _root(request)
        content: Values = {
            "@odata.context": f"{root}/$metadata#Me/Tasks",
            "value": [self._drawing.task(row, root) for row in rows[:top]],
        }
        if len(rows) > top:
            kept = [pair for pair in request.url.query.split("&") if "skip=" not in pair]
            query = "&".join([*kept, f"%24skip={skip + top}"])
            content["@odata.nextLink"] = f"{root}/me/tasks?{query}"
        return _answer(content, headers={"vary": "Accept-Encoding"})

    async def post(self, request: Request) -> Response:
        """POST a task to the default folder."""
        values = read_values(orjson.loads(await request.body()))
        now, db = _now(), self._db
        with db:
            db.execute("BEGIN IMMEDIATE")
            (change,) = db.execute(_TAKE, (self._mailbox,)).fetchone()
            if db.execute(_FOLDER, (self._mailbox, self._folder)).fetchone() is None:
                return Response(status_code=404)
            stamps = {"id": change, "folder_id": self._folder, "created": now}
            row = _settled(_BLANK | stamps, values, change, now)
            db.execute(_ADD, (self._mailbox, *row))
            db.execute(_LOG, (self._mailbox, self._folder, change, change, now))
        return self._entity(request, row, 201)

    async def patch(self, request: Request) -> Response:
        """PATCH a task."""
        values = read_values(orjson.loads(await request.body()))
        now, db = _now(), self._db
        with db:
            db.execute("BEGIN IMMEDIATE")
            (change,) = db.execute(_TAKE, (self._mailbox,)).fetchone()
            stored = self._row(request)
            if stored is None:
                return Response(status_code=404)
            row = _settled(dict(zip(COLUMNS, stored, strict=True)), values, change, now)
            db.execute(_REPLACE, (*row, self._mailbox, row[0]))
            db.execute(_MOVE_ON, (change, now, self._mailbox, row[0]))
        return self._entity(request, row)

    def _row(self, request: Request) -> Row | None:
        task = self._drawing.read_id(request.path_params["id"])
        row: Row | None = self._db.execute(_GET, (self._mailbox, task)).fetchone()
        return row

    def _entity(self, request: Request, row: Row, status: int = 200) -> Response:
        root = _root(request)
        task = self._drawing.task(row, root)
        headers = {"etag": task["@odata.etag"]}
        if status == 201:
            headers["location"] = task["@odata.id"]
        content = {"@odata.context": f"{root}/$metadata#Me/Tasks/$entity", **task}
        return _answer(content, status, headers)


def _settled(stored: Values, values: Values, change: int, now: int) -> Row:
    """Write values over a task; a due date takes a later start along (or the other way round)."""
    task = stored | values | {"change": change, "modified": now}
    start, due = task["start"], task["due"]
    if start is not None and (due is None or start > due):
        if "due" in values and "start" in values:
            raise ValueError(start)
        task["start"] = task["due"] = due if "due" in values else start
    return tuple(task.values())


def _now() -> int:
    return _UNIX_EPOCH + time.time_ns() // 100


def _root(request: Request) -> str:
    return f"{request.scope['scheme']}://{request.headers['host']}/api/beta"


def _answer(content: Values, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    always = {"cache-control": "private", "odata-version": "4.0", "request-id": str(uuid4())}
    return Response(orjson.dumps(content), status, always | (headers or {}), media_type=_MEDIA_TYPE)


def main(file: str, port_file: str) -> None:
    """Serve until told to stop; `port_file` receives the base URL."""
    floor = Floor(file)
    tasks, task = "/api/beta/me/tasks", "/api/beta/me/tasks('{id}')"
    app = Starlette(
        routes=[
            Route(task, floor.get, methods=["GET"]),
            Route(tasks, floor.page, methods=["GET"]),
            Route(tasks, floor.post, methods=["POST"]),
            Route(task, floor.patch, methods=["PATCH"]),
        ]
    )
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    draft = Path(port_file + ".draft")
    draft.write_text(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    draft.replace(port_file)
    config: dict[str, Any] = {"loop": "uvloop", "http": "httptools", "ws": "none"}
    quiet: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False}
    uvicorn.Server(uvicorn.Config(app, **config, **quiet)).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
