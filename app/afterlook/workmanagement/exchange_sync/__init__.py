"""Exchange sync: the user's list and the default task folder of the mailbox are kept the same.

`state` says whether a user wants it and how it went; `job` finds what has changed on either side,
portion by portion; `reconcile` decides what becomes of a pair, and `merge` what of each field of
it; `copy` writes the result. What is carried at all is in `synced_fields`.
"""
