"""Media types of files by the extension of their name.

Python's own table differs from version to version, and a machine's from it; what people attach
comes first, by the names that IANA has or Microsoft documents.
"""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import PurePath

UNKNOWN = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_COMMON = {
    "7z": "application/x-7z-compressed",
    "aac": "audio/aac",
    "avi": "video/x-msvideo",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "bz2": "application/x-bzip2",
    "css": "text/css",
    "csv": "text/csv",
    "doc": "application/msword",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "dot": "application/msword",
    "dotx": f"{_OFFICE}wordprocessingml.template",
    "eml": "message/rfc822",
    "epub": "application/epub+zip",
    "flac": "audio/flac",
    "gif": "image/gif",
    "gz": "application/gzip",
    "heic": "image/heic",
    "heif": "image/heif",
    "htm": "text/html",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "log": "text/plain",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "md": "text/markdown",
    "mkv": "video/x-matroska",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "mpp": "application/vnd.ms-project",
    "msg": "application/vnd.ms-outlook",
    "odp": f"{_ODF}presentation",
    "ods": f"{_ODF}spreadsheet",
    "odt": f"{_ODF}text",
    "ogg": "audio/ogg",
    "one": "application/onenote",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "potx": f"{_OFFICE}presentationml.template",
    "pps": "application/vnd.ms-powerpoint",
    "ppsx": f"{_OFFICE}presentationml.slideshow",
    "ppt": "application/vnd.ms-powerpoint",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "pub": "application/vnd.ms-publisher",
    "rar": "application/vnd.rar",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "tgz": "application/gzip",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "tsv": "text/tab-separated-values",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "vsd": "application/vnd.visio",
    "vsdx": "application/vnd.ms-visio.drawing",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "wma": "audio/x-ms-wma",
    "wmv": "video/x-ms-wmv",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xls": "application/vnd.ms-excel",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "xltx": f"{_OFFICE}spreadsheetml.template",
    "xml": "text/xml",
    "xps": "application/vnd.ms-xpsdocument",
    "xz": "application/x-xz",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
# Python's own table: what a machine knows besides would make answers differ from it to it.
_OTHERS = MimeTypes(filenames=()).types_map[True]


def find_media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    extension = PurePath(name).suffix.lower()
    return _COMMON.get(extension[1:]) or _OTHERS.get(extension, UNKNOWN)
