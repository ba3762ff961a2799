"""Names of cultures."""

from __future__ import annotations

CULTURE = "[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-(?:[A-Za-z]{2}|[0-9]{3})"
"""A language with a country, as a regular expression: a language alone does not tell how dates are
written.
"""
