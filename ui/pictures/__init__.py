"""Pictures of the screens for the help and the demonstration."""
