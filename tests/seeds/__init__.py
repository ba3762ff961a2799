"""Everything on the Outlook wire that the seed document leaves to its common pages."""
