"""Comparing answers with the documents' samples.

Ids, keys, stamps, hosts and users differ from mailbox to mailbox; `ANY` stands for them in a
sample. Everything else must be equal, the order of the members included.
"""

from collections.abc import Mapping


class _Any:
    def __eq__(self, _: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "ANY"


ANY = _Any()


def same(actual: object, sample: object) -> bool:
    """Tell whether an answer equals a sample, members in the same order."""
    if isinstance(sample, Mapping) and isinstance(actual, Mapping):
        return list(actual) == list(sample) and all(
            same(actual[name], value) for name, value in sample.items()
        )
    if isinstance(sample, list) and isinstance(actual, list):
        return len(actual) == len(sample) and all(map(same, actual, sample))
    return bool(sample == actual)


def utc(date_time: str) -> dict[str, str]:
    """Return a DateTimeTimeZone in UTC."""
    return zoned(date_time, "UTC")


def zoned(date_time: str, zone: str) -> dict[str, str]:
    """Return a DateTimeTimeZone."""
    return {"DateTime": date_time, "TimeZone": zone}


def task(context: object = None, **properties: object) -> dict[str, object]:
    """Return a task as the document's samples show one, with `properties` in place of defaults."""
    sample: dict[str, object] = {
        "@odata.context": context,
        "@odata.id": ANY,
        "@odata.etag": ANY,
        "Id": ANY,
        "CreatedDateTime": ANY,
        "LastModifiedDateTime": ANY,
        "ChangeKey": ANY,
        "Categories": [],
        "AssignedTo": None,
        "Body": {"ContentType": "Text", "Content": ""},
        "CompletedDateTime": None,
        "DueDateTime": None,
        "HasAttachments": False,
        "Importance": "Normal",
        "IsReminderOn": False,
        "Owner": ANY,
        "ParentFolderId": ANY,
        "Recurrence": None,
        "ReminderDateTime": None,
        "Sensitivity": "Normal",
        "StartDateTime": None,
        "Status": "NotStarted",
        "Subject": None,
    }
    if context is None:
        del sample["@odata.context"]
    unknown = set(properties) - set(sample)
    assert not unknown, f"a task has no {unknown}"
    return sample | properties


WEEKEND = {
    "Subject": "Shop for children's weekend",
    "StartDateTime": {"DateTime": "2016-05-03T09:00:00", "TimeZone": "Eastern Standard Time"},
    "DueDateTime": {"DateTime": "2016-05-05T16:00:00", "TimeZone": "Eastern Standard Time"},
}
