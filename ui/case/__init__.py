"""The page of one use case."""
