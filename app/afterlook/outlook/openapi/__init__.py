"""The published contract of this wire."""
