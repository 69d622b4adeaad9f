"""The commands of the terminal, one module per group of verbs. They print; the services do."""
