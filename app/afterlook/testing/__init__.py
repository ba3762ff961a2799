"""For tests of programs that call the server: its control surface, from Python."""
