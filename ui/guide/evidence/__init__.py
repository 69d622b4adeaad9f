"""Evidence: files attached to answers."""
