"""One installation on one computer: its folder, its keys, and what every service works with."""
