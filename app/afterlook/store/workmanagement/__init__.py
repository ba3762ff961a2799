"""Statements on Work Management: list tasks, locations, settings and refreshes."""
