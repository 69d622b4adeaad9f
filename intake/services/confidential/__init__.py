"""What people ask about who reads what: who can read a use case and why, and giving access."""
