"""Edition 1."""
