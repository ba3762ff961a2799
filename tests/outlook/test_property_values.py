"""Properties as bare text, below `$value`."""

from typing import Any

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import FULL, expect_refusal, prefer

TASK = "tasks('{task}')"
BARE = [
    ("tasks('{task}')/Subject", "Everything"),
    ("tasks('{task}')/Body/Content", "<p>x</p>"),
    ("tasks('{task}')/Body/ContentType", "HTML"),
    ("tasks('{task}')/Importance", "High"),
    ("tasks('{task}')/Status", "Completed"),
    ("tasks('{task}')/IsReminderOn", "true"),
    ("tasks('{task}')/HasAttachments", "false"),
    ("tasks('{task}')/DueDateTime/TimeZone", "UTC"),
    ("tasks('{task}')/Recurrence/Pattern/Interval", "2"),
    ("tasks('{task}')/Recurrence/Range/StartDate", "2016-04-25"),
    ("taskfolders('{folder}')/tasks('{task}')/Sensitivity", "Private"),
    ("taskfolders('{folder}')/Name", "Cooking"),
    ("taskfolders('tasks')/Name", "Tasks"),
    ("taskgroups('{group}')/taskfolders('{folder}')/IsDefaultFolder", "false"),
    ("taskgroups('{group}')/Name", "Leisure"),
    ("taskgroups('{group}')/Id", "{group}"),
]


@pytest.mark.spec("property.bare")
def test_bare(filled: Filled) -> None:
    filled.me.patch(filled.at(TASK), FULL)
    for address, text in BARE:
        response = filled.me.get(f"{filled.at(address)}/$value")

        assert (response.status_code, response.text) == (200, filled.at(text)), address
        assert response.headers["content-type"] == "text/plain;charset=utf-8"
        assert response.headers["x-content-type-options"] == "nosniff"
        for name, value in (("odata-version", "4.0"), ("cache-control", "private")):
            assert response.headers.get_list(name) == [value]


@pytest.mark.spec("property.bare")
@pytest.mark.in_process
@pytest.mark.parametrize("text", ["", " ", "Ünïcødé 🜁", "null", '"quoted"', "a\r\nb", "{}", "0"])
def test_text(filled: Filled, text: str) -> None:
    """Text comes as it is, with nothing around it."""
    filled.me.patch(filled.at(TASK), {"Subject": text, "Body": {"Content": text}})

    for path in ("Subject", "Body/Content"):
        response = filled.me.get(f"{filled.at(TASK)}/{path}/$value")
        assert (response.status_code, response.content.decode()) == (200, text)


@pytest.mark.spec("property.bare", "property.null")
def test_null(filled: Filled) -> None:
    filled.me.patch(filled.at(TASK), {"Subject": None})
    for path in ("Subject", "DueDateTime/DateTime", "Recurrence/Pattern/Type", "AssignedTo"):
        response = filled.me.get(f"{filled.at(TASK)}/{path}/$value")
        assert (response.status_code, response.content) == (204, b""), path


@pytest.mark.inferred("property.zone")
def test_zone(filled: Filled) -> None:
    zone: dict[str, Any] = {"Prefer": prefer("Tokyo Standard Time")}
    task = filled.me.patch(filled.at(TASK), FULL, **zone).json()

    response = filled.me.get(f"{filled.at(TASK)}/DueDateTime/DateTime/$value", **zone)

    assert response.text == task["DueDateTime"]["DateTime"]
    assert response.headers["Preference-Applied"] == zone["Prefer"]
    assert response.text != filled.me.get(f"{filled.at(TASK)}/DueDateTime/DateTime/$value").text


@pytest.mark.inferred("property.case")
@pytest.mark.once
@pytest.mark.parametrize("value", ["$VALUE", "%24value", "$value/"])
def test_spellings(filled: Filled, value: str) -> None:
    assert filled.me.get(f"{filled.at(TASK)}/subject/{value}").text == "Shop for dinner"


@pytest.mark.inferred("property.bare-primitive")
@pytest.mark.once
@pytest.mark.parametrize(
    "path",
    ["", "Body/", "DueDateTime/", "Categories/", "Recurrence/Pattern/", "Subject/$value/",
     "Recurrence/Pattern/DaysOfWeek/"],
)  # fmt: skip
def test_what_has_no_bare_value(filled: Filled, path: str) -> None:
    for method in ("GET", "PUT"):
        response = filled.me.send(method, f"{filled.at(TASK)}/{path}$value")
        expect_refusal(response, 400, "RequestBroker-ParseUri", "for the segment '$value'")


@pytest.mark.inferred("property.unknown")
@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "segment"),
    [("Title/$value", "Title"), ("Subject/$value/x", "x"), ("$value", "$value")],
)
def test_nowhere(filled: Filled, path: str, segment: str) -> None:
    response = filled.me.get(f"{filled.at(TASK)}/{path}")
    expect_refusal(response, 400, "RequestBroker-ParseUri", f"for the segment '{segment}'")
