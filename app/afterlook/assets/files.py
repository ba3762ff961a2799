"""Files that pages load, from memory: under an address that changes with them, kept for ever.

Owns how they are answered. What is asked for under the address of another version is not there.
"""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from afterlook.assets.modules import put_together
from afterlook.http.compression import accepts_gzip
from afterlook.odata.etag import read_tags

if TYPE_CHECKING:
    from starlette.requests import Request

_FOR_EVER = "public, max-age=31536000, immutable"
_MIN_COMPRESSED = 1024
_LEVEL = 9
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_BYTES_OF_VERSION = 4


class _File(NamedTuple):
    content: bytes
    compressed: bytes | None
    media_type: str
    tag: str


class Files:
    """The files below a directory, at `{prefix}/{version}/{name}`.

    Where a folder has a `main.js`, its modules are served as that one script. `before` is what
    some files begin with that are one request together with it.
    """

    def __init__(
        self, prefix: str, directory: Path, before: Mapping[str, str] | None = None
    ) -> None:
        self._files: dict[str, _File] = {}
        paths = sorted(path for path in directory.rglob("*") if path.is_file())
        mains = {path.parent: path for path in paths if path.name == "main.js"}
        for path in paths:
            if mains.get(path.parent, path) == path:
                name = path.relative_to(directory).as_posix()
                first = (before or {}).get(name, "").encode()
                self._files[name] = _make(name, first + _read(path))
        whole = sha256("".join(f"{name} {self._files[name].tag} " for name in self._files).encode())
        self._base = f"{prefix}/{whole.hexdigest()[: 2 * _BYTES_OF_VERSION]}"
        self.route = Route(f"{self._base}/{{name:path}}", self._answer, include_in_schema=False)

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def url(self, name: str) -> str:
        """Return the address of a file from the root of the host. Raises `KeyError`."""
        self._files[name]
        return f"{self._base}/{name}"

    def text(self, name: str) -> str:
        """Return the text of a file. Raises `KeyError`."""
        return self._files[name].content.decode("utf-8")

    def sizes(self, name: str) -> tuple[int, int]:
        """Return the bytes of a file, and of what is sent of it to who takes gzip."""
        file = self._files[name]
        return len(file.content), len(file.compressed or file.content)

    async def _answer(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse("There is no such file in this version.\n", 404)
        accepted = ",".join(request.headers.getlist("accept-encoding")).encode("latin-1")
        content = file.content
        if file.compressed is not None and accepts_gzip(accepted):
            content = file.compressed
        is_compressed = content is not file.content
        # Each coding is a representation of its own, with a tag of its own (RFC 9110 §8.8.3.3).
        tag = f"{file.tag}-gzip" if is_compressed else file.tag
        headers = {
            "Cache-Control": _FOR_EVER,
            "ETag": f'"{tag}"',
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if read_tags(request.headers.getlist("if-none-match")).matches(tag):
            return Response(status_code=304, headers=headers)
        if is_compressed:
            headers["Content-Encoding"] = "gzip"
        return Response(content, headers=headers, media_type=file.media_type)


def _read(path: Path) -> bytes:
    return put_together(path).encode() if path.name == "main.js" else path.read_bytes()


def _make(name: str, content: bytes) -> _File:
    smaller = gzip.compress(content, _LEVEL, mtime=0) if len(content) >= _MIN_COMPRESSED else None
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    media_type = _TYPES.get(Path(name).suffix, guessed)
    return _File(content, smaller, media_type, sha256(content).hexdigest()[:16])
