"""The server under attack: bombs, heavy and stubborn clients, failures, and what holds."""
