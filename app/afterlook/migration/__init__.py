"""What becomes of the retired APIs in Microsoft Graph To Do, and what has no place there.

`verdicts` says how a fate is told; `properties`, `requests` and `options` are the table of all of
them, from which `docs/migration.md` is made; `losses` looks for them in mailboxes, `calls` in a
journal; `report` puts both together, `text` and `page` show it.
"""
