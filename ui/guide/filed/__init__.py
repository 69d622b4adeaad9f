"""Filing: the signature, the page after it, and the copy for the own files."""
