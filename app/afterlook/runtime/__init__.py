"""Clock, ids and randomness: injected into decisions, never imported where one is made."""
