"""Who is calling: from an Authorization header to a mailbox."""
