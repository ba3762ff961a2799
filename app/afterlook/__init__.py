"""Afterlook: the retired Outlook task services, answering again."""

__version__ = "0.1.0"
