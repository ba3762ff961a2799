"""`$filter`: from the text of a URL to a typed expression. Knows no task and no SQL."""
