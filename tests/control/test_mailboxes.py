"""Mailboxes through the control surface: lists, contents, throw-away ones, tokens."""

from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire


def test_a_mailbox_for_one_test(turned: Wire) -> None:
    made = perform(turned, "mailbox create")
    mine = Mailbox(turned, made["token"])
    task = mine.create("tasks", {"Subject": "Shop"})
    shown = look(turned, "mailbox show", mailbox=made["upn"])
    tasks = [each for folder in shown["folders"] for each in folder["Tasks"]]
    assert [(each["Id"], each["Subject"]) for each in tasks] == [(task["Id"], "Shop")]
    listed = look(turned, "mailbox list")["mailboxes"]
    assert [(each["upn"], each["folders"], each["tasks"]) for each in listed] == [
        (made["upn"], 1, 1)
    ]
    again = attempt(turned, "mailbox create", upn=made["upn"])
    assert "already" in expect_refusal(again, 409, "Conflict")


def test_a_token_opens_the_mailbox_of_its_user(turned: Wire) -> None:
    for user in ("alice", "bob@contoso.example"):
        given = perform(turned, "token", user=user)
        Mailbox(turned, given["access_token"]).create("tasks", {"Subject": user})
        again = perform(turned, "token", user=user.upper(), expires_in=60)
        tasks = Mailbox(turned, again["access_token"]).get("tasks").json()["value"]
        assert [task["Subject"] for task in tasks] == [user]
    listed = look(turned, "mailbox list", limit=1)
    assert [each["upn"] for each in listed["mailboxes"]] == ["bob@contoso.example"]
    assert listed["total"] == 2


def test_no_token_is_made_for_what_another_opens(turned: Wire) -> None:
    Mailbox(turned, "secret").create("tasks", {"Subject": "mine"})
    (only,) = look(turned, "mailbox list")["mailboxes"]
    response = attempt(turned, "token", user=only["upn"])
    assert "a token that only its owner knows" in expect_refusal(response, 409, "Conflict")


def test_what_is_not_there(turned: Wire) -> None:
    response = turned.client.get("/_emulator/api/mailbox/show", params={"mailbox": "nobody"})
    assert "there is no mailbox 'nobody'" in expect_refusal(response, 404, "NotFound")
