"""The measured claims: Afterlook against a floor, its start, its memory, and its growth."""
