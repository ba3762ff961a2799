"""Names of time zones."""

from datetime import datetime, timedelta

import pytest
from tzlocal.windows_tz import tz_win, win_tz

from tests.outlook.recurring import recurrence
from tests.support.mailboxes import Filled
from tests.support.outlook import PACIFIC, Json, everything, expect_refusal, prefer
from tests.support.wire import Mailbox

# The list of names in docs/reference/outlook.md §4, renamed places under both names.
IANA = """
Etc/GMT+12 Etc/GMT+11 Pacific/Honolulu America/Anchorage America/Santa_Isabel America/Los_Angeles
America/Phoenix America/Chihuahua America/Denver America/Guatemala America/Chicago
America/Mexico_City America/Regina America/Bogota America/New_York America/Indiana/Indianapolis
America/Caracas America/Asuncion America/Halifax America/Cuiaba America/La_Paz America/Santiago
America/St_Johns America/Sao_Paulo America/Argentina/Buenos_Aires America/Cayenne America/Godthab
America/Montevideo America/Bahia Etc/GMT+2 Atlantic/Azores Atlantic/Cape_Verde Africa/Casablanca
Etc/GMT Europe/London Atlantic/Reykjavik Europe/Berlin Europe/Budapest Europe/Paris Europe/Warsaw
Africa/Lagos Africa/Windhoek Europe/Bucharest Asia/Beirut Africa/Cairo Asia/Damascus
Africa/Johannesburg Europe/Kiev Europe/Kyiv Europe/Istanbul Asia/Jerusalem Asia/Amman Asia/Baghdad
Europe/Kaliningrad Asia/Riyadh Africa/Nairobi Asia/Tehran Asia/Dubai Asia/Baku Europe/Moscow
Indian/Mauritius Asia/Tbilisi Asia/Yerevan Asia/Kabul Asia/Karachi Asia/Tashkent Asia/Kolkata
Asia/Colombo Asia/Kathmandu Asia/Almaty Asia/Dhaka Asia/Yekaterinburg Asia/Rangoon Asia/Yangon
Asia/Bangkok Asia/Novosibirsk Asia/Shanghai Asia/Krasnoyarsk Asia/Singapore Australia/Perth
Asia/Taipei Asia/Ulaanbaatar Asia/Irkutsk Asia/Tokyo Asia/Seoul Australia/Adelaide
Australia/Darwin Australia/Brisbane Australia/Sydney Pacific/Port_Moresby Australia/Hobart
Asia/Yakutsk Pacific/Guadalcanal Asia/Vladivostok Pacific/Auckland Etc/GMT-12 Pacific/Fiji
Asia/Magadan Pacific/Tongatapu Pacific/Apia Pacific/Kiritimati
"""
SHOWN = {
    "America/Denver": "Mountain Standard Time",
    "America/New_York": "Eastern Standard Time",
    "Europe/Berlin": "W. Europe Standard Time",
    "Europe/London": "GMT Standard Time",
    "Asia/Kolkata": "India Standard Time",
    "Asia/Tokyo": "Tokyo Standard Time",
    "Australia/Sydney": "AUS Eastern Standard Time",
    "Etc/GMT+12": "Dateline Standard Time",
    "Etc/UTC": "UTC",
    "UTC": "UTC",
    "Europe/Kyiv": "FLE Standard Time",
    "Asia/Yangon": "Myanmar Standard Time",
    "Pacific/Kiritimati": "Line Islands Standard Time",
}
FORMER = {
    # Windows' own lists of other times, as its programs wrote them.
    "Armenian Standard Time": 4,
    "Kamchatka Standard Time": 12,
    "Mexico Standard Time": -5,
    "Mexico Standard Time 2": -6,
    "Mid-Atlantic Standard Time": -2,
    "U.S. Eastern Standard Time": -4,
    "U.S. Mountain Standard Time": -7,
    "S.A. Pacific Standard Time": -5,
    "Newfoundland and Labrador Standard Time": -2.5,
    "Jerusalem Standard Time": 3,
}
UNKNOWN = [
    "Factory",
    "localtime",
    "Greenwich Mean Time",
    "Pacific Time",
    "Mars/Olympus_Mons",
    "+01:00",
    "GMT+1",
    "../Europe/Berlin",
    "Europe",
    "Europe/",
    "posixrules",
    "zone.tab",
    "Pacific  Standard Time",
    "Pacific Standard Time;",
    "PST",
]
# In 2021 they had another time than the Windows zone that they are in today.
MOVED = {"America/Chihuahua", "Asia/Almaty"}
NOON = "2021-07-01T12:00:00"


def reminder(zone: object) -> dict[str, object]:
    """Return a body whose reminder is at noon in a zone."""
    return {"ReminderDateTime": {"DateTime": NOON, "TimeZone": zone}}


@pytest.mark.observed("zone.windows")
def test_every_windows_name(alone: Mailbox) -> None:
    """A reminder given in the zone comes back as it was given, by the same name."""
    assert len(win_tz) > 130
    for name in [*win_tz, "UTC"]:
        response = alone.post("tasks", reminder(name), Prefer=prefer(name))
        assert response.status_code == 201, (name, response.text)
        shown = {"DateTime": f"{NOON}.0000000", "TimeZone": name}
        assert response.json()["ReminderDateTime"] == shown, name


@pytest.mark.observed("zone.iana", "zone.shown")
def test_every_iana_name_of_the_list(alone: Mailbox) -> None:
    for name in IANA.split():
        response = alone.post("tasks", reminder(name), Prefer=prefer(name))
        assert response.status_code == 201, (name, response.text)
        shown = response.json()["ReminderDateTime"]
        assert shown["DateTime"] == f"{NOON}.0000000", name
        assert shown["TimeZone"] == (
            name if name in MOVED else tz_win.get(name, shown["TimeZone"])
        ), name
        assert name in MOVED or shown["TimeZone"] in {*win_tz, "UTC"}, name


@pytest.mark.observed("zone.shown", "prefer.echo")
@pytest.mark.once
@pytest.mark.parametrize(("name", "shown"), SHOWN.items())
def test_iana_name_is_shown_by_its_windows_name(shared: Mailbox, name: str, shown: str) -> None:
    response = shared.post("tasks", reminder(name), Prefer=prefer(name))

    assert response.json()["ReminderDateTime"]["TimeZone"] == shown
    assert response.headers["Preference-Applied"] == prefer(name)


@pytest.mark.inferred("zone.former")
@pytest.mark.once
@pytest.mark.parametrize(("name", "hours"), FORMER.items())
def test_former_windows_names(shared: Mailbox, name: str, hours: float) -> None:
    """Understood with the offset that the place had in July 2015, and shown by the same name."""
    given = {"ReminderDateTime": {"DateTime": "2015-07-01T12:00:00", "TimeZone": name}}
    noon = shared.post("tasks", given, Prefer=prefer(name)).json()

    assert noon["ReminderDateTime"] == {"DateTime": "2015-07-01T12:00:00.0000000", "TimeZone": name}
    utc = shared.get(f"tasks('{noon['Id']}')").json()["ReminderDateTime"]["DateTime"]
    offset = datetime(2015, 7, 1, 12) - datetime.fromisoformat(utc[:19])  # noqa: DTZ001
    assert offset / timedelta(hours=1) == hours


@pytest.mark.inferred("zone.links")
@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Europe/Uzhgorod", "FLE Standard Time"),
        ("Europe/Zaporozhye", "FLE Standard Time"),
        ("US/East-Indiana", "US Eastern Standard Time"),
        ("GMT", "UTC"),
        ("Etc/UCT", "UTC"),
    ],
)
def test_links_have_a_windows_name(shared: Mailbox, name: str, shown: str) -> None:
    task = shared.post("tasks", reminder(name), Prefer=prefer(name)).json()

    assert task["ReminderDateTime"]["TimeZone"] == shown


@pytest.mark.inferred("zone.shown-where-same")
@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "day", "shown"),
    [
        # Vienna is Berlin's time by its Windows name; in 1946 it was not.
        ("Europe/Vienna", "2016-07-01", "W. Europe Standard Time"),
        ("Europe/Vienna", "1949-07-27", "Europe/Vienna"),
        ("Africa/Algiers", "1978-06-01", "Africa/Algiers"),
        ("Europe/Berlin", "1949-07-27", "W. Europe Standard Time"),
        ("America/Detroit", "1972-08-25", "America/Detroit"),
    ],
)
def test_a_windows_name_only_where_it_means_the_same(
    shared: Mailbox, name: str, day: str, shown: str
) -> None:
    given = {"ReminderDateTime": {"DateTime": f"{day}T12:00:00", "TimeZone": name}}
    task = shared.post("tasks", given, Prefer=prefer(name)).json()
    answered = task["ReminderDateTime"]

    assert answered == {"DateTime": f"{day}T12:00:00.0000000", "TimeZone": shown}
    again = shared.create("tasks", {"ReminderDateTime": answered})["ReminderDateTime"]
    assert again == shared.get(f"tasks('{task['Id']}')").json()["ReminderDateTime"]


@pytest.mark.inferred("zone.shown-where-same")
def test_a_series_lives_in_the_zone_that_was_named(shared: Mailbox) -> None:
    """Its dates are those of all times; so the name is kept that stands for its very rules."""
    for name, shown in (
        ("Europe/Vienna", "Europe/Vienna"),
        ("Asia/Calcutta", "India Standard Time"),
    ):
        day = {"DateTime": "1946-10-10", "TimeZone": name}
        range_: Json = {"StartDate": "1946-10-10", "RecurrenceTimeZone": None}
        body = {"DueDateTime": day, "Recurrence": recurrence(None, range_)}
        task = shared.create("tasks", body)

        assert task["Recurrence"] == recurrence(None, range_ | {"RecurrenceTimeZone": shown})


@pytest.mark.inferred("zone.case")
@pytest.mark.once
@pytest.mark.parametrize("name", ["pacific standard time", "AMERICA/LOS_ANGELES", "utc", "Utc"])
def test_names_in_any_case(shared: Mailbox, name: str) -> None:
    shown = shared.post("tasks", reminder(name), Prefer=prefer(name)).json()["ReminderDateTime"]

    assert shown["TimeZone"] == ("UTC" if name.lower() == "utc" else PACIFIC)


@pytest.mark.observed("zone.unknown")
@pytest.mark.once
def test_unknown_names(me: Mailbox) -> None:
    before = everything(me)

    for name in UNKNOWN:
        for response in (
            me.post("tasks", reminder(name)),
            me.post("tasks", {"DueDateTime": {"DateTime": NOON, "TimeZone": name}}),
            me.post("tasks", {}, Prefer=prefer(name)),
            me.get("tasks", Prefer=prefer(name)),
            me.get("taskgroups", Prefer=prefer(name)),
        ):
            expect_refusal(response, 400, "TimeZoneNotSupportedException", f"'{name}'")

    assert everything(me) == before


@pytest.mark.observed("zone.unknown")
@pytest.mark.once
@pytest.mark.parametrize(
    "given", ['outlook.timezone=""', "outlook.timezone=''", "outlook.timezone=", "outlook.timezone"]
)
def test_empty_name(me: Mailbox, given: str) -> None:
    expect_refusal(me.get("tasks", Prefer=given), 400, "TimeZoneNotSupportedException", "''")
    expect_refusal(me.post("tasks", reminder("")), 400, "TimeZoneNotSupportedException", "''")


@pytest.mark.inferred("prefer.every-method", "error.unchanged")
@pytest.mark.once
def test_unknown_zone_refuses_every_method(filled: Filled) -> None:
    before = everything(filled.me)

    for method, address, body in [
        ("GET", "tasks('{task}')", None),
        ("PATCH", "tasks('{task}')", {"Subject": "x"}),
        ("POST", "tasks('{task}')/complete", None),
        ("DELETE", "tasks('{task}')", None),
        ("POST", "taskfolders", {"Name": "x"}),
        ("DELETE", "taskgroups('{group}')", None),
    ]:
        response = filled.me.send(method, filled.at(address), body, Prefer=prefer("Nowhere"))
        expect_refusal(response, 400, "TimeZoneNotSupportedException", "'Nowhere'")

    assert everything(filled.me) == before


@pytest.mark.observed("zone.omitted")
def test_no_name_is_utc(shared: Mailbox) -> None:
    for given in ({"DateTime": NOON}, {"DateTime": NOON, "TimeZone": None}):
        shown = shared.create("tasks", {"ReminderDateTime": given})["ReminderDateTime"]
        assert shown == {"DateTime": f"{NOON}.0000000", "TimeZone": "UTC"}


@pytest.mark.observed("zone.not-kept")
def test_the_zone_given_is_not_kept(shared: Mailbox) -> None:
    task = shared.create("tasks", reminder(PACIFIC))

    assert shared.get(f"tasks('{task['Id']}')").json()["ReminderDateTime"]["TimeZone"] == "UTC"
