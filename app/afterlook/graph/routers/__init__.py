"""The routes of this wire, by what they are about."""
