"""Clock, faults, snapshots, mailboxes, tokens: what a person does there, the server has done."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.support.console import Desks, Emulator

TASKS = "/api/v2.0/me/tasks"
TIMES = "\N{MULTIPLICATION SIGN}"


def snapshot_names(emulator: Emulator) -> list[str]:
    """Return the names of all snapshots."""
    return [snapshot["name"] for snapshot in emulator.look("snapshot list")["snapshots"]]


def test_the_clock_is_turned(desks: Desks, emulator: Emulator) -> None:
    desk = desks.open("clock")
    page = desk.page
    shown, state = page.locator("time.now"), page.locator("#state-clock")
    expect(shown).to_have_text("2016-04-22 12:00:00")
    expect(state).to_contain_text("▮▮ frozen")
    desk.button("+32 days").click()
    expect(shown).to_have_text("2016-05-24 12:00:00")
    desk.button("To midnight").click()
    expect(state).to_contain_text("2016-05-25 00:00:00")
    due = page.locator("table.data tbody tr", has_text="A form digest")
    expect(due).to_contain_text("30 min")
    due.get_by_role("button").click()
    expect(shown).to_have_text("2016-05-25 00:30:00")
    moment = page.locator('form[data-operation="clock set"]')
    moment.get_by_label("To", exact=True).fill("tomorrow")
    desk.press("Enter")
    expect(moment.locator("[aria-invalid]")).to_be_focused()
    expect(moment).to_contain_text("give an instant with an offset")
    moment.get_by_label("To", exact=True).fill("2016-06-01T00:00:00Z")
    desk.press("Enter")
    expect(shown).to_have_text("2016-06-01 00:00:00")
    desk.button("Reset to real time").click()
    expect(state).not_to_contain_text("frozen")
    assert emulator.look("clock show")["state"] == "real"


def test_faults_are_set_and_taken_away(desks: Desks, emulator: Emulator) -> None:
    desk = desks.open("faults")
    page = desk.page
    on = page.locator("#state-faults")
    expect(page.locator(".empty")).to_contain_text("No fault is set")
    desk.button("throttled").click()
    row = page.locator("tr[data-fault]")
    expect(row).to_contain_text(f"0 {TIMES}")
    expect(on).to_have_text("1 fault on")
    assert emulator.client.get(TASKS).status_code == 429
    expect(row).to_contain_text(f"1 {TIMES}")
    row.get_by_role("button", name="Turn off").click()
    expect(row).to_contain_text("(off)")
    expect(on).to_have_text("0 faults on")
    assert emulator.client.get(TASKS).status_code == 200
    row.get_by_role("button", name="Turn on").click()
    expect(on).to_have_text("1 fault on")
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    desk.undo("Removed a fault")
    expect(row).to_have_count(1)

    form = page.locator('form[data-operation="fault add"]')
    submit = form.get_by_role("button", name="Set this fault")
    submit.click()
    expect(form).to_contain_text("it is required")
    form.get_by_label("Status").fill("503")
    form.locator("summary").click()
    form.get_by_label("Method (optional)").fill("not a method")
    submit.click()
    expect(form.get_by_label("Method (optional)")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Method (optional)").fill("POST")
    submit.click()
    expect(row).to_have_count(2)
    page.get_by_label("What goes wrong").select_option("malformed")
    submit.click()
    expect(row).to_have_count(3)
    parameters = [fault["parameters"] for fault in emulator.look("fault list")["faults"]]
    assert {"status": 503, "method": "POST"}.items() <= parameters[1].items()
    assert parameters[2]["malformed"] is True
    desk.button("Remove all").click()
    desk.undo("Removed 3 faults")
    expect(row).to_have_count(3)


def test_every_kind_of_fault_has_its_form(desks: Desks, emulator: Emulator) -> None:
    page = desks.open("faults").page
    declared = emulator.look("fault kinds")
    forms = page.locator('form[data-operation="fault add"] [data-field]')
    for kind in declared["kinds"]:
        page.get_by_label("What goes wrong").select_option(kind["name"])
        shown = {field.get_attribute("data-field") for field in forms.all()}
        own = {name for name in kind["parameters"] if name != kind["name"]}
        assert own <= shown, kind["name"]
        assert set(declared["matching"]) - {"preset"} <= shown


def test_snapshots_are_saved_restored_and_taken_along(
    desks: Desks, emulator: Emulator, tmp_path: Path
) -> None:
    name, mine = emulator.new_mailbox()
    desk = desks.open("snapshots")
    page = desk.page
    page.get_by_label("Name", exact=True).fill("before")
    desk.press("Enter")
    desk.expect_toast("Saved before")
    row = page.locator("tbody tr", has_text="before").first
    expect(row).to_contain_text("2016-04-22 12:00:00")
    emulator.client.post(TASKS, json={"Subject": "Later"}, headers=mine)
    row.get_by_role("button", name="Restore").click()
    asked = page.locator("tr.asked")
    expect(asked).to_contain_text("Tasks: 1 fewer.")
    asked.get_by_role("button", name="Restore before").click()
    desk.expect_toast("Restored before")
    assert emulator.look("mailbox show", mailbox=name)["total"] == 0
    desk.undo("Restored before")
    desk.wait_until(lambda: emulator.look("mailbox show", mailbox=name)["total"] == 1)

    with page.expect_download() as began:
        desk.button("Export").click()
    file = tmp_path / "afterlook.json"
    began.value.save_as(file)
    assert len(json.loads(file.read_text("utf-8"))["Mailboxes"]) >= 1
    page.get_by_label("Replace mailboxes").check()
    with page.expect_file_chooser() as choosing:
        desk.button("Import a file").click()
    choosing.value.set_files(file)
    desk.expect_toast("Imported")
    row.get_by_role("button", name="Delete").click()
    expect(row).to_be_hidden()
    desk.undo("Deleting before")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Delete").click()
    page.goto("about:blank")
    desk.wait_until(lambda: "before" not in snapshot_names(emulator))


def test_a_mailbox_is_changed_in_place(desks: Desks, emulator: Emulator) -> None:
    name, mine = emulator.new_mailbox()
    made = emulator.client.post(TASKS, json={"Subject": "Shop <b>"}, headers=mine).json()
    desk = desks.open(f"mailboxes?mailbox={name}")
    page = desk.page
    row = page.locator(f"tr[data-task='{made['Id']}']")
    row.get_by_role("button", name="Subject: Shop <b>").click()
    desk.press("End")
    page.keyboard.type(" for dinner")
    desk.press("Enter")
    expect(row.get_by_role("button", name="Subject: Shop <b> for dinner")).to_be_focused()
    row.get_by_role("button", name="Status: NotStarted").click()
    row.get_by_label("Status of").select_option("Completed")
    expect(row.get_by_role("button", name="Status: Completed")).to_be_visible()
    row.get_by_role("button", name="JSON").click()
    area = page.get_by_label("as JSON")
    area.fill(area.input_value().replace('"Importance": "Normal"', '"Importance": "Great"'))
    page.get_by_role("button", name="Save what differs").click()
    expect(page.locator("tr.asked .error")).not_to_be_empty()
    area.fill(area.input_value().replace('"Importance": "Great"', '"Importance": "High"'))
    page.get_by_role("button", name="Save what differs").click()
    expect(row.get_by_role("button", name="Importance: High")).to_be_visible()
    task = emulator.client.get(f"{TASKS}('{made['Id']}')", headers=mine).json()
    kept = (task["Subject"], task["Status"], task["Importance"])
    assert kept == ("Shop <b> for dinner", "Completed", "High")
    page.get_by_label("New task in Tasks").fill("Cook")
    desk.press("Enter")
    expect(page.locator("tr[data-task]")).to_have_count(2)
    row.get_by_role("button", name="Delete").click()
    expect(row).to_be_hidden()
    desk.expect_toast("Deleting").get_by_role("button", name="Close").click()
    expect(row).to_have_count(0)
    subjects = [one["Subject"] for one in emulator.client.get(TASKS, headers=mine).json()["value"]]
    assert subjects == ["Cook"]
    desk.button("Show as JSON").click()
    expect(page.locator("pre").first).to_contain_text('"Subject": "Cook"')


def test_mailboxes_are_made_opened_deleted_and_seeded(desks: Desks, emulator: Emulator) -> None:
    desk = desks.open("mailboxes")
    page = desk.page
    create = page.locator('form[data-operation="mailbox create"]')
    create.get_by_label("UPN").fill("carol")
    create.get_by_role("button", name="Make it").click()
    row = page.locator("tbody tr", has_text="carol@afterlook.example")
    expect(row).to_contain_text("a JWT with upn")
    token = page.locator(".copyable code").first.text_content() or ""
    mine = {"Authorization": f"Bearer {token}"}
    emulator.client.post(TASKS, json={"Subject": "Sing"}, headers=mine)
    with page.context.expect_page() as opening:
        row.get_by_role("button", name="My Tasks").click()
    expect(opening.value.locator(".owner")).to_have_text("carol")
    opening.value.close()
    row.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    desk.undo("Deleted the mailbox of carol@")
    expect(row).to_have_count(1)
    assert emulator.look("mailbox show", mailbox="carol")["total"] == 1
    seed = page.locator('form[data-operation="seed"]')
    seed.get_by_label("Seed").fill("no such seed")
    seed.get_by_role("button", name="Add the seed").click()
    expect(seed.locator(".error").filter(has_text="seed")).not_to_have_count(0)
    seed.get_by_label("Seed").fill("demo")
    seed.get_by_role("button", name="Add the seed").click()
    desk.expect_toast("Seeded 1 mailbox")
    desk.button("Reset all").click()
    expect(row).to_have_count(0)
    desk.undo("Reset all mailboxes")
    expect(row).to_have_count(1)


def test_a_token_opens_its_mailbox(desks: Desks, emulator: Emulator) -> None:
    desk = desks.open("tokens")
    desk.page.get_by_role("textbox", name="User").fill("dave")
    desk.press("Enter")
    block = desk.page.locator("section[aria-label='The token'] code")
    expect(block).to_have_count(2)
    headers = {"Authorization": f"Bearer {block.first.text_content()}"}
    emulator.client.post(TASKS, json={"Subject": "Dance"}, headers=headers)
    assert emulator.look("mailbox show", mailbox="dave")["total"] == 1
