"""Refreshes: what is new in the providers' lists comes onto the user's list.

`job` begins one and drives it on; `reader` reads what has changed in each list since the last;
`apply` does the same to the user's list, `projection` says what a task looks like there, and
`locations` keeps the places that tasks come from. `report` is what is stored of a refresh, and
`history` what is shown of those that are over.
"""
