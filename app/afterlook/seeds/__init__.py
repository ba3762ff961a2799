"""What an empty store starts with: mailboxes, and sites with lists, as clients make them."""
