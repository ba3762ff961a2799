"""What providers have: lists of tasks in sites and in Project Web App, and the tasks in them.

Knows nothing of the user's list, which `refresh` reads these into.
"""
