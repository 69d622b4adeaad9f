"""Beginning: every way to start a draft, and the drafts there are."""
