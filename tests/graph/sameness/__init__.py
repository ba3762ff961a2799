"""Every face of a mailbox shows the same: docs/reference/graph.md §13."""
