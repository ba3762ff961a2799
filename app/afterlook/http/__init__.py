"""What every wire's requests pass through: host and size guards, request ids, addresses."""
