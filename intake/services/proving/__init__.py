"""Whether a file is what it claims: records, acts and packages, judged by an organisation that the verifier trusts."""
