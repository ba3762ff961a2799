"""The report as one HTML file that needs nothing beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterlook.migration import text

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 # takes long

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("report.html")


def write(report: dict[str, Any]) -> str:
    """Write the report as a page."""
    found = [loss for loss in report["losses"] if loss["count"]]
    lost = [loss for loss in found if loss["verdict"] in ("lost", "nearest")]
    return _template().render(
        report=report,
        summary=text.summarise(report),
        where=text.WHERE,
        lost=lost,
        more=[loss for loss in found if loss not in lost],
    )
