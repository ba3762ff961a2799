"""What hypothesis makes of the fields that both sides hold: few values, so that they often meet."""

from hypothesis import strategies as st

from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields

DAYS = st.none() | st.integers(1, 4).map(lambda number: number * 864_000_000_000)

FIELDS = st.builds(
    SyncedFields,
    st.sampled_from("ab"),
    st.none() | st.just("x"),
    DAYS,
    DAYS,
    st.booleans(),
    st.booleans(),
)
