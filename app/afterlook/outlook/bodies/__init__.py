"""Request bodies: what clients can write, and how leniently it is read."""
