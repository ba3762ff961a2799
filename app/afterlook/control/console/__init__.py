"""The console, for people who test: `/_emulator/`, and the page at `/` that says what is where.

It shows and does what the operations declare, by their own API: its pages hold no data, and its
forms are made of the operations' parameters. A new fault needs nothing here.
"""
