"""Mailboxes as one JSON document: written by `export`, read by `import`.

`values` says how a column is written and what it may be, `entities` what a mailbox has, `checks`
what must be so among them; `documents` writes and reads, and `schema` publishes the form.
"""
