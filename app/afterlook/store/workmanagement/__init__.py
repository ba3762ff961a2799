"""Statements on aggregated work: tasks, locations, settings and refreshes of Work Management."""
