"""What people met who moved to Graph To Do, a test for each: docs/reference/graph.md §14.

By default a server does what the documents say; where the service was seen to do otherwise, a quirk
has it do that.
"""
