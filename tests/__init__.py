"""The tests, mirroring intake, ui and resources."""
