"""What a playbook makes of answers: the tier, the proposal, and what would lower it."""
