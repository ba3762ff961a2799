"""What code, tests and documents cite is in this repository, and their links lead somewhere."""

from pathlib import Path

import pytest

from tests.support.citations import ROOT, broken_citations, broken_links, citations_outside

FOLDERS = ("app", "benchmarks", "docs", "seed", "tests")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
FILES = [
    file
    for file in [
        *PAGES,
        ROOT / "pyproject.toml",
        *(file for folder in FOLDERS for file in (ROOT / folder).rglob("*")),
    ]
    if file.suffix in {".md", ".py", ".toml"}
    and file.name not in {Path(__file__).name, "citations.py", "CHANGELOG.md"}
]

PUBLISHED = "which only `$expand` shows (contract §1.4)"
"""A description in `openapi/`: it goes with the next change of what is published."""


def test_every_citation_leads_somewhere() -> None:
    """To a page, and there to a section, an item, a heading or a row."""
    broken = {
        str(file.relative_to(ROOT)): wrong
        for file in FILES
        if (wrong := broken_citations(file.read_text("utf-8")))
    }

    assert len(FILES) > 500
    assert broken == {}


def test_every_link_leads_somewhere() -> None:
    """Between files of this repository, and to headings."""
    broken = {
        str(file.relative_to(ROOT)): wrong
        for file in PAGES
        if (wrong := broken_links(file, file.read_text("utf-8")))
    }

    assert broken == {}


def test_nothing_outside_is_cited() -> None:
    """Whoever has the repository has all that it goes by, but for public documents."""
    outside = {
        str(file.relative_to(ROOT)): wrong
        for file in FILES
        if (wrong := citations_outside(file.read_text("utf-8").replace(PUBLISHED, "")))
    }

    assert outside == {}


@pytest.mark.parametrize(
    "text",
    [
        "docs/reference/outlook.md §1.4, §5",
        "# (docs/reference/outlook.md\n# §2.6)",
        "`docs/reference/csom.md` §3.1, no. 10",
        "docs/reference/csom.md §1.2 and §1.3",
        'docs/decisions.md "IANA name"',
        'docs/reliability.md "What holds"',
        "`docs/sync.md`",
    ],
)
def test_good_citations(text: str) -> None:
    """Of every form."""
    assert broken_citations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "docs/reference/outlook.md §10",
        "docs/reference/outlook.md §1.4, §2.99",
        "(docs/reference/csom.md\n§3.4)",
        "docs/reference/csom.md §3.1, no. 11",
        'docs/decisions.md "a row that there is not"',
        "docs/design.md",
    ],
)
def test_planted_citations(text: str) -> None:
    """A citation that leads nowhere is seen."""
    assert len(broken_citations(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[gone](gone.md)",
        "[nowhere](sync.md#nowhere)",
        "[none](#none)",
        "[`code`](../app/afterlook/gone.py)",
    ],
)
def test_planted_links(text: str) -> None:
    """A link that leads nowhere is seen."""
    assert len(broken_links(ROOT / "docs" / "csom.md", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "see DESIGN.md",
        "contract §1.4",
        "(contract\n# §5.4)",
        "reference/outlook-contract.md",
        "../shared/notes.md",
        "field-notes §5.2",
        "/home/me/notes.md",
    ],
)
def test_planted_places_outside(text: str) -> None:
    """What is not in the repository is seen."""
    assert citations_outside(text)
