"""The one byte grammar of a record: its objects, its sections, and what each signature may add."""
