"""Microsoft Graph on the same mailbox: docs/reference/graph.md."""
