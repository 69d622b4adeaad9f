"""The commands of the terminal, one module per group of verbs. They answer; the services do."""
