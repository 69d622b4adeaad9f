"""Words for the values of the domain, the same on every screen."""
