"""Domain: one list of all of a user's tasks, wherever they live ([MS-WMCSOM]).

Use cases on sessions, whatever the wire. `tasks` writes single tasks; those of providers it writes
through to where they are (`providers`), a refresh reads what is new there (`refresh`), and Exchange
sync keeps the list and the mailbox the same (`exchange_sync`).
"""
