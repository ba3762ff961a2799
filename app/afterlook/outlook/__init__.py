"""Wire 1: the Outlook Task REST API."""
