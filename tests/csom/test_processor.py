"""Scopes: what an error does, and what it does not do."""

import logging

import pytest

from afterlook.csom.errors import InvalidClientQuery, QueryError, UnauthorizedAccess, UnknownError
from tests.csom.sample import (
    SERVICE_PATH,
    THING_PATH,
    Log,
    call,
    given,
    instantiate,
    method,
    pairs,
)

pytestmark = pytest.mark.observed("csom.scopes")

BOTH = SERVICE_PATH + THING_PATH
WRONG = instantiate(99)


def do(what: str) -> str:
    """Write a call that leaves a trace."""
    return call("Do", given("String", what))


def simple(actions: str, number: int = 50) -> str:
    """Write a scope that catches."""
    return f'<ExceptionHandlingScopeSimple Id="{number}">{actions}</ExceptionHandlingScopeSimple>'


def full(tried: str, caught: str | None = None, finally_: str | None = None) -> str:
    """Write a scope of three parts, or fewer."""
    parts = {"Try": tried, "Catch": caught, "Finally": finally_}
    inner = "".join(
        f'<{name}Scope Id="{n}">{actions}</{name}Scope>'
        for n, (name, actions) in enumerate(parts.items(), 60)
        if actions is not None
    )
    return f'<ExceptionHandlingScope Id="50">{inner}</ExceptionHandlingScope>'


def done(log: Log) -> list[str]:
    """Return what was done, in order."""
    return [what for _, what in log.calls]


def test_without_a_scope_an_error_ends_all_and_effects_stay() -> None:
    log = Log()
    with pytest.raises(InvalidClientQuery):
        pairs(do("before") + WRONG + do("after"), SERVICE_PATH, log)
    assert done(log) == ["before"]


def test_nothing_went_wrong() -> None:
    assert pairs(simple(instantiate(1)), BOTH) == [
        (50, {"HasException": False, "ErrorInfo": None}),
        (7, {"IsNull": False}),
    ]


def test_an_error_is_the_scopes_and_processing_goes_on() -> None:
    log = Log()
    result = pairs(
        simple(do("first") + instantiate(1) + WRONG + do("never")) + do("after"), BOTH, log
    )
    assert result == [
        (
            50,
            {
                "HasException": True,
                "ErrorInfo": {
                    "ErrorMessage": "There is no object path with the id 99.",
                    "ErrorValue": None,
                    "TraceCorrelationId": "trace",
                    "ErrorCode": -1,
                    "ErrorTypeName": "Microsoft.SharePoint.Client.InvalidClientQueryException",
                },
            },
        ),
        (7, {"IsNull": False}),
    ]
    assert done(log) == ["first", "after"]


@pytest.mark.parametrize(
    ("tried", "order"),
    [(do("try"), ["try", "finally"]), (do("try") + WRONG, ["try", "catch", "finally"])],
)
def test_try_catch_and_finally(tried: str, order: list[str]) -> None:
    log = Log()
    result = pairs(full(tried, do("catch"), do("finally")), SERVICE_PATH, log)
    assert [number for number, _ in result] == [50]
    assert result[0][1]["HasException"] is ("catch" in order)
    assert done(log) == order


def test_where_the_catching_fails_the_end_is_done_all_the_same() -> None:
    log = Log()
    with pytest.raises(InvalidClientQuery):
        pairs(full(WRONG, WRONG, do("finally")) + do("after"), SERVICE_PATH, log)
    assert done(log) == ["finally"]


def test_a_scope_within_a_scope() -> None:
    result = dict(pairs(simple(simple(WRONG, 51) + instantiate(1)), BOTH))
    assert result[50]["HasException"] is False
    assert result[51]["HasException"] is True
    assert result[7] == {"IsNull": False}


def test_only_a_try() -> None:
    assert pairs(full(WRONG))[0][1]["HasException"] is True


def test_scopes_as_deep_as_may_be() -> None:
    actions = WRONG
    for number in range(60):
        actions = simple(actions, number)
    assert [value["HasException"] for _, value in pairs(actions)] == [False] * 59 + [True]


@pytest.mark.parametrize(
    ("how", "error", "code"),
    [
        ("denied", UnauthorizedAccess, "-2147024891"),
        ("gone", UnknownError, "-1"),
        ("broken", UnknownError, "-1"),
    ],
)
def test_what_a_service_raises(
    how: str, error: type[QueryError], code: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(error) as refused:
        pairs(instantiate(3), method(3, "Fail", given("String", how)) + SERVICE_PATH)
    assert refused.value.code == code
    assert bool(caplog.records) is (error is UnknownError)
    scope = simple(call("Fail", given("String", how)))
    assert pairs(scope, SERVICE_PATH)[0][1]["ErrorInfo"]["ErrorCode"] == int(code)
