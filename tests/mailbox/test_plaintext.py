"""The text of HTML bodies."""

import pytest

from afterlook.mailbox.plaintext import MAX_TAGS, from_html

MOST = 80_000
"""Characters of text that are read here."""

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
    assert from_html(body, MOST) == text


def test_text_after_much_markup() -> None:
    """Is found, however much of a body is not text."""
    much = f"<head>{'<meta a>' * 90_000}</head>{'<i>' * 90_000}text"
    assert from_html(much, MOST) == "text"
    assert from_html("a<b>" * MAX_TAGS, MAX_TAGS) == "a" * MAX_TAGS
    assert from_html("a<b>" * MAX_TAGS, MAX_TAGS - 1) is None


def test_more_markup_than_is_read() -> None:
    """It is too much, whether it is shown or not."""
    for tag in ("<b>", "<br>", "a<b>", "<script>"):
        assert from_html(tag * (MAX_TAGS + 1), 2 * MAX_TAGS) is None


@pytest.mark.parametrize("part", ["<", "<a", "<!--", "</", "<script>", "<p>", "&", "&#", "> <"])
def test_much_of_a_kind(part: str) -> None:
    """It takes no longer than reading it."""
    text = from_html(part * 300_000, MOST)
    assert text is None or len(text) <= MOST
