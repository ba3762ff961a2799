"""Tests of the SharePoint wire."""
