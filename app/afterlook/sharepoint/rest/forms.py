"""In which form a request wants its answer: the version of OData, and how much metadata.

Owns the headers that say so, and which combinations of them there are.

SharePoint speaks OData 3 unless it is asked for 4.0, as SharePoint Framework does by itself. Each
version spells the levels of metadata in its own way, and neither takes the other's.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

from afterlook.odata.formats import json_parameters
from afterlook.sharepoint.rest.errors import NotAcceptable, VersionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import Headers

    from afterlook.sharepoint.rest.errors import RestError

VERSION_HEADERS = ("odata-version", "odata-maxversion", "dataserviceversion")
"""What names a version. MaxDataServiceVersion only bounds one, of which there is but one."""

_VERSION = re.compile(r"(\d{1,2}\.\d{1,2})(?:\s*;.*)?", re.ASCII | re.DOTALL)
_OLD_VERSIONS, _NEW_VERSION = frozenset({"1.0", "2.0", "3.0"}), "4.0"


class MetadataLevel(Enum):
    """How much metadata comes with JSON."""

    VERBOSE = "verbose"
    FULL = "full"
    MINIMAL = "minimal"
    NONE = "none"


_OLD_NAMES = {
    "verbose": MetadataLevel.VERBOSE,
    "fullmetadata": MetadataLevel.FULL,
    "minimalmetadata": MetadataLevel.MINIMAL,
    "nometadata": MetadataLevel.NONE,
}
_NEW_NAMES = {
    "full": MetadataLevel.FULL,
    "minimal": MetadataLevel.MINIMAL,
    "none": MetadataLevel.NONE,
}


class Form(NamedTuple):
    """The form of an answer."""

    version: Literal[3, 4]
    level: MetadataLevel

    @property
    def is_new(self) -> bool:
        """Whether it is of OData 4.0."""
        return self.version == 4  # noqa: PLR2004

    @property
    def media_type(self) -> str:
        """The media type of an answer with a body."""
        if self.is_new:
            about = f"odata.metadata={self.level.value};odata.streaming=true"
            return f"application/json;{about};IEEE754Compatible=false;charset=utf-8"
        name = next(name for name, level in _OLD_NAMES.items() if level is self.level)
        streaming = "" if self.level is MetadataLevel.VERBOSE else ";streaming=true"
        return f"application/json;odata={name}{streaming};charset=utf-8"

    @property
    def headers(self) -> dict[str, str]:
        """The headers of every answer."""
        name, version = (
            ("OData-Version", _NEW_VERSION) if self.is_new else ("DataServiceVersion", "3.0")
        )
        about = {"Cache-Control": "private, max-age=0", "X-Content-Type-Options": "nosniff"}
        return {**about, name: version}


DEFAULT_FORM = Form(3, MetadataLevel.MINIMAL)
"""The form of an answer where the request names none."""


def form_of(headers: Headers) -> tuple[Form, RestError | None]:
    """Return the form that a request names; or one for an error, and that error."""
    names = {name: _one(headers, name) for name in VERSION_HEADERS}
    problem: RestError | None = None
    is_new = bool(names["odata-version"] or names["odata-maxversion"])
    try:
        is_new = _is_new(names)
        level = _level(",".join(headers.getlist("accept")), is_new=is_new)
    except (VersionRefused, NotAcceptable) as error:
        problem, level = error, MetadataLevel.MINIMAL
    return Form(4 if is_new else 3, level), problem


def has_old_spelling(accept: str) -> bool:
    """Tell whether an `Accept` names a level as OData 3 did."""
    return any("odata" in parameters for parameters in json_parameters(accept))


def _one(headers: Headers, name: str) -> str:
    """Return what a header says, however often it does. Contradictions stay as they are."""
    given = {part.strip() for line in headers.getlist(name) for part in line.split(",")}
    return ",".join(sorted(given - {""}))


def _is_new(names: Mapping[str, str]) -> bool:
    """Tell whether the answer is to be of OData 4.0. Raises `VersionRefused`."""
    version = _version(names, "odata-version")
    most = _version(names, "odata-maxversion")
    old = _version(names, "dataserviceversion")
    if version not in (None, _NEW_VERSION, *_OLD_VERSIONS):
        raise _version_error(names, "odata-version")
    if old not in (None, *_OLD_VERSIONS) or (old and version == _NEW_VERSION):
        raise _version_error(names, "dataserviceversion")
    bound = None if most is None else tuple(map(int, most.split(".")))
    if bound is not None and (bound < (1, 0) or (version == _NEW_VERSION and bound < (4, 0))):
        raise _version_error(names, "odata-maxversion")
    if version is None and old is None:
        return bound is not None and bound >= (4, 0)
    return version == _NEW_VERSION


def _version(names: Mapping[str, str], name: str) -> str | None:
    if not names[name]:
        return None
    match = _VERSION.fullmatch(names[name])
    if match is None:
        raise _version_error(names, name)
    return match[1]


def _version_error(names: Mapping[str, str], name: str) -> VersionRefused:
    return VersionRefused(name=name, version=names[name][:64])


def _level(accept: str, *, is_new: bool) -> MetadataLevel:
    """Return the level that an `Accept` wants most. Raises `NotAcceptable`.

    Whoever accepts no JSON at all gets it at minimal.
    """
    wanted = json_parameters(accept)
    own, other, levels = (
        ("odata.metadata", "odata", _NEW_NAMES)
        if is_new
        else ("odata", "odata.metadata", _OLD_NAMES)
    )
    for parameters in wanted:
        if own in parameters:
            level = levels.get(parameters[own].lower())
        else:
            level = None if other in parameters else MetadataLevel.MINIMAL
        if level is not None:
            return level
    if wanted:
        raise NotAcceptable
    return MetadataLevel.MINIMAL
