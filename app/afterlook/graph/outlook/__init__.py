"""The retired API as Graph had it, `/beta/me/outlook`: docs/reference/graph.md §2."""
