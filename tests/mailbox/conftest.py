"""A store, for use cases that need one."""

from tests.store.conftest import mailbox, store

__all__ = ["mailbox", "store"]
