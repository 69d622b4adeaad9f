"""Signed acts: the envelope, what the body of each kind holds, and the listing a checkpoint attaches."""
