"""Who belongs to the organisation and what it relies on: people, playbooks, training, rosters in force."""
