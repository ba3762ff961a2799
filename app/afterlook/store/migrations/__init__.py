"""Alembic migrations, one file a revision; run by `store.migrate` only."""
