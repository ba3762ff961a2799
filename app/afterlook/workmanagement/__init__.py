"""Domain: one list of all of a user's tasks, wherever they live ([MS-WMCSOM]).

Use cases on sessions. Must not know how they are called over the wire.
"""
