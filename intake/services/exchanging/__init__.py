"""Moving acts between registers."""
