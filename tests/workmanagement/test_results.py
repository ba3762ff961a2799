"""What failures are called."""

from afterlook.sharepoint.om import enums
from afterlook.workmanagement.exchange_sync.state import OptInResult, SyncResult
from afterlook.workmanagement.refresh.report import RefreshState
from afterlook.workmanagement.results import PinAge, WriteError


def test_every_failure_has_a_text() -> None:
    assert {error for error in WriteError if error.message is None} == {WriteError.NO_VALUE}


def test_numbers_are_those_of_the_wire() -> None:
    pairs = [
        (WriteError, enums.WRITE_FIELD_ERROR_TYPE),
        (PinAge, enums.PIN_AGE),
        (RefreshState, enums.REFRESH_STATE),
        (OptInResult, enums.EXCHANGE_OPT_IN_RESULT),
        (SyncResult, enums.EXCHANGE_SYNC_RESULT),
    ]
    for ours, wire in pairs:
        named = {member.name.replace("_", "").lower(): int(member) for member in ours}
        assert named == {name.lower(): number for name, number in wire.members.items()}
