"""Resource paths: OData URL Conventions 4.0, §4.3."""

import re
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from afterlook.errors import UrlSyntax
from afterlook.odata import path
from afterlook.odata.path import Segment, Vocabulary

WORDS = Vocabulary(
    entity_sets=frozenset({"users", "tasks", "taskfolders"}),
    words={"me": "me", "complete": "complete", "ns.complete": "complete"},
)
FOLDER_TASKS = "/me/taskfolders('x')/tasks"

keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
base64url = st.text("ABCXYZabcxyz0189-_=", min_size=1)


def canonical(raw: str) -> str:
    """Read a path and write it in its one spelling."""
    return path.write_canonical(path.parse(raw), WORDS)


@pytest.mark.parametrize(
    "raw",
    [
        "/me/taskfolders('x')/tasks",
        "/me/taskfolders/x/tasks",
        "/Me/TaskFolders('x')/Tasks/",
        "//ME//TASKFOLDERS//x//TASKS//",
        "/me/taskfolders/('x')/tasks".replace("/(", "("),
        "/me/taskfolders(%27x%27)/tasks",
        "/me/taskfolders%28'x'%29/tasks",
        "/me/%74askfolders/%78/t%61sks",
        "me/taskFolders/x/tasks",
    ],
)
def test_spellings_of_one_place(raw: str) -> None:
    """Keys in parentheses or as segments, any case, any slashes, any percent-encoding."""
    assert canonical(raw) == FOLDER_TASKS


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("/", "/"),
        ("", "/"),
        ("/me/tasks", "/me/tasks"),
        ("/me/tasks/a/Complete", "/me/tasks('a')/complete"),
        ("/me/tasks('a')/NS.Complete", "/me/tasks('a')/complete"),
        ("/me/tasks/complete", "/me/tasks('complete')"),
        ("/me/tasks/tasks/complete", "/me/tasks('tasks')/complete"),
        ("/Users/A@b/Tasks", "/users('A@b')/tasks"),
        ("/users('o@t')/tasks/A", "/users('o@t')/tasks('A')"),
        ("/me/Unknown", "/me/Unknown"),
        ("/me/Unknown('Key')", "/me/Unknown('Key')"),
        ("/me/ME('k')", "/me/ME('k')"),
    ],
)
def test_canonical(raw: str, written: str) -> None:
    """Known names are lower-cased; keys and unknown names keep their case."""
    assert canonical(raw) == written


@pytest.mark.parametrize(
    ("raw", "segments"),
    [
        ("/tasks('a''b')", [Segment("tasks", "a'b")]),
        ("/tasks('''')", [Segment("tasks", "'")]),
        ("/tasks('a%27%27b')", [Segment("tasks", "a'b")]),
        ("/tasks('a(b)c')", [Segment("tasks", "a(b)c")]),
        ("/tasks('a%2Fb')", [Segment("tasks", "a/b")]),
        ("/tasks('a%3D')/x", [Segment("tasks", "a="), Segment("x", None)]),
        ("/tasks/a%3d", [Segment("tasks", None), Segment("a=", None)]),
        ("/tasks('a+b')", [Segment("tasks", "a+b")]),
        ("/tasks('100%25')", [Segment("tasks", "100%")]),
        ("/tasks('%C3%A9')", [Segment("tasks", "é")]),
        ("/.//..", [Segment(".", None), Segment("..", None)]),
    ],
)
def test_keys(raw: str, segments: list[Segment]) -> None:
    """Quotes are doubled inside a key, and percent-encoding is undone once."""
    assert path.parse(raw) == segments


@pytest.mark.parametrize(
    "raw",
    [
        "/me/tasks('')",
        "/me/tasks()",
        "/me/tasks(",
        "/me/tasks('a'",
        "/me/tasks('a",
        "/me/tasks(a)",
        "/me/tasks(')",
        "/me/tasks(''')",
        "/me/tasks('a'b')",
        "/me/tasks('a''b'c')",
        "/me/tasks('a')b",
        "/me/tasks('a')('b')x",
        '/me/tasks("a")',
        "/me/tasks%28",
        "/me/tasks/%FF",
        "/me/tasks('%C3')",
        "/me/%ED%A0%80",
    ],
)
def test_broken_keys(raw: str) -> None:
    """A broken key, and bytes that are no UTF-8, are syntax errors at a position in the text."""
    with pytest.raises(UrlSyntax) as caught:
        path.parse(raw)

    assert raw in caught.value.message


def test_position_of_a_broken_key() -> None:
    """The position is that of the parenthesis."""
    with pytest.raises(UrlSyntax, match="at position 9 in '/me/tasks"):
        path.parse("/me/tasks(a)")


@settings(deadline=None)
@given(keys)
def test_a_quoted_key_comes_back(key: str) -> None:
    """Any text survives as a key in parentheses."""
    doubled = quote(key.replace("'", "''"), safe="")

    assert path.parse(f"/tasks('{doubled}')") == [Segment("tasks", key)]


@settings(deadline=None)
@given(keys.filter(lambda key: "(" not in key))
@example("$")
def test_both_key_forms_are_one_place(key: str) -> None:
    """`tasks/key` and `tasks('key')` are written alike, a slash in the key never separating."""
    doubled = quote(key.replace("'", "''"), safe="")
    written = canonical(f"/me/tasks/{quote(key, safe='')}/complete")

    assert written == canonical(f"/me/tasks('{doubled}')/complete")
    assert written.count("/") == 3


@settings(deadline=None)
@given(base64url, base64url)
def test_the_canonical_path_is_canonical(folder: str, task: str) -> None:
    """Writing what was written changes nothing."""
    written = canonical(f"/me/taskfolders/{folder}/tasks('{task}')")

    assert written == f"/me/taskfolders('{folder}')/tasks('{task}')"
    assert canonical(written) == written


@settings(deadline=None)
@given(st.from_regex(WORDS.canonical_form, fullmatch=True))
def test_the_canonical_form_is_of_canonical_paths(raw: str) -> None:
    """What may be left as it stands without being read would not be written otherwise."""
    assert canonical(raw) == raw


@pytest.mark.parametrize(
    ("raw", "is_plain"),
    [
        ("/me/tasks", True),
        (FOLDER_TASKS, True),
        ("/users('A-_9=')/tasks('b')/complete", True),
        ("/Me/tasks", False),
        ("/me/tasks/", False),
        ("/me/tasks/me", False),
        ("/me/tasks('a%62')", False),
        ("/me/ns.complete", False),
        ("/me" * 300, False),
        ("", False),
    ],
)
def test_the_canonical_form(raw: str, is_plain: bool) -> None:
    """It has known names in their one spelling, with keys of few characters."""
    assert bool(re.fullmatch(WORDS.canonical_form, raw)) == is_plain


@settings(deadline=None)
@given(st.text("/()'%2F27tasks", max_size=40) | st.text())
def test_any_text_is_a_path_or_a_syntax_error(raw: str) -> None:
    """Nothing else than `UrlSyntax` comes out of any text."""
    try:
        segments = path.parse(raw)
    except UrlSyntax:
        return
    assert path.write_canonical(segments, WORDS).startswith("/")
    assert isinstance(path.find_unknown_segment(segments, WORDS), str)


@pytest.mark.parametrize(
    ("raw", "unknown"),
    [
        ("/me/task", "task"),
        ("/me/tasks/a/b", "b"),
        ("/me/tasks('a')/b/c", "b"),
        ("/you/tasks", "you"),
        ("/me/tasks/a/complete/tasks", "tasks"),
        ("", ""),
    ],
)
def test_the_segment_to_blame(raw: str, unknown: str) -> None:
    """It is the first that the vocabulary does not know, else the last."""
    assert path.find_unknown_segment(path.parse(raw), WORDS) == unknown
