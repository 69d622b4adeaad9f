"""The way through a playbook: what is asked next, what is known by now, and which answers say little."""
