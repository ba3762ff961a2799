"""The routes of this wire, one module an entity set; none imports another."""
