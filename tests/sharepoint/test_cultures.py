"""How dates are read that people write: by the culture of the web, or of the request."""

from uuid import uuid4

import pytest

from afterlook.runtime.clock import SystemClock
from tests.sharepoint.exchange import DUE, User
from tests.sharepoint.rest.helpers import ask, content_of
from tests.support import wire as wires
from tests.support.wire import Engine, Mailbox

MARCH, APRIL = "/Date(2026,2,4,0,0,0,0)/", "/Date(2026,3,3,0,0,0,0)/"
ASKED = [
    ("de-DE", APRIL),
    ("en-GB", APRIL),
    ("en-US", MARCH),
    ("de", APRIL),
    ("de-DE,de;q=0.9,en;q=0.8", APRIL),
    ("en-GB,en;q=0.9", APRIL),
    ("en-US,en;q=0.9,de;q=0.8", MARCH),
    ("de;q=0.8,en-US", MARCH),
    ("de-DE;q=1", APRIL),
    ("xx-YY, de;q=0.5", APRIL),
    ("xx-YY", MARCH),
    ("*", MARCH),
    ("", MARCH),
]


@pytest.mark.inferred("om.dates-as-text")
@pytest.mark.once
@pytest.mark.parametrize(("languages", "shown"), ASKED)
def test_the_culture_of_a_request(me: Mailbox, languages: str, shown: str) -> None:
    """The one that the client ranks highest, of those that there are."""
    me.authorization |= {"Accept-Language": languages}
    user = User(me)
    key = user.create("Task", "3/4/2026")
    assert user.listed()["Task"]["DueDate"] == shown
    assert user.update(key, DUE, "2026-03-05")["DueDate"] == "/Date(2026,2,5,0,0,0,0)/"


@pytest.mark.inferred("om.dates-as-text")
def test_the_culture_of_the_webs(database: str, engine: Engine) -> None:
    """Is a setting; a request may still ask for another."""
    with wires.in_process(database, engine, SystemClock(), culture="de-DE") as wire:
        me = Mailbox(wire, uuid4().hex)
        User(me).create("Theirs", "3.4.2026")
        me.authorization |= {"Accept-Language": "en-US"}
        User(me).create("Ours", "3/4/2026")
        listed = User(me).listed()
        regional = content_of(ask(me, "GET", "/_api/web/RegionalSettings"))
    assert (listed["Theirs"]["DueDate"], listed["Ours"]["DueDate"]) == (APRIL, MARCH)
    written = {"LocaleId": 1031, "DateSeparator": ".", "DecimalSeparator": ",", "Time24": True}
    assert regional.items() >= written.items()


@pytest.mark.inferred("om.dates-as-text")
@pytest.mark.once
@pytest.mark.parametrize(
    ("culture", "text"), [("ar-SA", "09/01/34"), ("fa-IR", "1391/9/3"), ("th-TH", "23/11/2012")]
)
def test_dates_of_another_calendar(me: Mailbox, culture: str, text: str) -> None:
    """Are refused where they are not understood: the task stays as it is."""
    me.authorization |= {"Accept-Language": culture}
    user = User(me)
    key = user.create("Task", "2012-11-23")
    assert user.error_of("UpdateTaskWithLocalizedValue", key, DUE, text) == 8
    assert user.listed()["Task"]["DueDate"] == "/Date(2012,10,23,0,0,0,0)/"


@pytest.mark.inferred("om.dates-as-text")
def test_years_of_the_buddhist_calendar(me: Mailbox) -> None:
    me.authorization |= {"Accept-Language": "th-TH,th;q=0.9,en;q=0.8"}
    user = User(me)
    user.create("Task", "23/11/2555")
    assert user.listed()["Task"]["DueDate"] == "/Date(2012,10,23,0,0,0,0)/"
