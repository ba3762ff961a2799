"""How many entities a page holds."""

from collections.abc import Iterator

import pytest

from afterlook import main, settings
from afterlook.seeds import files as seeds
from tests.support.client import Client
from tests.support.mailboxes import LISTED, Filled
from tests.support.outlook import Json, expect_refusal, subjects, values, walk
from tests.support.wire import Mailbox, Wire

ABSURD = ["-1", "abc", "1.5", "1.0", "", "2147483648", "9" * 40, "1e3", "0x10", "null", "NaN", "٣"]
MANY = 1003


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """Return a mailbox with more tasks than a page can hold."""
    file = tmp_path_factory.mktemp("crowded") / "afterlook.db"
    loaded = settings.load(database=f"sqlite:///{file}", durability="normal")
    store = main.open_store(loaded)
    tasks = [{"Subject": str(number)} for number in range(MANY)]
    folders = [{"Name": "Tasks", "Tasks": tasks}]
    groups = [{"Name": "My Tasks", "TaskFolders": folders}]
    seeds.load(store, seeds.Seed.model_validate({"Mailboxes": [{"TaskGroups": groups}]}))
    with Client(main.create_app(loaded, store), base_url="http://localhost") as client:
        yield Mailbox(Wire("in-process", "sqlite", client), token=None)


@pytest.mark.inferred("page.zero")
@pytest.mark.in_process
def test_page_of_none(listed: Filled) -> None:
    response = listed.me.get("tasks?$top=0")

    assert values(response) == []
    assert "@odata.nextLink" not in response.json()


@pytest.mark.inferred("prefer.max-page-size")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("options", "wanted", "size"),
    [
        ("", "odata.maxpagesize=5", 5),
        ("", "maxpagesize=5", 5),
        ("?$top=7", "odata.maxpagesize=5", 5),
        ("?$top=3", "odata.maxpagesize=5", 3),
        ("", "odata.maxpagesize=11", 11),
        ("", "odata.maxpagesize=0000000000005", 5),
        ("", "odata.maxpagesize=5000", LISTED),
        ("", "odata.maxpagesize=99999999999999999999", LISTED),
    ],
)
def test_preferred_size(listed: Filled, options: str, wanted: str, size: int) -> None:
    pages = walk(listed.me, f"tasks{options}", Prefer=wanted)

    assert len(pages[0]) == size
    assert sum(map(len, pages)) == LISTED


@pytest.mark.observed("page.most")
@pytest.mark.parametrize("size", ["1000", "1001", "5000", "2147483647"])
def test_most_on_a_page(crowded: Mailbox, size: str) -> None:
    pages: list[list[Json]] = walk(crowded, f"tasks?$top={size}&$select=Subject")

    assert [len(page) for page in pages] == [1000, MANY - 1000]
    found = [entity["Subject"] for page in pages for entity in page]
    assert found == [str(number) for number in range(MANY)]


@pytest.mark.observed("page.most")
def test_most_on_a_preferred_page(crowded: Mailbox) -> None:
    assert len(values(crowded.get("tasks", Prefer="odata.maxpagesize=1002"))) == 1000
    assert len(subjects(crowded.get("tasks"))) == 10


@pytest.mark.inferred("page.absurd")
@pytest.mark.once
@pytest.mark.parametrize("option", ["$top", "$skip", "%24top", "skip"])
def test_absurd_counts(me: Mailbox, option: str) -> None:
    for value in ABSURD:
        response = me.get(f"tasks?{option}={value}")
        expect_refusal(response, 400, "ErrorInvalidUrlQuery", option.removeprefix("%24"))
