"""What travels between desks, readable only for those who hold the key of its use case (RFC 5083, RFC 5084, RFC 5753)."""
