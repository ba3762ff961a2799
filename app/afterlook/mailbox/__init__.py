"""The domain: tasks, folders and groups of a mailbox, their dates, zones and identifiers.

Use cases are plain synchronous functions on a session; one use case is one transaction. Knows
no wire.
"""
