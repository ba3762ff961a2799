"""TaskQuery and the criteria it is made of ([MS-WMCSOM] 3.1.5.3, .6, .8, .13, .19, .20, .34, .38,
.39).
"""

from __future__ import annotations

from afterlook.csom.types import BOOLEAN, DATE_TIME, INT32, STRING, ArrayType, path, scalar
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declarations import class_

BOOLEAN_CRITERION = class_(
    "BooleanCriterion",
    "{16d379b2-e752-405e-a05f-a8fe05aa0d07}",
    scalar("CompareType", enums.BOOLEAN_COMPARE_TYPE),
    constructible=True,
)

DATE_RANGE_CRITERION = class_(
    "DateRangeCriterion",
    "{c9c79001-8e9d-4f24-860b-55bd22c13eae}",
    scalar("RangeEndValue", DATE_TIME),
    scalar("RangeStartValue", DATE_TIME),
    constructible=True,
)

NAME_CRITERION = class_(
    "NameCriterion",
    "{1c2a7a53-2cdd-4c21-8dd6-1673656eca45}",
    scalar("CompareType", enums.STRING_COMPARE_TYPE),
    scalar("CompareValue", STRING),
    constructible=True,
)

CUSTOM_ATTRIBUTE_FILTER = class_(
    "CustomAttributeFilter",
    "{0e21bb74-7473-48b1-9f7b-d1185ba1ca71}",
    scalar("Attributes", ArrayType(STRING)),
    scalar("ConcatType", enums.CRITERION_CONCAT_TYPE),
    constructible=True,
)

LOCATION_FILTER = class_(
    "LocationFilter",
    "{d9ce752e-01ed-4872-b4da-fc362038fbf0}",
    scalar("IncludeUncategorizedTasks", BOOLEAN),
    scalar("LocationKeys", ArrayType(INT32)),
    constructible=True,
)

TASK_FILTER = class_(
    "TaskFilter",
    "{3188516d-d569-40f8-8c01-1d48fbf5243c}",
    path("CompletedCriterion", BOOLEAN_CRITERION),
    scalar("CriterionConcatType", enums.CRITERION_CONCAT_TYPE),
    path("DueDateRangeCriterion", DATE_RANGE_CRITERION),
    scalar("IdsToFilterBy", ArrayType(INT32)),
    path("IsNewCriterion", BOOLEAN_CRITERION),
    path("NameCriterion", NAME_CRITERION),
    path("StartDateRangeCriterion", DATE_RANGE_CRITERION),
    constructible=True,
)

TASK_QUERY = class_(
    "TaskQuery",
    "{70c9591d-9a78-404a-9fe8-b50b1e02cd93}",
    path("CustomAttributeFilter", CUSTOM_ATTRIBUTE_FILTER),
    path("FieldFilter", TASK_FILTER),
    scalar("KeywordFilter", STRING),
    path("LastModifiedDateRangeFilter", DATE_RANGE_CRITERION),
    scalar("LastQueryTime", DATE_TIME),
    path("LocationFilter", LOCATION_FILTER),
    scalar("PinnedFilter", enums.PINNED_STATE),
    constructible=True,
)

ORDER_INFO = class_(
    "OrderInfo",
    "{8c385903-1e43-4256-8037-f7ff442154ec}",
    scalar("Field", enums.SORTABLE_TASK_FIELD),
    scalar("IsDescending", BOOLEAN),
    constructible=True,
)

SORTABLE_TASK_QUERY = class_(
    "SortableTaskQuery",
    "{f43ab2f6-b0e1-46f7-8ff6-a96540f7f595}",
    path("CoreQuery", TASK_QUERY),
    path("Order", ORDER_INFO),
    constructible=True,
)

TYPES = (
    BOOLEAN_CRITERION,
    DATE_RANGE_CRITERION,
    NAME_CRITERION,
    CUSTOM_ATTRIBUTE_FILTER,
    LOCATION_FILTER,
    TASK_FILTER,
    TASK_QUERY,
    ORDER_INFO,
    SORTABLE_TASK_QUERY,
)
