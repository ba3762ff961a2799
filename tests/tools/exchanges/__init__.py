"""Records what the server answers to some hundred requests, and compares with a recording.

A change that must not change behaviour, such as a rename, is proven by it: record before, compare
after. The requests are in `scripts/`; `script.py` says how they are written.
"""
