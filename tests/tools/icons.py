"""The sprite of icons: the symbols of @tabler/icons (MIT) that pages use, in one file.

`python -m tests.tools.icons node_modules/@tabler/icons` writes it and its licence anew. It is
checked in, so that nobody needs npm to run the pages.
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).parents[2] / "app" / "afterlook" / "assets" / "static"

ICONS = {
    "add": "plus",
    "alert": "alert-triangle",
    "arrow-down": "arrow-down",
    "arrow-up": "arrow-up",
    "bottom": "arrow-bar-to-down",
    "calendar": "calendar-event",
    "clock": "clock",
    "close": "x",
    "copy": "copy",
    "dark": "moon",
    "delete": "trash",
    "done": "circle-check",
    "download": "download",
    "edit": "pencil",
    "fault": "bolt",
    "filter": "filter",
    "grip": "grip-vertical",
    "help": "help",
    "info": "info-circle",
    "key": "key",
    "light": "sun",
    "link": "external-link",
    "list": "list-check",
    "lock": "lock",
    "mail": "mail",
    "more": "dots",
    "move": "folder-symlink",
    "new": "sparkles",
    "next": "chevron-right",
    "open": "chevron-down",
    "pause": "player-pause",
    "play": "player-play",
    "project": "folder",
    "refresh": "refresh",
    "requests": "activity",
    "restore": "restore",
    "save": "camera",
    "search": "search",
    "settings": "settings",
    "sort": "arrows-sort",
    "star": "star",
    "star-filled": "filled/star",
    "switch": "switch-horizontal",
    "sync": "cloud-up",
    "system": "device-desktop",
    "table": "table",
    "timeline": "timeline",
    "top": "arrow-bar-to-up",
    "upload": "upload",
    "user": "user",
}
"""What pages call an icon, and where it is in the package; outlines where nothing else is said."""

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_GROUND = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" />')


def sprite(package: Path) -> str:
    """Return the sprite. Colour and width of lines come from where a symbol is used."""
    symbols = "".join(_symbol(package, *icon) for icon in sorted(ICONS.items()))
    notice = "<!-- From @tabler/icons, MIT: see icons.LICENSE.txt -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{notice}{symbols}</svg>\n'


def _symbol(package: Path, name: str, icon: str) -> str:
    path = icon if "/" in icon else f"outline/{icon}"
    match = _BODY.search((package / "icons" / f"{path}.svg").read_text("utf-8"))
    assert match, path
    drawing = re.sub(r"\s+", " ", _GROUND.sub("", match[1])).replace(" />", "/>").strip()
    drawing = drawing.replace("> <", "><")
    if path.startswith("filled/"):
        drawing = f'<g fill="currentColor" stroke="none">{drawing}</g>'
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>'


def run(package: Path) -> None:
    """Write the sprite and the licence."""
    (STATIC / "icons.svg").write_text(sprite(package), "utf-8")
    licence = (package / "LICENSE").read_text("utf-8")
    (STATIC / "icons.LICENSE.txt").write_text(licence, "utf-8")


if __name__ == "__main__":
    run(Path(sys.argv[1]))
