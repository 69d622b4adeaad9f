"""What two offices agree on: the stage, the four boundaries, the conditions and the expiry."""
