"""What the lists of the screens show, as frozen rows."""
