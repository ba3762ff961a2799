"""The enumerations of SP.WorkManagement.OM: integers on the wire ([MS-WMCSOM] 3.1.5)."""

from __future__ import annotations

from enum import IntEnum

from pydantic.alias_generators import to_pascal

from afterlook.csom.types import ClientEnum
from afterlook.workmanagement.exchange_sync.state import OptInResult, SyncResult
from afterlook.workmanagement.refresh.report import RefreshState
from afterlook.workmanagement.results import PinAge, WriteError


def _of_domain(name: str, members: type[IntEnum]) -> ClientEnum:
    """Declare an enumeration that the domain answers by."""
    return ClientEnum(name, {to_pascal(member.name): member.value for member in members})


BOOLEAN_COMPARE_TYPE = ClientEnum(
    "BooleanCompareType",
    {
        "NoValue": 0,
        "IsTrue": 1,
        "IsFalse": 2,
    },
)

CRITERION_CONCAT_TYPE = ClientEnum(
    "CriterionConcatType",
    {
        "NoValue": 0,
        "All": 1,
        "Any": 2,
    },
)

PIN_AGE = _of_domain("PinAge", PinAge)

PINNED_STATE = ClientEnum(
    "PinnedState",
    {
        "NoValue": 0,
        "Pinned": 1,
        "NotPinned": 2,
    },
)

REFRESH_STATE = _of_domain("RefreshState", RefreshState)

SORTABLE_TASK_FIELD = ClientEnum(
    "SortableTaskField",
    {
        "NoValue": 0,
        "IsCompleted": 13,
        "Id": 1,
        "DueDate": 5,
        "Description": 4,
        "PinAge": 22,
        "Location": 18,
        "LastModified": 17,
        "DiscoveredDate": 2,
        "Title": 21,
    },
)

STRING_COMPARE_TYPE = ClientEnum(
    "StringCompareType",
    {
        "NoValue": 0,
        "Equals": 1,
        "Contains": 2,
        "BeginsWith": 3,
    },
)

WRITABLE_TASK_FIELD = ClientEnum(
    "WritableTaskField",
    {
        "NoValue": 0,
        "IsCompleted": 13,
        "DueDate": 5,
        "Description": 4,
        "Title": 21,
        "EditUrl": 6,
        "StartDate": 28,
    },
)

WRITE_FIELD_ERROR_TYPE = _of_domain("WriteFieldErrorType", WriteError)
"""The document heads its section `WriteFieldType`; where it is used, and in scripts, it is this."""

PRIVACY_TYPE = ClientEnum(
    "PrivacyType",
    {
        "None": 0,
        "Personal": 1,
        "Public": 2,
    },
)

EXCHANGE_OPT_IN_RESULT = _of_domain("ExchangeOptInResult", OptInResult)

EXCHANGE_SYNC_RESULT = _of_domain("ExchangeSyncResult", SyncResult)

TASK_QUERY_ERROR_TYPE = ClientEnum(
    "TaskQueryErrorType",
    {
        "NoValue": 0,
        "QueryThrottled": 1,
    },
)

ENUMS = (
    BOOLEAN_COMPARE_TYPE,
    CRITERION_CONCAT_TYPE,
    PIN_AGE,
    PINNED_STATE,
    REFRESH_STATE,
    SORTABLE_TASK_FIELD,
    STRING_COMPARE_TYPE,
    WRITABLE_TASK_FIELD,
    WRITE_FIELD_ERROR_TYPE,
    PRIVACY_TYPE,
    EXCHANGE_OPT_IN_RESULT,
    EXCHANGE_SYNC_RESULT,
    TASK_QUERY_ERROR_TYPE,
)
