"""Filing a use case: the draft, its evidence, earlier answers, and the signed revision."""
