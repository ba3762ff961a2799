"""Citations of this repository's documents, and links between them: which of them lead nowhere.

A citation is a path from the root, alone, with sections (`docs/reference/outlook.md §1.4, §5`, also
`§3.1, no. 7` for an item of a numbered list), or with a heading or the first cell of a row of a
table in quotes (`docs/decisions.md "IANA name"`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

_GAP = r"`?[\s#]+"  # a comment or a docstring may break a line there
_SECTION = r"§\d+(?:\.\d+)?(?:, no\. \d+)?"
_SECTIONS = rf"{_SECTION}(?:(?:,| and)[\s#]+{_SECTION})*"
_CITATION = re.compile(
    rf"(?P<page>docs/[\w./-]+\.md)"
    rf"(?:{_GAP}(?P<sections>{_SECTIONS})|{_GAP}\"(?P<title>[^\"\n]+)\")?"
)
_LINK = re.compile(r"(?<!\\)\[(?:[^\[\]]|\\.)*\]\(([^()\s]+)\)")
_FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_OUTSIDE = re.compile(
    r"\bDESIGN\b|-contract\b(?:\.md)?|\b[Cc]ontract,?[\s#]+§|field-notes|house-review"
    r"|\.\./shared|(?<![\w./])/(?:root|home|work)/\w"
)


@dataclass(frozen=True)
class Citation:
    """A document of this repository, by its path, and what is meant there."""

    text: str
    page: str
    sections: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Page:
    """What a Markdown file offers to citations and links."""

    anchors: frozenset[str]
    sections: dict[str, str]
    """The text below each numbered heading, up to the next heading."""
    headings: dict[str, str]
    """The anchor of each numbered heading."""
    titles: frozenset[str]


def anchor(heading: str) -> str:
    """Return what GitHub makes of a heading, as the end of an address."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def citations(text: str) -> Iterator[Citation]:
    """Find the citations in a text."""
    for match in _CITATION.finditer(text):
        sections = tuple(re.findall(_SECTION, match["sections"] or ""))
        yield Citation(match[0], match["page"], sections, match["title"] or "")


def broken_citations(text: str) -> list[str]:
    """Return the citations in a text that lead nowhere."""
    return [one.text for one in citations(text) if not _is_there(one)]


def broken_links(file: Path, text: str) -> list[str]:
    """Return the relative links in a Markdown file that lead nowhere."""
    found = []
    for target in _LINK.findall(_FENCED.sub("", text)):
        path, _, fragment = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        leads_to = (file.parent / path).resolve() if path else file
        if not leads_to.exists() or (fragment and fragment not in page(leads_to).anchors):
            found.append(target)
    return found


def citations_outside(text: str) -> list[str]:
    """Return what a text cites that is not in this repository."""
    return _OUTSIDE.findall(text)


def linked(source: str, plain: Callable[[str], str]) -> str:
    """Write a source for a Markdown file in `docs/`: citations as links, all else by `plain`."""
    written, end = [], 0
    for match in _CITATION.finditer(source):
        written += [plain(source[end : match.start()]), f"[{plain(match[0])}]({_address(match)})"]
        end = match.end()
    return "".join([*written, plain(source[end:])])


@cache
def page(file: Path) -> Page:
    """Read a Markdown file."""
    text = _FENCED.sub("", file.read_text("utf-8"))
    pieces = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    sections, numbered = {}, {}
    for heading, below in zip(pieces[1::2], pieces[2::2], strict=True):
        if number := re.match(r"(\d+(?:\.\d+)?)\.? ", heading):
            sections[number[1]] = below
            numbered[number[1]] = anchor(heading)
    rows = re.findall(r"^\| (.+?) \|", text, re.MULTILINE)
    anchors = frozenset(anchor(heading) for heading in pieces[1::2])
    return Page(anchors, sections, numbered, frozenset([*pieces[1::2], *rows]))


def _is_there(one: Citation) -> bool:
    if not (ROOT / one.page).is_file():
        return False
    cited = page(ROOT / one.page)
    if one.title:
        return re.sub(r"\\(\W)", r"\1", one.title) in cited.titles  # Markdown escapes signs
    return all(_has(cited, section) for section in one.sections)


def _has(cited: Page, section: str) -> bool:
    number, _, item = section.removeprefix("§").partition(", no. ")
    below = cited.sections.get(number)
    return below is not None and (not item or f"\n{item}. " in below)


def _address(match: re.Match[str]) -> str:
    (one,) = citations(match[0])
    path = one.page.removeprefix("docs/")
    cited = page(ROOT / one.page)
    if one.sections:
        return f"{path}#{cited.headings[one.sections[0][1:].partition(',')[0]]}"
    return f"{path}#{anchor(one.title)}" if anchor(one.title) in cited.anchors else path
