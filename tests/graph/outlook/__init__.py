"""Tests of the retired API as Graph had it."""
