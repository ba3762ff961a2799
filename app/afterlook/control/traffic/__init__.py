"""What passes through the server: kept to be looked at, counted, and disturbed on request."""
