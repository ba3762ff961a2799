"""The enumerations of SP.WorkManagement.OM: integers on the wire ([MS-WMCSOM] 3.1.5)."""

from __future__ import annotations

from afterlook.csom.types import EnumType

BOOLEAN_COMPARE_TYPE = EnumType(
    "BooleanCompareType",
    {
        "NoValue": 0,
        "IsTrue": 1,
        "IsFalse": 2,
    },
)

CRITERION_CONCAT_TYPE = EnumType(
    "CriterionConcatType",
    {
        "NoValue": 0,
        "All": 1,
        "Any": 2,
    },
)

PIN_AGE = EnumType(
    "PinAge",
    {
        "NoValue": 0,
        "Fresh": 1,
        "Stale": 2,
    },
)

PINNED_STATE = EnumType(
    "PinnedState",
    {
        "NoValue": 0,
        "Pinned": 1,
        "NotPinned": 2,
    },
)

REFRESH_STATE = EnumType(
    "RefreshState",
    {
        "NoValue": 0,
        "Pending": 1,
        "Ignored": 2,
        "Succeeded": 3,
        "Failed": 4,
    },
)

SORTABLE_TASK_FIELD = EnumType(
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

STRING_COMPARE_TYPE = EnumType(
    "StringCompareType",
    {
        "NoValue": 0,
        "Equals": 1,
        "Contains": 2,
        "BeginsWith": 3,
    },
)

WRITABLE_TASK_FIELD = EnumType(
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

WRITE_FIELD_ERROR_TYPE = EnumType(
    "WriteFieldErrorType",
    {
        "NoValue": 0,
        "TaskNotFound": 1,
        "InvalidInput": 2,
        "TaskDeleted": 3,
        "FieldConflict": 4,
        "Validation": 5,
        "LocationInvalid": 6,
        "Unknown": 7,
        "DueDateInvalid": 8,
        "StartDateInvalid": 9,
        "DescriptionInvalid": 10,
        "IsCompletedInvalid": 11,
        "TitleInvalid": 12,
        "EditUrlInvalid": 13,
        "AccessDenied": 14,
        "PromoteTargetTaskNotPersonal": 15,
        "PromotionFailedInProvider": 16,
    },
)
"""The document heads its section `WriteFieldType`; where it is used, and in scripts, it is this."""

PRIVACY_TYPE = EnumType(
    "PrivacyType",
    {
        "None": 0,
        "Personal": 1,
        "Public": 2,
    },
)

EXCHANGE_OPT_IN_RESULT = EnumType(
    "ExchangeOptInResult",
    {
        "NoValue": 0,
        "Success": 1,
        "UnknownError": 2,
        "CouldNotConnectToExchange": 3,
        "CouldNotFindOrCreateMySite": 4,
        "UserAlreadyOptedIn": 5,
        "UserExchangeOperationPending": 6,
        "UnsupportedExchangeVersion": 7,
        "MissingEmailAddress": 8,
        "ExchangeWebServiceClientMissing": 9,
        "UnsupportedSharePointConfiguration": 10,
        "InvalidOrUnauthorizedUser": 11,
        "CouldNotActivateExchangeSyncFeatureOnSiteSubscription": 12,
    },
)

EXCHANGE_SYNC_RESULT = EnumType(
    "ExchangeSyncResult",
    {
        "NoValue": 0,
        "Success": 1,
        "UnknownError": 2,
        "CouldNotConnectToExchange": 3,
        "CouldNotGetUserCredentials": 4,
        "CouldNotKickoffJob": 5,
        "SyncWithErrors": 6,
    },
)

TASK_QUERY_ERROR_TYPE = EnumType(
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
