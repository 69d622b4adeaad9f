"""Whether a record is genuine: what other libraries see, the base made once more, and the verdict."""
