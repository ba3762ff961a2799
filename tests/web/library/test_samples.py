"""Programs of tests/js/samples in Chromium, on a server as a user starts it, unmodified.

`read`, `locations` and `view-model` are those that were published for this API, with the lines that
its page had lost; the others are written as programs were that use it.
"""

import pytest

from tests.web.library.program import Person, Run, sample

a_sample = pytest.mark.observed("library.samples")


@a_sample
def test_reading_tasks(run: Run, person: Person) -> None:
    person.create("Buy bulbs", "Call <b>Anna</b> & Bob", "/Date(0)/")
    program = run(sample("read.html"))
    program.expect(
        "Successfully retrieved tasks...", "/Date(0)/", "Call <b>Anna</b> & Bob", "Buy bulbs"
    )


@a_sample
def test_reading_locations(run: Run, person: Person) -> None:
    person.create("Buy bulbs")
    person.join("/sites/Fair", "Summer fair", "Rent the tables")
    program = run(sample("locations.html"))
    program.expect("Location: 2 - Fair: Summer fair")
    program.expect("Task: 2 - Rent the tables")
    program.expect("Task: -1 - Buy bulbs")


@a_sample
def test_the_view_model_pins_updates_and_deletes(run: Run, person: Person) -> None:
    person.create("Buy bulbs", "Water the roses")
    program = run(sample("view-model.html"))
    page = program.page
    count = page.get_by_text("You have 2 Active Tasks.")
    count.wait_for()
    row = page.locator("tbody tr").nth(0)
    assert row.locator("input.required").input_value() == "Water the roses"

    row.get_by_text("Pin", exact=True).click()
    row.get_by_text("Unpin", exact=True).wait_for()
    assert row.locator("[type=checkbox]").is_checked()
    row.get_by_text("Unpin", exact=True).click()
    row.get_by_text("Pin", exact=True).wait_for()

    row.locator("input.required").fill("Water the tulips")
    row.get_by_text("Update", exact=True).click()
    program.expect("Update Successful!")
    assert person.read("Water the tulips")

    row.get_by_text("Delete", exact=True).click()
    page.get_by_text("You have 1 Active Tasks.").wait_for()
    assert person.read("Water the tulips") is None
    assert person.read("Buy bulbs")


@a_sample
def test_creating_and_promoting(run: Run, person: Person) -> None:
    person.join("/sites/Fair", "Summer fair", "Rent the tables")
    program = run(sample("create-and-promote.html"))
    program.expect(
        "Created: Buy bulbs (personal) in -1",
        "Promoted: Buy bulbs (shared) in 2",
        "Shared: Rent a van (shared) in 2",
        "Promoted again failed: ",
    )
    assert person.read("Buy bulbs")
    assert person.read("Rent a van")


@pytest.mark.observed("library.samples", "library.loading")
def test_loading_on_demand_in_mixed_case(run: Run, person: Person) -> None:
    person.create("Buy bulbs")
    program = run(sample("on-demand.html"))
    program.expect("sp.js is there")
    program.expect("executeFunc")
    program.expect("Loaded 1 tasks", "event: told")
    program.expect("named body function")
    program.expect("body")


@pytest.mark.observed("library.samples", "library.scopes")
def test_exception_and_conditional_scopes(run: Run, person: Person) -> None:
    program = run(sample("scopes.html"))
    program.expect(
        "caught: true -2130575338 Microsoft.SharePoint.SPException",
        "message: Item does not exist.",
        "in catch: Made in the catch",
        "in finally: /sites/try",
        "simple: true true",
        "condition: true http://127.0.0.1",
    )
    assert person.read("Made in the catch")
    assert len(program.queries()) == 1


@a_sample
def test_load_query_and_include(run: Run, person: Person) -> None:
    person.join("/sites/Fair", "Summer fair", "Rent the tables")
    person.create("Buy bulbs")
    program = run(sample("include.html"))
    program.expect(
        "Task: Buy bulbs, due never, description not asked for",
        "Refused: Description is not here yet",
        "Location: Fair: Summer fair",
        "Old tasks: ",
    )


@a_sample
def test_three_sessions_in_one_request(run: Run, person: Person) -> None:
    person.create("a", "c", "b")
    program = run(sample("three-sessions.html"))
    program.expect("user: b, c, a", "location: b, c, a", "sorted: c, b, a", "pending: false")
    assert len(program.queries()) == 1
