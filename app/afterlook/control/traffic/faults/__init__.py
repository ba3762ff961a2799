"""Faults: `kinds` declares what can go wrong, `faults` when it does, `plans` what is to be done."""
