"""The editions of the record: everything that decides the bytes of its pages, under a number."""
