"""Everything on the Outlook wire that the task reference leaves to its sister pages."""
