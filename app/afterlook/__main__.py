"""`python -m afterlook`, for where the command is not on the path."""

from afterlook.cli import main

main()
