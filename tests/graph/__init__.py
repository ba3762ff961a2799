"""Tests of Microsoft Graph on the same mailbox."""
