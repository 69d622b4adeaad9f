"""Filing: the signature, the page after it, and the copy for the owner's files."""
