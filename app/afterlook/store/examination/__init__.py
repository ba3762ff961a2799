"""Looking a store over without changing it: what must hold, and what of it does not."""
