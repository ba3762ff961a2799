"""The text of HTML bodies."""

import pytest

from afterlook.workmanagement.exchange_sync import plaintext
from afterlook.workmanagement.exchange_sync.plaintext import from_html

BODIES = [
    ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
    ("<html><head><title>No</title><style>p {}</style></head>\r\n<body>Yes</body></html>", "Yes"),
    ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
    ("<script>if (a < b) c()</script>after", "after"),
    ("  <b>bold</b>  and\n\nplain ", "bold and plain"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("<!-- a comment -->shown", "shown"),
    ("<p></p>", ""),
    ("&#0;&#xD800;", "\ufffd\ufffd"),
    ("<unclosed", "<unclosed"),
    ("&#" + "9" * 5_000 + ";&#65;", "&#" + "9" * 5_000 + ";A"),
    ("&#x" + "f" * 5_000 + ";&#x41;", "&#x" + "f" * 5_000 + ";A"),
]


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_html_as_text(body: str, text: str) -> None:
    assert from_html(body) == text


def test_text_after_much_markup() -> None:
    """Is found, however much of a body is not text."""
    assert from_html(f"<head>{'<meta a>' * 90_000}</head>{'<i>' * 90_000}text") == "text"
    assert from_html("a<b>" * plaintext.MAX_TAGS) == "a" * plaintext.MAX_TAGS


def test_more_markup_than_is_read() -> None:
    """It is too much, whether it is shown or not."""
    for tag in ("<b>", "<br>", "a<b>", "<script>"):
        assert from_html(tag * (plaintext.MAX_TAGS + 1)) is None


@pytest.mark.parametrize("part", ["<", "<a", "<!--", "</", "<script>", "<p>", "&", "&#", "> <"])
def test_much_of_a_kind(part: str) -> None:
    """It takes no longer than reading it."""
    text = from_html(part * 300_000)
    assert text is None or len(text) <= plaintext.MAX_INPUT
