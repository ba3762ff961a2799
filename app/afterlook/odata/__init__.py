"""The OData V4 toolkit: addresses, preferences, query options, etags, JSON bodies.

Knows its protocol and knows no task.
"""
