"""`$batch`: carrying out several requests that came in one."""
