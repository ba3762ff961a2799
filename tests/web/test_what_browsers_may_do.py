"""What browsers may do with pages and files: headers, caching, sizes, texts."""

import asyncio
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from afterlook.assets.pages import SHARED, embed_json
from afterlook.web.rendering import FILES
from afterlook.web.texts import TEXTS, WRITE_ERRORS
from afterlook.web.visits import Visit
from afterlook.workmanagement.results import WriteError
from tests.support.my_tasks import Owner, Site, Visitor
from tests.tools import icons, texts

TEMPLATES = Path(__file__).parents[2] / "app" / "afterlook" / "web" / "templates"


def _policy(page: str, header: str) -> None:
    nonce = re.search(r"'nonce-([0-9a-f]{32})'", header)
    assert nonce is not None
    assert header == (
        f"default-src 'none'; script-src 'nonce-{nonce[1]}' 'strict-dynamic'; style-src 'self'; "
        "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    )
    for tag in re.findall(r"<script[^>]*>", page):
        assert f'nonce="{nonce[1]}"' in tag or 'type="application/json"' in tag


@pytest.mark.inferred("page.security")
def test_headers(site: Site, visitor: Visitor, alice: Owner) -> None:
    answers = [
        visitor.get(alice.at("AllTasks.aspx")),
        visitor.get(alice.at("EditTask.aspx?taskId=9")),
        visitor.get("/mytasks"),
        visitor.get("/personal/nobody/AllTasks.aspx"),
        site.browser().get(alice.at("AllTasks.aspx")),
        site.browser().choose("nobody"),
    ]
    for answer in answers:
        headers = answer.headers
        _policy(answer.text, headers["Content-Security-Policy"])
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in headers["Vary"]
    policies = [answer.headers["Content-Security-Policy"] for answer in answers]
    assert len(set(policies)) == len(policies), "a nonce is good for one page"


@pytest.mark.inferred("page.security")
def test_files_are_kept_for_ever(site: Site) -> None:
    for files, name, media_type in (
        (SHARED, "icons.svg", "image/svg+xml"),
        (FILES, "page.css", "text/css; charset=utf-8"),
        (FILES, "page/main.js", "text/javascript; charset=utf-8"),
    ):
        address = files.url(name)
        plain = site.client.get(address, headers={"Accept-Encoding": "identity"})
        packed = site.client.get(address, headers={"Accept-Encoding": "gzip"})
        assert plain.content == packed.content
        assert plain.headers["Content-Type"] == media_type
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) < len(plain.content)
        assert plain.headers["ETag"] != packed.headers["ETag"]
        for answer in (plain, packed):
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        known = {"If-None-Match": plain.headers["ETag"], "Accept-Encoding": "identity"}
        same = site.client.get(address, headers=known)
        assert same.status_code == 304
        assert same.content == b""


@pytest.mark.inferred("page.security")
@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "is_known"),
    [
        (["{}"], True),
        (["W/{}"], True),
        (['"other", {}'], True),
        (['"other",,W/{} , "x"'], True),
        (['"other"', "{}"], True),
        ([" * "], True),
        (['"*"'], False),
        (['"x{}"'], False),
        (["x"], False),
        ([""], False),
        (['"other", *'], False),
    ],
)
def test_what_a_browser_has_already(site: Site, fields: list[str], is_known: bool) -> None:
    for address in (SHARED.url("icons.svg"), "/_layouts/15/sp.js"):
        tag = site.client.get(address).headers["ETag"].removeprefix("W/")
        sent = [("If-None-Match", field.replace("{}", tag)) for field in fields]
        answer = site.client.get(address, headers=sent)
        assert answer.status_code == (304 if is_known else 200), address
        bare = site.client.get(address, headers={"If-None-Match": tag.strip('"')})
        assert bare.status_code == 200


@pytest.mark.inferred("page.security")
@pytest.mark.once
@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("gzip;q=0", False), ("xgzip", False)],
)
def test_files_are_packed_for_those_who_ask(site: Site, accepted: str, is_packed: bool) -> None:
    answer = site.client.get(SHARED.url("icons.svg"), headers={"Accept-Encoding": accepted})
    assert ("Content-Encoding" in answer.headers) is is_packed
    assert answer.text.startswith("<svg")


@pytest.mark.inferred("page.security")
@pytest.mark.once
def test_pages_are_rendered_beside_the_event_loop(
    visitor: Visitor, alice: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred rows take milliseconds, in which other callers would wait."""
    seen: list[str] = []
    render = Visit.render

    def watch(visit: Visit, template: str, values: Mapping[str, Any], status: int = 200) -> object:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        seen.append(template)
        return render(visit, template, values, status)

    monkeypatch.setattr(Visit, "render", watch)
    for page in ("AllTasks.aspx", "EditTask.aspx", "EditTask.aspx?taskId=9", "Settings.aspx"):
        visitor.get(alice.at(page))
    visitor.get(alice.at("_layouts/15/ExchangeSyncSettings.aspx"))
    assert seen == ["view.html", "task.html", "gone.html", "settings.html", "sync.html"]


@pytest.mark.inferred("page.security")
@pytest.mark.parametrize(
    "name", ["x.css", "../pages.py", "%2e%2e/pages.py", "..%2fpages.py", "", "%00"]
)
def test_files_that_are_not_there(site: Site, name: str) -> None:
    base = SHARED.url("icons.svg").rpartition("/")[0]
    assert site.client.get(f"{base}/{name}").status_code == 404
    assert site.client.get("/_assets/00000000/icons.svg").status_code == 404


@pytest.mark.inferred("page.budgets")
def test_sizes_of_files() -> None:
    assert FILES.sizes("page.css")[1] <= 8_000
    assert FILES.sizes("page/main.js")[1] <= 44_000
    assert SHARED.sizes("icons.svg")[1] <= 2_500


def test_no_style_of_a_row_depends_on_its_number() -> None:
    """Where it did, a new row on top of thousands would have all of them styled anew."""
    assert not re.search(r"nth-|tbody:[a-z-]*of-type", FILES.text("page.css"))


def test_every_icon_of_a_page_is_in_the_sprite() -> None:
    sprite = SHARED.text("icons.svg")
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    assert drawn == set(icons.ICONS)
    assert "MIT License" in SHARED.text("icons.LICENSE.txt")
    written = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    used = set(re.findall(r'(?:icon|own)\("([a-z-]+)"', written))
    assert used <= drawn
    assert "star-filled" in drawn


def test_no_json_ends_a_script() -> None:
    embedded = embed_json({"a": "</script><!--&\u2028"})
    assert "<" not in embedded
    assert ">" not in embedded
    assert "&" not in embedded


def test_texts_are_whole() -> None:
    assert texts.document() == texts.FILE.read_text("utf-8"), "python -m tests.tools.texts --write"
    assert set(WRITE_ERRORS) == {int(error) for error in WriteError} - {0}
    for text in (*TEXTS.values(), *WRITE_ERRORS.values()):
        assert text.strip() == text != ""
        assert "!" not in text
        assert not re.search(r"\b[Oo]ops\b|[\"']", text)
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names)


def test_every_text_that_a_template_names_is_there() -> None:
    written = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    named = set(re.findall(r"\bt\.([a-z_]+)", written)) | set(
        re.findall(r'say\("([a-z_]+)"', written)
    )
    assert named <= TEXTS.keys()
