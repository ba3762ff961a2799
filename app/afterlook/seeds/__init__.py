"""What an empty store starts with: mailboxes, and sites with lists, as clients make them.

Must not know when a store is seeded, nor who asked for it.
"""
