"""Whatever is given to a method, it answers or is refused: nothing is left to chance."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterlook.csom.errors import QueryError, UnknownError
from tests.sharepoint.om.client import SESSIONS, TYPES, Client, Request
from tests.sharepoint.om.methods import DECLARED, METHODS

PROPERTIES = {
    type_["name"]: [part["name"] for part in type_.get("properties", [])] for type_ in TYPES
}
MADE = [
    "TaskQuery",
    "TaskFilter",
    "SortableTaskQuery",
    "OrderInfo",
    "DateRangeCriterion",
    "BooleanCriterion",
    "NameCriterion",
    "LocationFilter",
    "CustomAttributeFilter",
    "UserSettings",
    "PersistedProperties",
    "Location",
    "Task",
]
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12
) | st.sampled_from(["11/23/2011", "2011-11-23T00:00:00Z", "0001-01-01", "1", "x" * 300])
SCALARS = (
    st.none()
    | st.booleans()
    | st.sampled_from([0, 1, 2, 3, 5, 13, 21, -1, 2**31 - 1, -(2**31), 2**31, 10**18])
    | TEXTS
    | st.datetimes()
)
MAKING = st.deferred(
    lambda: st.sampled_from(MADE).flatmap(
        lambda name: st.dictionaries(st.sampled_from(PROPERTIES[name]), VALUES, max_size=4).map(
            lambda values: {"type_": name, **values}
        )
    )
)
VALUES: st.SearchStrategy[Any] = SCALARS | st.lists(SCALARS, max_size=3) | MAKING
FITTING = {
    "CSOM Int32": st.sampled_from([0, 1, 2, -1, 21, 2**31 - 1, -(2**31)]),
    "CSOM String": st.none() | TEXTS,
    "CSOM Boolean": st.booleans(),
    "CSOM DateTime": st.none() | st.datetimes(),
    "WritableTaskField": st.integers(-1, 30),
    "CSOM array of CSOM Int32": st.none() | st.lists(st.integers(-2, 5), max_size=4),
}
CALLS = st.sampled_from(METHODS).flatmap(
    lambda call: st.tuples(
        st.just(call),
        st.tuples(
            *(
                st.one_of(FITTING.get(parameter["type"], MAKING), VALUES)
                for parameter in DECLARED[call]["parameters"]
            )
        ),
    )
)


def send(client: Client, call: tuple[str, str], values: tuple[Any, ...]) -> None:
    type_, name = call
    request = Request()
    owner = request.session(type_) if type_ in SESSIONS else request.make(type_)
    given = [request.make(**value) if isinstance(value, dict) else value for value in values]
    if DECLARED[call]["kind"] == "ObjectPath":
        request.query(request.method(owner, name, *given), items=True)
    else:
        request.call(owner, name, *given)
    client.send(request.xml())


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(calls=st.lists(CALLS, min_size=1, max_size=4))
def test_answered_or_refused(
    client: Client, calls: list[tuple[tuple[str, str], tuple[Any, ...]]]
) -> None:
    for call, values in calls:
        try:
            send(client, call, values)
        except UnknownError:
            raise
        except QueryError:
            continue
    assert len(client.read()) <= 5000
