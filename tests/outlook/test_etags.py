"""Entity tags and `If-Match`."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import call, everything, expect_refusal, values

TASK = "tasks('{task}')"
ENTITIES = [
    (TASK, {"Subject": "changed"}),
    ("taskfolders('{folder}')", {"Name": "changed"}),
    ("taskgroups('{group}')", {"Name": "changed"}),
]
STALE = ['W/"stale"', '"stale"', "stale", 'W/""', '""', "", '"a", W/"b"', "W/", '"', "*, *x"]


def key_of(filled: Filled, address: str) -> str:
    """Return the present change key of an entity."""
    return str(filled.me.get(filled.at(address)).json()["ChangeKey"])


@pytest.mark.observed("etag.value", "etag.tasks-only")
def test_value(filled: Filled) -> None:
    for task in values(filled.me.get("tasks")):
        assert task["@odata.etag"] == f'W/"{task["ChangeKey"]}"'
    for collection in ("taskfolders", "taskgroups"):
        for entity in values(filled.me.get(collection)):
            assert "@odata.etag" not in entity
            assert entity["ChangeKey"]


@pytest.mark.observed("etag.forms", "etag.optional")
@pytest.mark.in_process
@pytest.mark.parametrize("form", ['W/"{key}"', '"{key}"', "*", None])
@pytest.mark.parametrize(("address", "body"), ENTITIES)
def test_fits(filled: Filled, address: str, body: dict[str, str], form: str | None) -> None:
    def headers() -> dict[str, str]:
        key = key_of(filled, address)
        return {} if form is None else {"If-Match": form.format(key=key)}

    changed = filled.me.patch(filled.at(address), body, **headers())
    assert changed.status_code == 200, changed.text
    assert filled.me.delete(filled.at(address), **headers()).status_code == 204


@pytest.mark.inferred("etag.list")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "form", ['"x", W/"{key}"', 'W/"{key}","x"', '"x" , "y" ,"{key}" , "z"', "{key}"]
)
def test_fits_among_others(filled: Filled, form: str) -> None:
    headers = {"If-Match": form.format(key=key_of(filled, TASK))}

    assert filled.me.patch(filled.at(TASK), {"Subject": "x"}, **headers).status_code == 200


@pytest.mark.inferred("etag.list")
def test_fits_on_another_line(filled: Filled) -> None:
    """Header lines of one name are one list (RFC 9110 §5.3), in either order."""
    for order in (1, -1):
        lines = [("If-Match", '"x"'), ("If-Match", f'"{key_of(filled, TASK)}"')][::order]
        headers = [*lines, ("Content-Type", "application/json")]
        response = call(filled.me, "PATCH", filled.at(TASK), b'{"Subject": "x"}', headers)
        assert response.status_code == 200, lines


@pytest.mark.observed("etag.stale")
@pytest.mark.in_process
@pytest.mark.parametrize(("address", "body"), ENTITIES)
def test_stale(filled: Filled, address: str, body: dict[str, str]) -> None:
    key = key_of(filled, address)
    filled.me.patch(filled.at(address), dict.fromkeys(body, "first"))
    before = everything(filled.me)

    for tag in (f'W/"{key}"', f'"{key}"', *STALE):
        headers = {"If-Match": tag}
        changed = filled.me.patch(filled.at(address), body, **headers)
        expect_refusal(changed, 412, "ErrorIrresolvableConflict", "change key")
        deleted = filled.me.delete(filled.at(address), **headers)
        expect_refusal(deleted, 412, "ErrorIrresolvableConflict", "change key")

    assert everything(filled.me) == before


@pytest.mark.inferred("etag.complete")
def test_complete(filled: Filled) -> None:
    before = everything(filled.me)
    stale = filled.me.post(filled.at(f"{TASK}/complete"), If_Match='W/"stale"')
    expect_refusal(stale, 412, "ErrorIrresolvableConflict")
    assert everything(filled.me) == before

    tag = before[0][0]["@odata.etag"]
    assert filled.me.post(filled.at(f"{TASK}/complete"), If_Match=tag).status_code == 200


@pytest.mark.inferred("etag.stale")
def test_another_entitys_tag_is_stale(filled: Filled) -> None:
    tag = f'"{key_of(filled, ENTITIES[1][0])}"'

    response = filled.me.patch(filled.at(TASK), {"Subject": "x"}, If_Match=tag)

    expect_refusal(response, 412, "ErrorIrresolvableConflict")


@pytest.mark.inferred("etag.gone")
@pytest.mark.parametrize("tag", ["*", '"x"'])
def test_gone(filled: Filled, tag: str) -> None:
    filled.me.delete(filled.at(TASK))

    changed = filled.me.patch(filled.at(TASK), {"Subject": "x"}, If_Match=tag)
    expect_refusal(changed, 404, "ErrorItemNotFound")
    expect_refusal(filled.me.delete(filled.at(TASK), If_Match=tag), 404, "ErrorItemNotFound")


@pytest.mark.observed("etag.changes")
@pytest.mark.parametrize(("address", "body"), ENTITIES)
def test_changes_with_the_entity(filled: Filled, address: str, body: dict[str, str]) -> None:
    keys = [key_of(filled, address)]
    for text in ("a", "b", "a"):
        filled.me.patch(filled.at(address), dict.fromkeys(body, text))
        keys.append(key_of(filled, address))
    assert len(set(keys)) == len(keys)

    for _ in range(2):
        assert filled.me.patch(filled.at(address), {}).status_code == 200
        assert key_of(filled, address) == keys[-1]


@pytest.mark.observed("entity.modified")
def test_stamps_follow_the_writes(filled: Filled) -> None:
    before = filled.me.get(filled.at(TASK)).json()
    after = filled.me.patch(filled.at(TASK), {"Subject": "x"}).json()
    done = values(filled.me.post(filled.at(f"{TASK}/complete")))[0]

    assert before["CreatedDateTime"] == after["CreatedDateTime"] == done["CreatedDateTime"]
    stamps = [task["LastModifiedDateTime"][:19] for task in (before, after, done)]
    assert stamps == sorted(stamps)
    assert len({task["LastModifiedDateTime"] for task in (before, after, done)}) == 3


CONFLICT = "ErrorIrresolvableConflict"


@pytest.mark.inferred("etag.none-match")
@pytest.mark.in_process
@pytest.mark.parametrize("form", ["*", 'W/"{key}"', '"{key}"', "{key}", '"x", W/"{key}"'])
@pytest.mark.parametrize(("address", "body"), ENTITIES)
def test_none_match(filled: Filled, address: str, body: dict[str, str], form: str) -> None:
    """A write is refused where `If-None-Match` names the stored state, and changes nothing."""
    me, place = filled.me, filled.at(address)
    before = everything(me)
    headers = {"If-None-Match": form.format(key=key_of(filled, address))}
    expect_refusal(me.patch(place, body, **headers), 412, CONFLICT)
    expect_refusal(me.delete(place, **headers), 412, CONFLICT)
    if address == TASK:
        expect_refusal(me.post(f"{place}/complete", **headers), 412, CONFLICT)
    assert everything(me) == before


@pytest.mark.inferred("etag.none-match")
@pytest.mark.parametrize(("address", "body"), ENTITIES)
def test_none_match_of_another_state(filled: Filled, address: str, body: dict[str, str]) -> None:
    """It goes through where that is another one; beside it If-Match counts too."""
    me, place = filled.me, filled.at(address)
    other = {"If-None-Match": 'W/"other"'}
    assert me.patch(place, body, **other).status_code == 200
    key = key_of(filled, address)
    expect_refusal(me.delete(place, **other, **{"If-Match": '"x"'}), 412, CONFLICT)
    assert me.delete(place, **other, **{"If-Match": f'"{key}"'}).status_code == 204
    expect_refusal(me.patch(place, body, **{"If-None-Match": "*"}), 404, "ErrorItemNotFound")


@pytest.mark.inferred("etag.none-match")
def test_none_match_of_attachments(filled: Filled) -> None:
    """It is about the task's state, but for `*`, which is about what is to be added."""
    me, task = filled.me, filled.at(TASK)
    given = {"@odata.type": "#Microsoft.OutlookServices.FileAttachment", "Name": "a"}
    given["ContentBytes"] = "YQ=="
    for name in ("tasks", "taskfolders", "taskgroups"):
        made = me.post(name, {"Subject" if name == "tasks" else "Name": "new"}, If_None_Match="*")
        assert made.status_code == 201
    tag = me.get(task).headers["ETag"]
    expect_refusal(me.post(f"{task}/attachments", given, If_None_Match=tag), 412, CONFLICT)
    added = me.post(f"{task}/attachments", given, If_None_Match="*")
    assert added.status_code == 201
    one = f"{task}/attachments('{added.json()['Id']}')"
    expect_refusal(me.delete(one, If_None_Match="*"), 412, CONFLICT)
    expect_refusal(me.delete(one, If_None_Match=me.get(task).headers["ETag"]), 412, CONFLICT)
    assert me.delete(one, If_None_Match=tag).status_code == 204
